package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class TombstoneTest {

    private final EmbeddedKafka kafka;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    TombstoneTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aTombstoneComesToItsHandlerBehindTheEventsOfItsKey() {
        try (Shop shop = compacted()) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            assertThat(shop.bus()
                            .publishTombstoneAsync(OrderPaid.class, "o-1")
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(PublishOutcome.Acked.class);
            shop.bus().publish(new OrderPaid("o-1", 2));

            Subscription subscription = subscribe(shop)
                    .onTombstone((key, context) -> {
                        assertThat(context.eventId()).isPresent();
                        log.add("deleted " + key + " attempt " + context.attempt());
                        if (context.attempt() == 1) {
                            throw new IllegalStateException("not yet");
                        }
                    })
                    .retry(RetryPolicy.inPlace(2, Duration.ofMillis(10)))
                    .start();

            await().until(() -> subscription.counts().handled() == 3);
            assertThat(log).containsExactly("paid 1", "deleted o-1 attempt 1", "deleted o-1 attempt 2", "paid 2");
        }
    }

    @Test
    void aTombstoneThatNobodyHandlesIsSkippedAndNoDeadLetter() throws Exception {
        try (Shop shop = compacted()) {
            shop.bus().publishTombstone(OrderPaid.class, "o-1");
            shop.produce(new ProducerRecord<>(shop.topic(), "o-2".getBytes(UTF_8), null));
            shop.bus().publish(new OrderPaid("o-1", 2));

            Subscription subscription = subscribe(shop).start();

            await().until(() -> subscription.counts().handled() == 1);
            await().until(() -> subscription.counts().ignored() == 2);
            assertThat(subscription.counts().deadLettered()).isZero();
            subscription.close();
            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 3L));
        }
    }

    @Test
    void aTombstoneWithoutAKeyDeletesNothingAndIsSkipped() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            Subscription subscription =
                    subscribe(shop).onTombstone((key, context) -> log.add(key)).start();

            shop.produce(new ProducerRecord<>(shop.topic(), null, null));

            await().until(() -> subscription.counts().ignored() == 1);
            assertThat(log).isEmpty();
        }
    }

    @Test
    void aTombstoneThatItsHandlerNeverTakesBecomesADeadLetterThatCanBeReplayed() {
        try (Shop shop = compacted()) {
            shop.bus().publishTombstone(OrderPaid.class, "o-1");
            Subscription subscription = subscribe(shop)
                    .onTombstone((key, context) -> {
                        log.add(key);
                        if (log.size() == 1) {
                            throw new IllegalStateException("broken");
                        }
                    })
                    .retry(RetryPolicy.none())
                    .start();
            await().until(() -> subscription.counts().deadLettered() == 1);

            shop.bus()
                    .deadLetters(shop.topic(), "billing")
                    .replay(DeadLetterFilter.all(), ReplayTarget.SOURCE_TOPIC, ReplayOption.confirmed(shop.topic()));

            await().until(() -> subscription.counts().handled() == 1);
            assertThat(log).containsExactly("o-1", "o-1");
        }
    }

    @Test
    void twoHandlersAndABatchBesideOneAreErrors() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() ->
                            subscribe(shop).onTombstone((key, context) -> {}).onTombstone((key, context) -> {}))
                    .isInstanceOf(BusConfigurationException.class);
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(ShopEvent.class)
                            .group("billing")
                            .batch(1, Duration.ZERO)
                            .handle((events, batch) -> {})
                            .onTombstone((key, context) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("batch(…) and onTombstone(…)");
        }
    }

    private Shop compacted() {
        Shop shop = new Shop(kafka, 1);
        kafka.createTopic(shop.topic(), 1, Map.of("cleanup.policy", "compact"));
        return shop;
    }

    private SubscriptionBuilder<ShopEvent> subscribe(Shop shop) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group("billing")
                .on(OrderPaid.class, (event, context) -> log.add("paid " + event.cents()))
                .on(ShopEvent.class, (event, context) -> log.add("other"));
    }
}
