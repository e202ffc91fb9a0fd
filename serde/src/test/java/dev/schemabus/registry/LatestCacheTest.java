package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Latest versions: how long they are believed, when they are asked for again, and what happens when that fails. */
class LatestCacheTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger version = new AtomicInteger();
    private final CacheMeter meter = new CacheMeter();
    private int asked;
    private boolean away;
    private boolean deleted;
    private volatile CountDownLatch answers = new CountDownLatch(0);

    private final LatestCache<String, Integer> cache = cache(Duration.ofSeconds(80));

    private LatestCache<String, Integer> cache(Duration ttl) {
        return cache(ttl, Runnable::run);
    }

    private LatestCache<String, Integer> cache(Duration ttl, Executor askers) {
        return cache(ttl, askers, Duration.ofSeconds(20));
    }

    private LatestCache<String, Integer> cache(Duration ttl, Executor askers, Duration limit) {
        return new LatestCache<>(
                key -> load(),
                new Bounds(10, 1_000),
                value -> 100,
                ttl,
                nanos::get,
                new LatestCache.Threads(background::add, askers, limit),
                meter);
    }

    private int load() {
        asked++;
        awaitQuietly(answers);
        if (away) {
            throw new RegistryUnavailableException(0, "away");
        }
        if (deleted) {
            throw new SchemaNotFoundException(40401, "deleted");
        }
        return version.incrementAndGet();
    }

    private int ask() {
        return cache.get("orders");
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void itIsBelievedForItsTime() {
        ask();
        pass(59);
        assertThat(ask()).isEqualTo(1);
        assertThat(background).isEmpty();

        pass(21);
        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void beforeItsTimeIsOverItIsAskedForOnceInTheBackground() {
        ask();
        pass(60);
        assertThat(ask()).isEqualTo(1);
        assertThat(ask()).isEqualTo(1);
        assertThat(background).hasSize(1);

        background.remove().run();
        assertThat(version).hasValue(2);
        assertThat(ask()).isEqualTo(2);

        pass(59);
        assertThat(ask()).isEqualTo(2);
        assertThat(background).isEmpty();
    }

    @Test
    void whatFailsInTheBackgroundIsTriedOnceMore() {
        ask();
        away = true;
        pass(60);
        ask();
        background.remove().run();
        pass(9);
        ask();
        assertThat(background).isEmpty();

        away = false;
        pass(1);
        assertThat(ask()).isEqualTo(1);
        background.remove().run();
        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void whileTheRegistryIsAwayTheLastKnownOneIsGiven() {
        ask();
        away = true;
        pass(10_000);
        assertThat(ask()).isEqualTo(1);
        assertThat(ask()).isEqualTo(1);
        assertThat(meter.stale.sum()).isEqualTo(2);

        away = false;
        pass(1);
        assertThat(ask()).isEqualTo(1);
        background.remove().run();
        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void onlyOneCallerWaitsForARegistryThatIsAway() {
        ask();
        away = true;
        pass(100);
        ask();
        int waited = asked;
        for (int i = 0; i < 10; i++) {
            pass(1);
            assertThat(ask()).isEqualTo(1);
            assertThat(ask()).isEqualTo(1);
            assertThat(background).hasSize(1);
            assertThat(asked).isEqualTo(waited + i);
            background.remove().run();
        }

        deleted = true;
        away = false;
        pass(1);
        ask();
        background.remove().run();
        assertThatExceptionOfType(SchemaNotFoundException.class).isThrownBy(this::ask);
    }

    @Test
    void nobodyWaitsWhenTheBackgroundHasFoundOutThatTheRegistryIsAway() {
        ask();
        away = true;
        pass(60);
        ask();
        background.remove().run();
        int waited = asked;
        pass(21);

        assertThat(ask()).isEqualTo(1);
        assertThat(asked).isEqualTo(waited);
        assertThat(meter.stale.sum()).isEqualTo(1);
    }

    /** In real time: without the limit it ends when the registry answers, which is when the test lets it. */
    @Test
    @Timeout(60)
    void whoFindsThatTheRegistryHangsWaitsForAMomentOnlyAndTheNextNotAtAll() throws Exception {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        AtomicInteger asks = new AtomicInteger();
        LatestCache<String, Integer> slow = cache(Duration.ofSeconds(80), task -> {
            asks.incrementAndGet();
            CompletableFuture<Void> unused = CompletableFuture.runAsync(task).thenRun(() -> answered.complete(null));
        });
        slow.get("orders");
        pass(100);
        answers = new CountDownLatch(1);

        assertThat(slow.get("orders")).isEqualTo(1);
        assertThat(slow.get("orders")).isEqualTo(1);
        assertThat(asks).hasValue(1);
        assertThat(meter.stale.sum()).isEqualTo(2);

        // What was asked goes on, and is kept.
        answers.countDown();
        answered.get();
        assertThat(slow.get("orders")).isEqualTo(2);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void whatNobodyHasBegunToAskSaysNothingAboutTheRegistry() {
        Deque<Runnable> asks = new ArrayDeque<>();
        LatestCache<String, Integer> busy = cache(Duration.ofSeconds(80), asks::add);
        busy.get("orders");
        pass(100);
        assertThat(busy.get("orders")).isEqualTo(1);
        assertThat(busy.get("orders")).isEqualTo(1);
        assertThat(asks).hasSize(1);

        asks.remove().run();
        assertThat(busy.get("orders")).isEqualTo(2);
        pass(100);
        assertThat(busy.get("orders")).isEqualTo(2);
        assertThat(asks).hasSize(1);
        assertThat(background).isEmpty();
    }

    @Test
    void whoFindsThatAllThreadsThatAskHangAsksForItself() {
        LatestCache<String, Integer> stuck = cache(Duration.ofSeconds(80), task -> {}, Duration.ofMillis(100));
        stuck.get("orders");
        pass(100);

        assertThat(stuck.get("orders")).isEqualTo(2);
    }

    @Test
    void aRefreshThatHasNotBegunIsNotAskedForAgainAndKeepsNobodyFromAsking() {
        ask();
        away = true;
        pass(100);
        ask();
        for (int i = 0; i < 29; i++) {
            pass(1);
            assertThat(ask()).isEqualTo(1);
        }
        assertThat(background).hasSize(1);

        away = false;
        pass(10);
        assertThat(ask()).isEqualTo(2);
        // What was waiting comes too late, and asks for nothing.
        background.remove().run();
        assertThat(version).hasValue(2);
    }

    @Test
    void anInterruptSaysNothingAboutTheRegistry() {
        Deque<Runnable> asks = new ArrayDeque<>();
        LatestCache<String, Integer> interrupted = cache(Duration.ofSeconds(80), asks::add);
        interrupted.get("orders");
        pass(100);
        Thread.currentThread().interrupt();

        assertThat(interrupted.get("orders")).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();

        // Nobody takes the registry for away: who comes next is given a new one.
        asks.remove().run();
        assertThat(interrupted.get("orders")).isEqualTo(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsLargeLeavesRoomForFew() {
        LatestCache<String, Integer> large = new LatestCache<>(
                key -> load(),
                new Bounds(10, 1_000),
                value -> 400,
                Duration.ofSeconds(80),
                nanos::get,
                new LatestCache.Threads(background::add, Runnable::run, Duration.ofSeconds(20)),
                meter);
        for (int i = 0; i < 10; i++) {
            large.get("orders" + i);
        }

        assertThat(large.size()).isBetween(1L, 2L);
        assertThat(large.bytes()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void anOldFailureIsNotBelieved() {
        ask();
        away = true;
        pass(100);
        ask();
        away = false;
        pass(1_000);

        assertThat(ask()).isEqualTo(2);
    }

    @Test
    void whatWasNeverKnownFails() {
        away = true;
        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(this::ask);
    }

    @Test
    void anotherFailureIsNotHiddenByWhatWasKnown() {
        ask();
        pass(100);
        deleted = true;
        assertThatExceptionOfType(SchemaNotFoundException.class).isThrownBy(this::ask);
    }

    @Test
    void withoutATimeItIsAskedForEachTimeAndStillKnownWhenTheRegistryIsAway() {
        LatestCache<String, Integer> fresh = cache(Duration.ZERO);
        assertThat(fresh.get("orders")).isEqualTo(1);
        assertThat(fresh.get("orders")).isEqualTo(2);

        away = true;
        assertThat(fresh.get("orders")).isEqualTo(2);
    }

    @Test
    void withAnEndlessTimeItIsAskedForOnce() {
        LatestCache<String, Integer> endless = cache(Duration.ofSeconds(-1));
        endless.get("orders");
        pass(1_000_000_000);

        assertThat(endless.get("orders")).isEqualTo(1);
        assertThat(background).isEmpty();
    }

    @Test
    void whoWantsTheNewestAsksAndTellsOthers() {
        ask();
        assertThat(cache.reload("orders", this::load)).isEqualTo(2);
        assertThat(ask()).isEqualTo(2);

        away = true;
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> cache.reload("orders", this::load));
    }

    @Test
    void whatWasRemovedIsKnownNoMore() {
        ask();
        cache.removeIf("orders"::equals);
        away = true;

        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(this::ask);
    }
}
