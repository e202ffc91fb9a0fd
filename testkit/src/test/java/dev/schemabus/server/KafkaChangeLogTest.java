package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
class KafkaChangeLogTest extends ChangeLogContract {

    private static final URI URL = URI.create("http://127.0.0.1:1");
    private static final URI OTHER_URL = URI.create("http://127.0.0.1:2");

    private final EmbeddedKafka kafka;
    private final String topic = "schemas-" + UUID.randomUUID();

    KafkaChangeLogTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    private KafkaStorage storage() {
        return KafkaStorage.at(kafka.bootstrapServers())
                .withTopic(topic)
                .withReplicationFactor(1)
                .withClientProperties(Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "200"));
    }

    @Override
    ChangeLog open() {
        return new KafkaChangeLog(storage());
    }

    @Override
    void awaitWritable(ChangeLog log) {
        ((ClusterLog) log).join(URL);
        await().until(log::mayWrite);
    }

    /** Another node on the same topic, which hears everything. */
    private KafkaChangeLog another(List<Change> hears) {
        KafkaChangeLog other = new KafkaChangeLog(storage());
        other.follow(change -> {
            if (isTheRegistrys(change)) {
                hears.add(change);
            }
        });
        return other;
    }

    private ClusterLog log() {
        return (ClusterLog) log;
    }

    private static List<Change> hearing() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    @Test
    void whoComesLaterHearsTheSame() {
        log().append(everyKind());

        List<Change> hears = hearing();
        try (KafkaChangeLog other = another(hears)) {
            assertThat(hears).containsExactlyElementsOf(everyKind());
            assertThat(other.leader()).contains(URL);
            assertThat(other.mayWrite()).isFalse();
        }
    }

    @Test
    void aNodeThatDoesNotLeadWritesNothing() {
        List<Change> hears = hearing();
        try (KafkaChangeLog other = another(hears)) {
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> other.append(List.of(stored("s", 1, 1))))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(50004))
                    .withMessageContaining("nothing was changed");
        }
        try (KafkaTopicHand hand = new KafkaTopicHand(kafka, topic)) {
            assertThat(hand.readAll()).noneMatch(message -> message.key().contains("SCHEMA"));
        }
    }

    @Test
    void theNextNodeLeadsWhenTheFirstWithdraws() {
        List<Change> hears = hearing();
        try (KafkaChangeLog other = another(hears)) {
            other.join(OTHER_URL);
            log().append(List.of(stored("s", 1, 1)));
            assertThat(other.mayWrite()).isFalse();

            log().withdraw();

            await().until(other::mayWrite);
            other.append(List.of(stored("s", 2, 2)));
            await().untilAsserted(() -> assertThat(heard).containsExactly(stored("s", 1, 1), stored("s", 2, 2)));
            assertThat(log().leader()).contains(OTHER_URL);
            assertThat(hears).containsExactlyElementsOf(heard);
        }
    }

    @Test
    void aNodeThatJoinsTakesNoLeadAway() {
        try (KafkaChangeLog other = another(hearing())) {
            long before = log().leadership();
            other.join(OTHER_URL);

            await().during(Duration.ofSeconds(2)).until(() -> !other.mayWrite());
            assertThat(log().mayWrite()).isTrue();
            assertThat(log().leadership()).isEqualTo(before);
        }
    }

    @Test
    void ofTwoNodesWithOneUrlTheOneThatCameLastLeads() {
        List<Change> hears = hearing();
        try (KafkaChangeLog last = another(hears)) {
            last.join(URL);

            await().until(last::mayWrite);
            await().during(Duration.ofSeconds(1)).until(() -> last.mayWrite() && !log().mayWrite());
            last.append(List.of(stored("s", 1, 1)));
            await().untilAsserted(() -> assertThat(heard).containsExactly(stored("s", 1, 1)));
        }
    }

    @Test
    void aWriteIsStoredAsTheReferenceStoresIt() {
        log().append(everyKind());

        try (KafkaTopicHand hand = new KafkaTopicHand(kafka, topic)) {
            assertThat(hand.readAll())
                    .filteredOn(message -> !message.key().equals(KafkaKeys.noop()))
                    .containsExactlyElementsOf(
                            everyKind().stream().map(KafkaEncoder::encode).toList());
        }
    }

    @Test
    void whatIsTooLargeForTheTopicIsRefusedAndTheNodeGoesOn() {
        Change large = new Change.SchemaStored("s", 1, 1, new StoredSchema("AVRO", "x".repeat(2 << 20)), false);

        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(() -> log().append(List.of(large)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(42209))
                .withMessageContaining(topic);

        log().append(List.of(stored("s", 1, 1)));
        assertThat(heard).containsExactly(stored("s", 1, 1));
    }

    @Test
    void theTopicOfAnotherRegistryIsTakenOver() throws Exception {
        String old = "schemas-" + UUID.randomUUID();
        kafka.createTopic(old, 1, Map.of("cleanup.policy", "compact"));
        try (KafkaTopicHand reference = new KafkaTopicHand(kafka, old);
                KafkaChangeLog log = new KafkaChangeLog(storage().withTopic(old))) {
            reference.write("{'keytype':'NOOP','magic':0}", null);
            reference.write("{'keytype':'CONFIG','subject':null,'magic':0}", "{'compatibilityLevel':'FULL'}");
            reference.write(
                    "{'keytype':'SCHEMA','subject':'s','version':1,'magic':1}",
                    "{'subject':'s','version':1,'id':7,'md5':'abc','schema':'\\'string\\'','deleted':false}"
                            .replace("\\'", "\\\""));
            reference.write("{'keytype':'CONTEXT','tenant':'default','context':'.eu'}", "{}");
            reference.write("{'keytype':'SCHEMA','subject':'s','version':2,'magic':1}", "{'half':");
            reference.write("{'keytype':'MODE','subject':'s','magic':0}", "{'subject':'s','mode':'IMPORT'}");
            reference.write("no key of ours", "{}");
            reference.write("{'keytype':'DELETE_SUBJECT','subject':'t','magic':0}", "{'subject':'t','version':3}");

            List<Change> hears = hearing();
            log.follow(hears::add);

            StoredSchema schema = new StoredSchema("AVRO", "\"string\"");
            assertThat(hears)
                    .containsExactly(
                            new Change.Noop(),
                            new Change.ConfigStored(Optional.empty(), Config.of(CompatibilityLevel.FULL)),
                            new Change.SchemaStored("s", 1, 7, schema, false),
                            new Change.ContextStored(".eu"),
                            new Change.VersionReserved("s", 2, OptionalInt.empty()),
                            new Change.ModeStored(Optional.of("s"), RegistryMode.IMPORT),
                            new Change.SubjectDeleted("t", 3));
            assertThat(log.skipped()).isEqualTo(2);

            log.beginTerm(URL);
            log.append(List.of(
                    new Change.SchemaStored("s", 1, 7, schema, true),
                    new Change.ConfigStored(Optional.empty(), Config.of(CompatibilityLevel.NONE))));
            assertThat(reference.readAll())
                    .endsWith(
                            new KafkaMessage(
                                    "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}",
                                    "{\"subject\":\"s\",\"version\":1,\"id\":7,\"schema\":\"\\\"string\\\"\","
                                            + "\"deleted\":true,\"md5\":\"abc\"}"),
                            new KafkaMessage("{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}", null),
                            new KafkaMessage(
                                    "{\"keytype\":\"CONFIG\",\"magic\":0}", "{\"compatibilityLevel\":\"NONE\"}"));
        }
    }

    @Test
    void aTopicThatDeletesIsRefused() {
        String deleting = "schemas-" + UUID.randomUUID();
        kafka.createTopic(deleting, 1, Map.of("cleanup.policy", "compact,delete"));
        try (KafkaChangeLog log = new KafkaChangeLog(storage().withTopic(deleting))) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> log.follow(change -> {}))
                    .withMessageContaining("Topic " + deleting + " has cleanup.policy=compact,delete")
                    .withMessageContaining("Set cleanup.policy=compact on it, or name another topic");
        }
    }

    @Test
    void aTopicWithSeveralPartitionsIsRefused() {
        String wide = "schemas-" + UUID.randomUUID();
        kafka.createTopic(wide, 2, Map.of("cleanup.policy", "compact"));
        try (KafkaChangeLog log = new KafkaChangeLog(storage().withTopic(wide))) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> log.follow(change -> {}))
                    .withMessageContaining("has 2 partitions");
        }
    }

    @Test
    void propertiesThatTheGuaranteesRestOnAreNotTheOperators() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new KafkaChangeLog(storage().withClientProperties(Map.of("acks", "1"))))
                .withMessageContaining("The Kafka property acks can't be set");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new KafkaChangeLog(storage().withClientProperties(Map.of("securty.protocol", "SSL"))))
                .withMessageContaining("No Kafka client knows a property securty.protocol");
    }
}
