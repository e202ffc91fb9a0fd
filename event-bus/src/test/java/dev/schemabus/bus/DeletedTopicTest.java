package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(90)
class DeletedTopicTest {

    private final EmbeddedKafka kafka;

    DeletedTopicTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void whileATopicIsGoneHealthSaysSoAndTheSubscriptionGoesOnWhenItIsBack() throws Exception {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("metadata.max.age.ms", "500"))) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();
            await().until(() -> subscription.counts().handled() == 1);
            assertThat(subscription.health()).isEqualTo(new Health(true, true, false, List.of()));

            shop.deleteTopic(shop.topic());

            await().until(() -> subscription.health().degraded());
            assertThat(subscription.health().reasons())
                    .contains("Group billing: Topic " + shop.topic() + " does not exist");
            await().until(() -> subscription.assignment().isEmpty());
            assertThat(subscription.state()).isEqualTo(Subscription.State.RUNNING);

            EventBus another = shop.anotherBus(1);
            another.publish(new OrderPaid("o-1", 2));

            await().until(() -> subscription.counts().handled() == 2);
            await().until(() -> subscription.health().equals(new Health(true, true, false, List.of())));
        }
    }

    @Test
    void aRetryTopicOfAnEarlierPolicyMayBeDeletedAndOneOfThePolicyMayNot() {
        RetryTopics retries = RetryTopics.of(RetryPolicy.topics(Duration.ZERO), Set.of("shop.orders"), "billing");
        Set<String> read = Set.of(
                "shop.orders",
                "shop.orders.billing.retry.0",
                "shop.orders.billing.retry.1",
                "shop.orders.billing.retry.2");

        assertThat(new TopicSelection(read, retries, Optional.empty(), topic -> {}).watched("billing"))
                .containsExactlyInAnyOrder("shop.orders", "shop.orders.billing.retry.1");
        assertThat(new TopicSelection(read, RetryTopics.NONE, Optional.of(Pattern.compile("shop.*")), topic -> {})
                        .watched("billing"))
                .isEmpty();
    }
}
