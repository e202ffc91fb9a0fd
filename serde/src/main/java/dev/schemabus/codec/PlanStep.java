package dev.schemabus.codec;

import java.util.List;

/** A step of a plan, as what all plans have in common. */
sealed interface PlanStep permits ReadStep, WriteStep, SkipStep {

    /** The steps within it. */
    List<? extends PlanStep> parts();

    /** Whether what it reads, writes or passes over is a level of its own, which {@link Limits#depth} counts. */
    default boolean isLevel() {
        return false;
    }
}
