package dev.schemabus.schema;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds records that have no value at all: to make one, one would need another one first. */
final class FiniteValues {

    private final Set<RecordShape> finite = new HashSet<>();

    private FiniteValues() {}

    /** Those of a closed set of records that only ever lead back to themselves. */
    static List<RecordShape> endless(Collection<RecordShape> records) {
        FiniteValues values = new FiniteValues();
        boolean more = true;
        while (more) {
            more = false;
            for (RecordShape record : records) {
                more |= values.allFinite(record) && values.finite.add(record);
            }
        }
        return records.stream()
                .filter(record -> !values.finite.contains(record))
                .toList();
    }

    private boolean allFinite(RecordShape record) {
        return record.components().stream().allMatch(component -> isFinite(component.shape()));
    }

    private boolean isFinite(Shape shape) {
        if (shape instanceof RecordShape record) {
            return finite.contains(record);
        }
        if (shape instanceof Shape.OfUnion union) {
            return union.branches().stream().anyMatch(finite::contains);
        }
        return true; // A list and a map may be empty, an optional absent.
    }
}
