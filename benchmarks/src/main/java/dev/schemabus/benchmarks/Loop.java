package dev.schemabus.benchmarks;

import org.jspecify.annotations.Nullable;

/** Calls an operation; see {@link Lap}. */
final class Loop implements Lap.Body {

    private static final int RARELY = (1 << 10) - 1;

    /** Any result may end up here, so the compiler can't leave out making it. */
    @Nullable
    Object kept = this;

    private int turns;

    @Override
    public void run(Operation operation, int times) throws Exception {
        int turn = turns;
        for (int i = 0; i < times; i++) {
            @Nullable Object result = operation.run(turn++);
            if ((turn & RARELY) == 0) {
                kept = result;
            }
        }
        turns = turn;
    }
}
