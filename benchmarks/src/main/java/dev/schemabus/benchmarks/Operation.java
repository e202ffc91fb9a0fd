package dev.schemabus.benchmarks;

import org.jspecify.annotations.Nullable;

/** What is measured. */
@FunctionalInterface
interface Operation {

    /**
     * Does it once.
     *
     * @param turn counts up, so that each call can take another value
     * @return whatever came out, which must not be optimised away
     */
    @Nullable
    Object run(int turn) throws Exception;
}
