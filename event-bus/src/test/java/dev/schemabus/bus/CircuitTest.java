package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class CircuitTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final EmbeddedKafka kafka;
    private final AtomicLong now = new AtomicLong();
    private final List<Boolean> told = new ArrayList<>();
    private final Circuit circuit = new Circuit("billing", 3, PAUSE, told::add, now::get);

    CircuitTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void itOpensWhenDifferentRecordsFailInARowAndNotWhenOneFailsOften() {
        fail("a", "a", "a", "a", "b");
        assertThat(circuit.isOpen()).isFalse();

        circuit.succeeded();
        fail("c", "d");
        assertThat(circuit.ask("x")).isEmpty();

        fail("e");
        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.ask("x")).contains(PAUSE);
        assertThat(told).containsExactly(true);
    }

    @Test
    void afterThePauseOneIsLetThroughAndItsSuccessClosesIt() {
        fail("a", "b", "c");
        now.addAndGet(PAUSE.toNanos());

        assertThat(circuit.ask("x")).isEmpty();
        assertThat(circuit.ask("y")).isPresent();
        assertThat(circuit.ask("x")).isEmpty();
        circuit.succeeded();

        assertThat(circuit.ask("y")).isEmpty();
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void ifThatOneFailsThereIsAnotherPauseAndThenAnotherTry() {
        fail("a", "b", "c");
        now.addAndGet(PAUSE.toNanos());
        assertThat(circuit.ask("x")).isEmpty();
        fail("x");

        assertThat(circuit.ask("y")).contains(PAUSE);
        now.addAndGet(PAUSE.toNanos());
        assertThat(circuit.ask("y")).isEmpty();
        circuit.gone("y");
        assertThat(circuit.ask("z")).isEmpty();
    }

    @Test
    void whileWhatHandlersNeedIsAwayRecordsWaitAndFewAttemptsAreSpent() {
        assertThat(deadLettersAfterAnOutage(true)).isZero();
    }

    /** The control: the same outage without a circuit breaker. */
    @Test
    void withoutOneTheSameOutageMakesDeadLetters() {
        assertThat(deadLettersAfterAnOutage(false)).isPositive();
    }

    private long deadLettersAfterAnOutage(boolean protectedByOne) {
        try (Shop shop = new Shop(kafka, 2)) {
            AtomicBoolean away = new AtomicBoolean(true);
            AtomicInteger calls = new AtomicInteger();
            List<Long> handled = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 30; i++) {
                shop.bus().publishAsync(new OrderPaid("o-" + i, i));
            }
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(4)
                    .retry(RetryPolicy.inPlace(5, Duration.ofMillis(20)))
                    .circuitBreaker(protectedByOne ? 5 : 0, Duration.ofMillis(1500))
                    .on(OrderPaid.class, (event, context) -> {
                        calls.incrementAndGet();
                        if (away.get()) {
                            throw new IllegalStateException("the database is away");
                        }
                        handled.add(event.cents());
                    })
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();
            await().until(() -> subscription.counts().received() == 30);
            if (protectedByOne) {
                await().until(subscription::circuitOpen);
                int before = calls.get();
                await().during(Duration.ofMillis(700)).until(() -> calls.get() <= before + 4);
            } else {
                await().until(() -> subscription.counts().deadLettered() == 30);
            }
            away.set(false);
            await().until(() -> handled.size() + subscription.counts().deadLettered() == 30);
            assertThat(subscription.circuitOpen()).isFalse();
            return subscription.counts().deadLettered();
        }
    }

    @Test
    void aNegativePauseIsAnError() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(ShopEvent.class)
                            .group("billing")
                            .circuitBreaker(3, Duration.ofSeconds(-1))
                            .on(ShopEvent.class, (event, context) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("circuitBreaker");
        }
    }

    private void fail(String... records) {
        for (String record : records) {
            circuit.failed(record);
        }
    }
}
