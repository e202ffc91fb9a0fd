package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a group goes on whose position is gone is said by somebody, never guessed. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class OffsetResetTest {

    private final EmbeddedKafka kafka;
    private final List<Integer> handled = Collections.synchronizedList(new ArrayList<>());

    OffsetResetTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void whenRetentionWasFasterTheSubscriptionStopsAndSaysWhatIsMissing() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            retentionWasFaster(shop);

            Subscription subscription = subscription(shop).start();

            await().until(() -> subscription.state() == Subscription.State.FAILED);
            assertThat(subscription.failure()).get().isInstanceOf(OffsetsUnavailableException.class);
            assertThat(subscription.failure().orElseThrow())
                    .hasMessageContaining("Group billing can't go on where it is: " + shop.topic()
                            + "-0 is at offset 2, but the log holds 5 to 9: retention removed 3 offsets")
                    .hasMessageContaining("offsetReset(EARLIEST)");
            assertThat(handled).isEmpty();
            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 2L));
        }
    }

    /** The control: with Kafka's own reset, which the bus turns off, nobody would have noticed. */
    @Test
    void aPolicyOfEarliestGoesOnWithWhatIsLeft() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            retentionWasFaster(shop);

            subscription(shop).offsetReset(OffsetReset.EARLIEST).start();

            await().until(() -> handled.size() == 5);
            assertThat(handled).containsExactly(5, 6, 7, 8, 9);
        }
    }

    @Test
    void aPolicyOfLatestGoesOnWithWhatComes() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            retentionWasFaster(shop);
            Subscription subscription =
                    subscription(shop).offsetReset(OffsetReset.LATEST).start();
            await().until(() -> subscription.assignment().size() == 1);

            await().until(() -> {
                shop.bus().publish(new OrderPlaced("o-1", 100, ""));
                return !handled.isEmpty();
            });

            assertThat(handled).containsOnly(100);
        }
    }

    @Test
    void aPositionBehindTheEndOfATopicMadeAnewStopsTheSubscription() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            shop.commit("billing", 0, new OffsetAndMetadata(1_000));

            Subscription subscription = subscription(shop).start();

            await().until(() -> subscription.state() == Subscription.State.FAILED);
            assertThat(subscription.failure().orElseThrow())
                    .hasMessageContaining("is at offset 1000, but the log holds 0 to 0: it was truncated, or the topic"
                            + " was deleted and made anew");
        }
    }

    @Test
    void aNewGroupStartsWhereKafkasSettingSays() throws Exception {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("auto.offset.reset", "latest"))) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            Subscription first = subscription(shop).start();
            await().until(() -> shop.committed("billing").equals(Map.of(0, 1L)));
            first.close();
            shop.bus().publish(new OrderPlaced("o-1", 2, ""));

            // The end where the first one began was kept, so what came in between is not skipped.
            subscription(shop).start();

            await().until(() -> !handled.isEmpty());
            assertThat(handled).containsExactly(2);
        }
    }

    private static void retentionWasFaster(Shop shop) throws Exception {
        for (int i = 0; i < 10; i++) {
            shop.bus().publish(new OrderPlaced("o-1", i, ""));
        }
        shop.commit("billing", 0, new OffsetAndMetadata(2));
        shop.deleteBefore(0, 5);
    }

    private SubscriptionBuilder<ShopEvent> subscription(Shop shop) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group("billing")
                .on(OrderPlaced.class, (event, context) -> handled.add(event.number()))
                .on(ShopEvent.class, (event, context) -> {});
    }
}
