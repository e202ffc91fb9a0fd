package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A leader that was away while another was chosen, and comes back with what it had decided before. */
@ExtendWith(SchemabusExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KafkaTermTest {

    private static final URI URL = URI.create("http://127.0.0.1:1");
    private static final Change BY_THE_OLD = ChangeLogContract.stored("old", 1, 1);
    private static final Change BY_THE_NEW = ChangeLogContract.stored("new", 1, 1);

    private final EmbeddedKafka kafka;
    private final KafkaStorage storage;
    private final KafkaClients clients;
    private final List<Change> heard = Collections.synchronizedList(new ArrayList<>());

    KafkaTermTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
        storage = KafkaStorage.at(kafka.bootstrapServers())
                .withTopic("schemas-" + UUID.randomUUID())
                .withReplicationFactor(1);
        clients = new KafkaClients(storage, "old");
    }

    private KafkaChangeLog newLeader() {
        KafkaChangeLog log = new KafkaChangeLog(storage);
        log.follow(change -> {
            if (change instanceof Change.SchemaStored) {
                heard.add(change);
            }
        });
        log.beginTerm(URL);
        return log;
    }

    @Test
    void whatAnOldLeaderAppendsAfterwardsIsRefusedByTheBrokers() {
        KafkaTopic.ensure(storage, clients);
        try (KafkaTerm old = KafkaTerm.begin(clients.writer(), storage.topic());
                KafkaChangeLog leader = newLeader();
                KafkaTopicHand hand = new KafkaTopicHand(kafka, storage.topic())) {
            leader.append(List.of(BY_THE_NEW));

            assertThatExceptionOfType(KafkaException.class)
                    .isThrownBy(() -> old.append(List.of(KafkaEncoder.encode(BY_THE_OLD))));

            leader.append(List.of(ChangeLogContract.stored("new", 2, 2)));
            assertThat(heard).containsExactly(BY_THE_NEW, ChangeLogContract.stored("new", 2, 2));
            assertThat(hand.readAll()).noneMatch(message -> message.key().contains("\"old\""));
        }
    }

    @Test
    void whatAnOldLeaderHadBegunIsUndone() throws Exception {
        KafkaTopic.ensure(storage, clients);
        try (Producer<byte[], byte[]> old = clients.writer()) {
            old.initTransactions();
            old.beginTransaction();
            KafkaMessage begun = KafkaEncoder.encode(BY_THE_OLD);
            old.send(new ProducerRecord<>(storage.topic(), begun.keyBytes(), begun.valueBytes()))
                    .get();

            try (KafkaChangeLog leader = newLeader()) {
                leader.append(List.of(BY_THE_NEW));

                assertThatExceptionOfType(KafkaException.class).isThrownBy(old::commitTransaction);

                leader.append(List.of(ChangeLogContract.stored("new", 2, 2)));
                assertThat(heard).containsExactly(BY_THE_NEW, ChangeLogContract.stored("new", 2, 2));
            }
        }
    }

    /** The control: so it would come out if a leader were no more than the one the group has chosen. */
    @Test
    void withoutTermsTheOldLeadersIdWouldBeGivenTwice() throws Exception {
        try (KafkaChangeLog leader = newLeader();
                KafkaTopicHand old = new KafkaTopicHand(kafka, storage.topic())) {
            leader.append(List.of(BY_THE_NEW));

            KafkaMessage late = KafkaEncoder.encode(BY_THE_OLD);
            old.write(late.key(), late.value());

            leader.append(List.of(ChangeLogContract.stored("new", 2, 2)));
            assertThat(heard).containsExactly(BY_THE_NEW, BY_THE_OLD, ChangeLogContract.stored("new", 2, 2));
        }
    }

    @Test
    void aLeaderWhoseTermWasEndedSaysSoAndMayBeginAnother() {
        try (KafkaChangeLog leader = newLeader();
                KafkaTerm other = KafkaTerm.begin(clients.writer(), storage.topic())) {
            assertThat(other).isNotNull();
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> leader.append(List.of(BY_THE_OLD)))
                    .withMessageContaining("may or may not count");
            assertThat(leader.mayWrite()).isFalse();

            leader.beginTerm(URL);
            leader.append(List.of(BY_THE_NEW));
            assertThat(heard).containsExactly(BY_THE_NEW);
        }
    }
}
