package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class TopicPatternTest {

    private final EmbeddedKafka kafka;

    TopicPatternTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @ParameterizedTest
    @CsvSource({
        "shop.*, shop.order.events, true",
        "shop.*, shop.order, true",
        "shop.*, shop, false",
        "shop.*, shopping.order.events, false",
        "agent.lifecycle.*, agent.lifecycle.started, true",
        "agent.lifecycle.*, agent.task.started, false",
        "capability.*.*, capability.search.granted, true",
        "capability.*.*, capability.granted, false",
        "task.*.done, task.import.done, true",
        "task.*.done, task.import.big.done, false",
        "*.order.events, shop.order.events, true",
        "shop.*, shop.order.events.billing.dlt, false",
        "shop.*, shop.order.events.billing.retry, false",
        "shop.*, shop.order.events.billing.retry.2, false",
        "*, __consumer_offsets, false",
    })
    void aStarIsOneSegmentAndAtTheEndOneOrMore(String pattern, String topic, boolean meant) {
        assertThat(new TopicPattern(pattern).matches(topic)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop.", "shop.*x", "shop.(a|b)", ".*"})
    void aSegmentIsAStarOrAName(String pattern) {
        assertThatThrownBy(() -> new TopicPattern(pattern)).isInstanceOf(BusConfigurationException.class);
    }

    @Test
    void aSubscriptionTakesAllTopicsOfAPatternAlsoThoseThatComeLaterAndNeitherRetriesNorDeadLetters() {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("metadata.max.age.ms", 300));
                EventBus perType = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(TopicNamings.environment("pattern", TopicNamings.domainEntityEvent()))
                        .createTopics(1, 1)
                        .build()) {
            List<String> topics = Collections.synchronizedList(new ArrayList<>());
            perType.publish(new OrderPlaced("o-1", 1, ""));
            Subscription subscription = perType.subscribe(ShopEvent.class)
                    .group("lake")
                    .topics("pattern.shop.*")
                    .retry(RetryPolicy.none())
                    .on(ShopEvent.class, (event, context) -> {
                        topics.add(context.topic());
                        if (event instanceof OrderPaid) {
                            throw new IllegalStateException("no money");
                        }
                    })
                    .start();
            await().until(() -> topics.size() == 1);

            perType.publish(new OrderPaid("o-1", 1));

            await().until(() -> subscription.counts().deadLettered() == 1);
            assertThat(topics).containsExactly("pattern.shop.order.placed", "pattern.shop.order.paid");
            assertThat(shop.read("pattern.shop.order.paid.lake.dlt")).hasSize(1);
            assertThat(subscription.assignment()).hasSize(2);
        }
    }
}
