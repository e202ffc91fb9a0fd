package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectConfig;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An id that was given out once, on a topic that has forgotten the schema it was given to. */
@ExtendWith(SchemabusExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KafkaHighestIdsTest {

    private static final Subject IN_CONTEXT = Subject.in(".eu", "orders-value");

    private final EmbeddedKafka kafka;

    KafkaHighestIdsTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    private static String newTopic() {
        return "schemas-" + UUID.randomUUID();
    }

    private RegistryServer start(String topic) {
        return RegistryServer.start(
                RegistryServer.DEFAULT_HOST,
                0,
                KafkaStorage.at(kafka.bootstrapServers())
                        .withTopic(topic)
                        .withReplicationFactor(1)
                        .withClientProperties(Map.of("heartbeat.interval.ms", "200")));
    }

    private static int register(RegistryConnection registry, Subject subject, String name) {
        EventSchema schema =
                EventSchema.of(SchemaFormat.AVRO, "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}");
        return registry.register(subject, schema).id().value();
    }

    private static void deleteForGood(RegistryConnection registry, Subject subject) {
        registry.delete(subject);
        registry.deletePermanently(subject);
    }

    /**
     * What Kafka leaves of a topic in the end: of each key the last message, and none that takes its key back.
     *
     * @param without keys that are left out
     */
    private String compacted(String topic, String... without) throws Exception {
        String copy = newTopic();
        kafka.createTopic(copy, 1, Map.of("cleanup.policy", "compact"));
        Map<String, KafkaMessage> last = new LinkedHashMap<>();
        try (KafkaTopicHand from = new KafkaTopicHand(kafka, topic);
                KafkaTopicHand to = new KafkaTopicHand(kafka, copy)) {
            for (KafkaMessage message : from.readAll()) {
                last.remove(message.key());
                last.put(message.key(), message);
            }
            for (KafkaMessage message : last.values()) {
                if (message.value() != null && !List.of(without).contains(message.key())) {
                    to.write(message.key(), message.value());
                }
            }
        }
        return copy;
    }

    private String topicWithoutItsNewestSchemas() {
        String topic = newTopic();
        try (RegistryServer server = start(topic);
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThat(register(registry, new Subject("kept"), "Kept")).isEqualTo(1);
            assertThat(register(registry, new Subject("gone"), "Gone")).isEqualTo(2);
            assertThat(register(registry, IN_CONTEXT, "Gone")).isEqualTo(1);
            deleteForGood(registry, new Subject("gone"));
            deleteForGood(registry, IN_CONTEXT);
        }
        return topic;
    }

    private void assertIdsGoOn(String topic) {
        try (RegistryServer server = start(topic);
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThat(register(registry, new Subject("next"), "Next")).isEqualTo(3);
            assertThat(register(registry, IN_CONTEXT, "Next")).isEqualTo(2);
        }
    }

    @Test
    void anIdOfASchemaThatIsGoneIsNotGivenOutAgain() throws Exception {
        String topic = topicWithoutItsNewestSchemas();

        String compacted = compacted(topic);
        assertIdsGoOn(compacted);

        // And once more, when the leader of a node that only started has come and gone.
        String twice = compacted(topic);
        start(twice).close();
        assertIdsGoOn(compacted(twice));
    }

    /** The control: so it would come out without the marker. */
    @Test
    void withoutTheMarkerTheIdWouldBeGivenOutAgain() throws Exception {
        String topic = compacted(topicWithoutItsNewestSchemas(), KafkaKeys.idsUsed());

        try (RegistryServer server = start(topic);
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThat(register(registry, new Subject("next"), "Next")).isEqualTo(2);
        }
    }

    @Test
    void whatAnotherRegistryDeletedBeforeTheTopicWasTakenOverCountsToo() throws Exception {
        String topic = newTopic();
        kafka.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        try (KafkaTopicHand reference = new KafkaTopicHand(kafka, topic)) {
            for (int id = 1; id <= 2; id++) {
                reference.write(
                        "{'keytype':'SCHEMA','subject':'s" + id + "','version':1,'magic':1}",
                        "{'subject':'s" + id + "','version':1,'id':" + id
                                + ",'schema':'{\\'type\\':\\'fixed\\',\\'name\\':\\'F\\',\\'size\\':" + id
                                + "}','deleted':true}");
            }
            reference.write("{'keytype':'SCHEMA','subject':'s2','version':1,'magic':1}", null);
        }

        try (RegistryServer server = start(topic);
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            // A write waits for a leader; this one gives out no id.
            registry.setConfig(new Subject("s1"), SubjectConfig.none().withNormalize(true));
        }
        try (KafkaTopicHand reference = new KafkaTopicHand(kafka, topic)) {
            reference.write(KafkaKeys.noop(), null);
        }

        try (RegistryServer server = start(compacted(topic));
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThat(register(registry, new Subject("next"), "Next")).isEqualTo(3);
        }
    }
}
