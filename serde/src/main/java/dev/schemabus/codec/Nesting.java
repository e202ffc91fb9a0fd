package dev.schemabus.codec;

import java.util.IdentityHashMap;

/**
 * How deep the values of a plan can be nested. Where no record contains itself that is known when the plan is made, and nothing
 * needs to be counted for each value.
 */
final class Nesting {

    private static final int ENDLESS = Integer.MAX_VALUE;

    /** How many levels there are in a step; {@link #ENDLESS} also while that is being found out, that is within itself. */
    private final IdentityHashMap<PlanStep, Integer> known = new IdentityHashMap<>();

    private Nesting() {}

    /** Whether values of a plan may have more levels than the limit. */
    static boolean mayExceed(PlanStep plan, int limit) {
        return new Nesting().levels(plan) > limit;
    }

    /** Whether anything is counted while a value is written: its levels, or the items of a list or map. */
    static boolean mayCount(WriteStep plan, int limit) {
        return mayExceed(plan, limit) || new Nesting().holdsItems(plan);
    }

    private boolean holdsItems(PlanStep step) {
        return step instanceof WriteStep.OfList
                || step instanceof WriteStep.OfMap
                || (known.putIfAbsent(step, ENDLESS) == null
                        && step.parts().stream().anyMatch(this::holdsItems));
    }

    private int levels(PlanStep step) {
        Integer before = known.putIfAbsent(step, ENDLESS);
        if (before != null) {
            return before;
        }
        int below = step.parts().stream().mapToInt(this::levels).max().orElse(0);
        int levels = below == ENDLESS || !step.isLevel() ? below : below + 1;
        known.put(step, levels);
        return levels;
    }
}
