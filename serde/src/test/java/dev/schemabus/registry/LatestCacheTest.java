package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Latest versions: how long they are believed, when they are asked for again, and what happens when that fails. */
class LatestCacheTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final AtomicInteger version = new AtomicInteger();
    private final CacheMeter meter = new CacheMeter();
    private int asked;
    private boolean away;
    private boolean deleted;

    private final LatestCache<String, Integer> cache = cache(Duration.ofSeconds(80));

    private LatestCache<String, Integer> cache(Duration ttl) {
        return new LatestCache<>(key -> load(), 10, ttl, nanos::get, background::add, meter);
    }

    private int load() {
        asked++;
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
