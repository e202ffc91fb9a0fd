package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final Lifecycle lifecycle = new Lifecycle();

    @Test
    void aDrainWhoseCommitFailedSaysSo() {
        CompletableFuture<Boolean> drain = lifecycle.drain();

        lifecycle.drained(() -> true, () -> false);

        assertThat(drain).isCompletedWithValue(false);
    }

    @Test
    void aDrainAmidARebalanceWaitsForTheCommitAfterIt() {
        CompletableFuture<Boolean> drain = lifecycle.drain();

        lifecycle.drained(() -> false, () -> false);
        assertThat(drain).isNotDone();
        lifecycle.drained(() -> true, () -> true);

        assertThat(drain).isCompletedWithValue(true);
    }
}
