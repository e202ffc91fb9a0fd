package dev.schemabus.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * How deep the values of a plan can be nested. Where no record contains itself that is known when the plan is made, and nothing
 * needs to be counted for each value.
 */
final class Nesting {

    private final int limit;
    private final Deque<Object> path = new ArrayDeque<>();

    private Nesting(int limit) {
        this.limit = limit;
    }

    /** Whether values of a plan may have more levels than the limit. */
    static boolean mayExceed(ReadStep plan, int limit) {
        return new Nesting(limit).exceeds(plan, 0);
    }

    /** Whether values of a plan may have more levels than the limit. */
    static boolean mayExceed(WriteStep plan, int limit) {
        return new Nesting(limit).exceeds(plan, 0);
    }

    /** Whether anything is counted while a value is written: its levels, or the items of a list or map. */
    static boolean mayCount(WriteStep plan, int limit) {
        return mayExceed(plan, limit) || holdsItems(plan);
    }

    /** Ends, because a plan that contains itself may exceed any limit. */
    private static boolean holdsItems(Object step) {
        return step instanceof WriteStep.OfList
                || step instanceof WriteStep.OfMap
                || parts(step).stream().anyMatch(Nesting::holdsItems);
    }

    private boolean exceeds(Object step, int above) {
        boolean isLevel = step instanceof ReadStep.OfRecord
                || step instanceof ReadStep.OfList
                || step instanceof ReadStep.OfMap
                || step instanceof WriteStep.OfRecord
                || step instanceof WriteStep.OfList
                || step instanceof WriteStep.OfMap;
        int levels = isLevel ? above + 1 : above;
        if (levels > limit || path.stream().anyMatch(outer -> outer == step)) {
            return true;
        }
        path.push(step);
        boolean exceeds = parts(step).stream().anyMatch(part -> exceeds(part, levels));
        path.pop();
        return exceeds;
    }

    private static List<Object> parts(Object step) {
        if (step instanceof ReadStep.OfRecord record) {
            return record.fields().stream()
                    .map(field ->
                            field.value() == null ? Objects.requireNonNull(field.skipped()) : (Object) field.value())
                    .toList();
        }
        if (step instanceof WriteStep.OfRecord record) {
            List<Object> parts = new ArrayList<>();
            record.fields().stream()
                    .map(WriteStep.OfRecord.Field::value)
                    .filter(Objects::nonNull)
                    .forEach(parts::add);
            return parts;
        }
        if (step instanceof ReadStep.OfList list) {
            return List.of(list.element());
        }
        if (step instanceof WriteStep.OfList list) {
            return List.of(list.element());
        }
        if (step instanceof ReadStep.OfMap map) {
            return List.of(map.value());
        }
        if (step instanceof WriteStep.OfMap map) {
            return List.of(map.value());
        }
        if (step instanceof ReadStep.Present present) {
            return List.of(present.value());
        }
        if (step instanceof WriteStep.OfOptional optional) {
            return List.of(optional.present());
        }
        if (step instanceof ReadStep.OfUnion union) {
            return List.copyOf(union.branches());
        }
        if (step instanceof WriteStep.Branch branch) {
            return List.of(branch.step());
        }
        if (step instanceof WriteStep.OfSealed sealed) {
            return List.copyOf(sealed.branches());
        }
        return List.of();
    }
}
