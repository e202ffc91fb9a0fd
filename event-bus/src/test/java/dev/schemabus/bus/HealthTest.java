package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class HealthTest {

    private final EmbeddedKafka kafka;

    HealthTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aSubscriptionIsReadyOnceItIsAMemberAlsoWithoutPartitions() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThat(shop.bus().health()).isEqualTo(new Health(true, true, false, List.of()));
            List<Subscription> members = List.of(
                    handleAll(shop.bus()).start(),
                    handleAll(shop.bus()).start(),
                    handleAll(shop.bus()).start());

            await().until(() -> shop.bus().health().equals(new Health(true, true, false, List.of())));

            assertThat(members).allMatch(member -> member.health().live());
            assertThat(members.get(0).close(Duration.ofSeconds(10))).isTrue();
            assertThat(members.get(0).health())
                    .isEqualTo(new Health(false, false, false, List.of("Group billing: CLOSED")));
            assertThat(shop.bus().health().live()).isTrue();
        }
    }

    @Test
    void aSubscriptionThatStoppedByItselfIsNotLiveAndSaysWhy() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            Subscription failing = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.none())
                    .deadLetter(DeadLetterPolicy.stop())
                    .on(ShopEvent.class, (event, context) -> {
                        throw new IllegalStateException("no ledger for o-1");
                    })
                    .start();

            await().until(() -> failing.state() == Subscription.State.FAILED);

            assertThat(shop.bus().health())
                    .isEqualTo(new Health(
                            false, false, false, List.of("Group billing: FAILED by java.lang.IllegalStateException")));
        }
    }

    @Test
    void whileTheRegistryIsAwayASubscriptionIsDegradedAndStaysReady() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                Shop shop = new Shop(kafka, 1, registry.url(), Map.of())) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            registry.stop();
            EventBus consumer = shop.anotherBus(1);
            Subscription subscription = handleAll(consumer).start();

            await().until(() -> consumer.health().degraded());

            assertThat(consumer.health().live()).isTrue();
            assertThat(consumer.health().ready()).isTrue();
            assertThat(consumer.health().reasons())
                    .containsExactly("Group billing: Can't ask the schema registry (1 waiting)");

            registry.restart();

            await().until(() -> subscription.counts().handled() == 1);
            assertThat(consumer.health()).isEqualTo(new Health(true, true, false, List.of()));
        }
    }

    private static SubscriptionBuilder<ShopEvent> handleAll(EventBus bus) {
        return bus.subscribe(ShopEvent.class).group("billing").on(ShopEvent.class, (event, context) -> {});
    }
}
