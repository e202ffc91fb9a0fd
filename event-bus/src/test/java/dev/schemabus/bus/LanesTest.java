package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LanesTest {

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Lanes lanes = new Lanes(workers, timer);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recordsOfALaneStayInOrderAndNeverOverlapThoughSomeNeedMoreTurns(long seed) {
        Random random = new Random(seed);
        Map<Integer, List<Integer>> order = new ConcurrentHashMap<>();
        Map<Integer, AtomicInteger> busy = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        for (int i = 0; i < 2_000; i++) {
            int key = random.nextInt(20);
            int number = i;
            AtomicInteger turns = new AtomicInteger(random.nextInt(10) == 0 ? 3 : 1);
            order.computeIfAbsent(key, k -> Collections.synchronizedList(new ArrayList<>()));
            busy.computeIfAbsent(key, k -> new AtomicInteger());
            lanes.submit(key, task(() -> {
                if (busy.get(key).incrementAndGet() > 1) {
                    overlaps.incrementAndGet();
                }
                boolean last = turns.decrementAndGet() == 0;
                if (last) {
                    order.get(key).add(number);
                    finished.incrementAndGet();
                }
                busy.get(key).decrementAndGet();
                return last ? Step.NEXT : new Step.Again(Duration.ofMillis(1));
            }));
        }

        await().until(() -> finished.get() == 2_000);

        assertThat(overlaps).as("seed %d", seed).hasValue(0);
        assertThat(order.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
        await().until(() -> lanes.size() == 0);
    }

    @Test
    void aLaneThatWaitsHoldsNoThreadSoOthersGoOn() {
        for (int i = 0; i < 50; i++) {
            lanes.submit("waiting-" + i, task(() -> new Step.Again(Duration.ofMinutes(1))));
        }
        lanes.submit("free", task(() -> logged("free")));

        await().until(() -> log.contains("free"));
    }

    @Test
    void aLaneThatWaitsForSomethingGoesOnWhenItHasHappenedWellOrNot() {
        CompletableFuture<Void> happened = CompletableFuture.completedFuture(null);
        CompletableFuture<Void> later = new CompletableFuture<>();
        AtomicInteger turns = new AtomicInteger();
        lanes.submit("key", task(() -> switch (turns.incrementAndGet()) {
            case 1 -> new Step.Until(happened);
            case 2 -> new Step.Until(later);
            default -> logged("last");
        }));
        lanes.submit("key", task(() -> logged("behind")));
        await().until(() -> turns.get() == 2);
        assertThat(log).isEmpty();

        later.completeExceptionally(new IllegalStateException("did not go well"));

        await().until(() -> log.size() == 2);
        assertThat(log).containsExactly("last", "behind");
    }

    @Test
    void aNudgeGivesAWaitingLaneItsTurnAtOnce() {
        AtomicInteger turns = new AtomicInteger();
        lanes.submit(
                "key",
                task(() -> turns.incrementAndGet() == 1 ? new Step.Again(Duration.ofMinutes(1)) : logged("second")));
        lanes.submit("key", task(() -> logged("behind")));
        await().until(() -> turns.get() == 1);

        await().until(() -> {
            lanes.nudge();
            return log.size() == 2;
        });

        assertThat(log).containsExactly("second", "behind");
    }

    @Test
    void whatStandsBehindAnAbandonedRecordIsAbandonedToo() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        lanes.submit("key", task(() -> {
            awaitQuietly(go);
            return Step.ABANDON;
        }));
        lanes.submit("key", task(() -> logged("overtook")));
        lanes.submit("other", task(() -> logged("other")));

        go.countDown();

        await().until(() -> log.contains("abandoned") && lanes.size() == 0);
        workers.shutdown();
        assertThat(workers.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(log).containsExactlyInAnyOrder("other", "abandoned");
    }

    private Step logged(String entry) {
        log.add(entry);
        return Step.NEXT;
    }

    private Lanes.Task task(Supplier<Step> turn) {
        return new Lanes.Task() {
            @Override
            public Step run() {
                return turn.get();
            }

            @Override
            public void abandon() {
                log.add("abandoned");
            }
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
