package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleFlightCacheTest {

    private final CacheMeter meter = new CacheMeter();
    private final SingleFlightCache<String, String> cache = cache(Duration.ofSeconds(20));
    private final CountDownLatch loading = new CountDownLatch(1);
    private final CountDownLatch mayFail = new CountDownLatch(1);

    private SingleFlightCache<String, String> cache(Duration limit) {
        return new SingleFlightCache<>(new Bounds(10, 1_000), (key, value) -> value.length(), limit, meter);
    }

    @Test
    void nobodyWaitsForAnotherThreadForLongerThanALoadMayTake() throws Exception {
        SingleFlightCache<String, String> patient = cache(Duration.ofMillis(100));
        CompletableFuture<String> hanging = CompletableFuture.supplyAsync(() -> patient.get("key", () -> {
            loading.countDown();
            awaitQuietly(mayFail);
            return "late";
        }));
        loading.await();

        assertThatThrownBy(() -> patient.get("key", () -> "mine"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("Another thread has been asking the registry the same for 100 ms");
        // Who asks next doesn't wait for it, which may never end.
        assertThat(patient.get("key", () -> "mine")).isEqualTo("mine");
        mayFail.countDown();
        assertThat(hanging.get(10, TimeUnit.SECONDS)).isEqualTo("late");
        assertThat(patient.find("key")).isEqualTo("mine");
    }

    @Test
    void whoWaitsForAnotherThreadCanBeInterrupted() throws Exception {
        CompletableFuture<String> first = failingWith(new IllegalStateException("away"));
        CompletableFuture<String> second = new CompletableFuture<>();
        Thread waiter = waiting(second);

        waiter.interrupt();

        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(InterruptedException.class)
                .hasMessageContaining("Interrupted while waiting for another thread");
        mayFail.countDown();
        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("away");
    }

    @Test
    void whoWaitsForAThreadThatIsInterruptedLoadsForItself() throws Exception {
        CompletableFuture<String> first = failingWith(new InterruptedException());
        CompletableFuture<String> second = waiting();

        mayFail.countDown();

        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("mine");
    }

    @Test
    void anotherFailureIsSharedByAllThatWait() throws Exception {
        CompletableFuture<String> first = failingWith(new IllegalStateException("away"));
        CompletableFuture<String> second = waiting();

        mayFail.countDown();

        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("away");
        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("away");
    }

    @Test
    void theNumberOfEntriesIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            cache.get("key" + i, () -> "");
        }

        assertThat(cache.size()).isLessThanOrEqualTo(10);
        assertThat(meter.evictions.sum()).isEqualTo(1_000 - cache.size());
    }

    @Test
    void theirBytesAreBoundedToo() {
        for (int i = 0; i < 1_000; i++) {
            cache.get("key" + i, () -> "x".repeat(400));
        }

        assertThat(cache.size()).isBetween(1L, 2L);
        assertThat(cache.bytes()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void whatIsFoundLaterIsCountedAsAHit() {
        cache.get("key", () -> "value");
        cache.get("key", () -> "another");

        assertThat(meter.hits.sum()).isEqualTo(1);
        assertThat(meter.misses.sum()).isEqualTo(1);
        assertThat(meter.loads.sum()).isEqualTo(1);
    }

    @Test
    void whatIsOutdatedWhileItIsLoadedIsNotKept() throws Exception {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> cache.get("key", () -> {
            loading.countDown();
            awaitQuietly(mayFail);
            return "old";
        }));
        loading.await();

        cache.removeIf("key"::equals);
        mayFail.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("old");
        assertThat(cache.get("key", () -> "new")).isEqualTo("new");
    }

    /** Asks for the key that is being loaded, and returns once that thread waits. */
    private CompletableFuture<String> waiting() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting(answer);
        return answer;
    }

    private Thread waiting(CompletableFuture<String> answer) {
        Thread waiter = new Thread(() -> {
            try {
                answer.complete(cache.get("key", () -> "mine"));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return waiter;
    }

    /** Starts a load that fails when it may, because of the given cause. */
    private CompletableFuture<String> failingWith(Exception cause) throws InterruptedException {
        CompletableFuture<String> load = CompletableFuture.supplyAsync(() -> cache.get("key", () -> {
            loading.countDown();
            awaitQuietly(mayFail);
            throw new RegistryUnavailableException(0, "could not ask", cause);
        }));
        loading.await();
        return load;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
