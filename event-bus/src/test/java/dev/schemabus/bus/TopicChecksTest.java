package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with topics shows before anything is written or read. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class TopicChecksTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedKafka kafka;
    private final String name = "checks" + NUMBER.incrementAndGet();

    TopicChecksTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    /** Each is something that a topic of 2 partitions with the broker's settings isn't. */
    static Stream<Arguments> expectations() {
        return Stream.of(
                expectation("partitions is 2, expected 3", (checks, otherwise) -> checks.partitions(3, otherwise)),
                expectation("partitions is 2, expected 1", (checks, otherwise) -> checks.partitions(1, otherwise)),
                expectation(
                        "replicas of each partition is 1, expected 3",
                        (checks, otherwise) -> checks.replicationFactor(3, otherwise)),
                expectation(
                        "min.insync.replicas is 1, expected 2",
                        (checks, otherwise) -> checks.minInSyncReplicas(2, otherwise)),
                expectation(
                        "cleanup.policy is delete, expected compact",
                        (checks, otherwise) -> checks.cleanupPolicy("compact", otherwise)));
    }

    private static Arguments expectation(String message, BiFunction<TopicChecks, TopicCheck, TopicChecks> expected) {
        return Arguments.of(message, expected);
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void aTopicUnlikeExpectedIsAnErrorThatSaysHow(
            String message, BiFunction<TopicChecks, TopicCheck, TopicChecks> expected) {
        kafka.createTopic(name, 2);
        TopicChecks standard = TopicChecks.standard();

        try (EventBus bus = bus(expected.apply(standard, TopicCheck.FAIL))) {
            assertThat(bus.publishAsync(new OrderPaid("o-1", 1)).toCompletableFuture())
                    .succeedsWithin(KafkaSettings.MAX_BLOCK)
                    .isInstanceOfSatisfying(
                            PublishOutcome.Rejected.class,
                            rejected -> assertThat(rejected.exception())
                                    .hasMessageContaining("Topic " + name + ": " + message));
            assertThatThrownBy(() -> subscribe(bus, "billing"))
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining(message);
        }
        // Controls: with these it goes on.
        for (TopicCheck otherwise : List.of(TopicCheck.WARN, TopicCheck.CREATE)) {
            try (EventBus bus = bus(expected.apply(standard, otherwise))) {
                assertThatCode(() -> bus.publish(new OrderPaid("o-1", 1))).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void createdTopicsAreAsExpectedAndDeadLettersAreKept() throws Exception {
        TopicChecks checks = TopicChecks.standard()
                .missing(TopicCheck.CREATE)
                .partitions(3, TopicCheck.FAIL)
                .replicationFactor(1, TopicCheck.FAIL)
                .minInSyncReplicas(1, TopicCheck.FAIL)
                .cleanupPolicy("compact,delete", TopicCheck.FAIL);
        try (EventBus bus = bus(checks);
                Subscription subscription = subscribe(bus, "billing")) {
            assertThat(subscription.state()).isEqualTo(Subscription.State.RUNNING);
            assertThat(settings(name).getOrDefault("cleanup.policy", "").split(","))
                    .containsExactlyInAnyOrder("compact", "delete");
            assertThat(settings(TopicNames.deadLetter(name, "billing")))
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", "-1");
            assertThat(bus.catalog().find(TopicNames.deadLetter(name, "billing"), DeadLetters.WAIT))
                    .contains(3);
            // And what was created passes the checks of the next one.
            try (EventBus next = bus(checks)) {
                assertThatCode(() -> next.publish(new OrderPaid("o-1", 1))).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void withAWarningASubscriptionWaitsForItsTopicAndPublishingIsRejected() {
        kafka.createTopic(TopicNames.deadLetter(name, "billing"), 1);
        try (EventBus bus = bus(TopicChecks.standard().missing(TopicCheck.WARN));
                Subscription subscription = subscribe(bus, "billing")) {
            assertThatThrownBy(() -> bus.publish(new OrderPaid("o-1", 1))).hasMessageContaining("does not exist");

            kafka.createTopic(name, 1);

            bus.publish(new OrderPaid("o-1", 1));
            await().until(() -> subscription.counts().handled() == 1);
        }
    }

    @Test
    void aCompactedDeadLetterTopicIsRefused() {
        kafka.createTopic(name, 1);
        kafka.createTopic(TopicNames.deadLetter(name, "billing"), 1, Map.of("cleanup.policy", "compact"));
        kafka.createTopic(TopicNames.deadLetter(name, "shipping"), 1);
        try (EventBus bus = bus(TopicChecks.standard())) {
            assertThatThrownBy(() -> subscribe(bus, "billing"))
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("is compacted");
            subscribe(bus, "shipping").close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.y_z", "x_y.z"})
    void aTopicThatDiffersFromAnExistingOneInDotsAndUnderscoresOnlyIsNotCreated(String existing) {
        kafka.createTopic(name + existing, 1);
        TopicChecks creating = TopicChecks.standard().missing(TopicCheck.CREATE);
        try (EventBus bus = bus(creating, name + "x_y_z");
                EventBus same = bus(creating, name + existing)) {
            assertThatThrownBy(() -> bus.publish(new OrderPaid("o-1", 1)))
                    .hasMessageContaining(name + existing)
                    .hasMessageContaining("differ only in '.' and '_'");
            assertThatCode(() -> same.publish(new OrderPaid("o-1", 1))).doesNotThrowAnyException();
        }
    }

    @Test
    void twoGroupsWhoseDeadLettersWouldShareATopicAreToldApart() {
        TopicChecks creating = TopicChecks.standard().missing(TopicCheck.CREATE);
        try (EventBus one = bus(creating, name);
                EventBus other = bus(creating, name + ".b")) {
            Subscription first = subscribe(one, "b.c");
            await().until(() -> !first.assignment().isEmpty());

            assertThatThrownBy(() -> subscribe(other, "c"))
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("topic " + name + ".b with group c")
                    .hasMessageContaining("topic " + name + " with group b.c")
                    .hasMessageContaining(name + ".b.c.dlt");
            // Control: another group of the same topic is fine, and the same one a second time.
            subscribe(other, "d").close();
            subscribe(one, "b.c").close();
        }
    }

    @Test
    void numbersAndPoliciesThatNoTopicHasAreRefused() {
        assertThatThrownBy(() -> TopicChecks.standard().partitions(0, TopicCheck.FAIL))
                .hasMessageContaining("at least 1 partition");
        assertThatThrownBy(() -> TopicChecks.standard().replicationFactor(40_000, TopicCheck.FAIL))
                .hasMessageContaining("not 40000");
        assertThatThrownBy(() -> TopicChecks.standard().cleanupPolicy("keep", TopicCheck.FAIL))
                .hasMessageContaining("not 'keep'");
    }

    private EventBus bus(TopicChecks checks) {
        return bus(checks, name);
    }

    private EventBus bus(TopicChecks checks, String topic) {
        return EventBus.builder()
                .kafka(kafka.clientProperties())
                .registry("memory:" + name)
                .topics(type -> topic)
                .topicChecks(checks)
                .build();
    }

    private static Subscription subscribe(EventBus bus, String group) {
        return bus.subscribe(ShopEvent.class)
                .group(group)
                .on(ShopEvent.class, (event, context) -> {})
                .start();
    }

    private Map<String, String> settings(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            return admin.describeConfigs(List.of(resource)).all().get().values().stream()
                    .flatMap(config -> config.entries().stream())
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
        }
    }
}
