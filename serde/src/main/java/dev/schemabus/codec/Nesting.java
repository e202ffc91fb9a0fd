package dev.schemabus.codec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/**
 * How deep the values of a plan can be nested. Where no record contains itself that is known when the plan is made, and nothing
 * needs to be counted for each value.
 */
final class Nesting {

    private static final int ENDLESS = Integer.MAX_VALUE;

    /** How many levels there are in a step; {@link #ENDLESS} also while that is being found out, that is within itself. */
    private final IdentityHashMap<Object, Integer> known = new IdentityHashMap<>();

    private Nesting() {}

    /** Whether values of a plan may have more levels than the limit. */
    static boolean mayExceed(ReadStep plan, int limit) {
        return new Nesting().levels(plan) > limit;
    }

    /** Whether values of a plan may have more levels than the limit. */
    static boolean mayExceed(WriteStep plan, int limit) {
        return new Nesting().levels(plan) > limit;
    }

    /** Whether anything is counted while a value is written: its levels, or the items of a list or map. */
    static boolean mayCount(WriteStep plan, int limit) {
        return mayExceed(plan, limit) || new Nesting().holdsItems(plan);
    }

    private boolean holdsItems(Object step) {
        return step instanceof WriteStep.OfList
                || step instanceof WriteStep.OfMap
                || (known.putIfAbsent(step, ENDLESS) == null
                        && parts(step).stream().anyMatch(this::holdsItems));
    }

    private int levels(Object step) {
        Integer before = known.putIfAbsent(step, ENDLESS);
        if (before != null) {
            return before;
        }
        int below = parts(step).stream().mapToInt(this::levels).max().orElse(0);
        int levels = below == ENDLESS || !isLevel(step) ? below : below + 1;
        known.put(step, levels);
        return levels;
    }

    private static boolean isLevel(Object step) {
        return step instanceof ReadStep.OfRecord
                || step instanceof ReadStep.OfList
                || step instanceof ReadStep.OfMap
                || step instanceof WriteStep.OfRecord
                || step instanceof WriteStep.OfList
                || step instanceof WriteStep.OfMap
                || step instanceof SkipStep.Items
                || (step instanceof SkipStep.Sequence sequence && sequence.isLevel());
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
        if (step instanceof SkipStep.Items items) {
            return List.of(items.item());
        }
        if (step instanceof SkipStep.Union union) {
            return List.copyOf(union.branches());
        }
        if (step instanceof SkipStep.Sequence sequence) {
            return List.copyOf(sequence.steps());
        }
        return List.of();
    }
}
