package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "acks, 1",
        "acks, 0",
        "enable.idempotence, false",
        "max.in.flight.requests.per.connection, 6",
        "enable.auto.commit, true",
        "key.serializer, org.apache.kafka.common.serialization.StringSerializer",
        "value.serializer, org.apache.kafka.common.serialization.StringSerializer",
        "key.deserializer, org.apache.kafka.common.serialization.StringDeserializer",
        "value.deserializer, org.apache.kafka.common.serialization.StringDeserializer",
        "group.id, billing",
        "transactional.id, tx",
        "partitioner.ignore.keys, true",
        "isolation.level, read_uncommitted",
    })
    void aSettingThatContradictsThePromisesIsAnErrorThatNamesIt(String key, String value) {
        assertThatThrownBy(() -> EventBus.builder()
                        .kafka(Map.of("bootstrap.servers", "localhost:9092", key, value))
                        .registry("http://localhost:8081")
                        .build())
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, all",
        "acks, -1",
        "enable.idempotence, true",
        "max.in.flight.requests.per.connection, 5",
        "enable.auto.commit, false",
        "isolation.level, read_committed",
    })
    void aSettingThatAgreesIsFine(String key, String value) {
        assertThatCode(() -> settings(Map.of(key, value))).doesNotThrowAnyException();
    }

    @Test
    @SuppressWarnings("NullAway") // a null that the compiler refuses comes all the same, from a framework's properties
    void aNullSettingIsNone() {
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("acks", null);

        assertThat(settings(withNull).producer()).containsEntry("acks", "all");
    }

    @Test
    void missingBootstrapServersAreNamed() {
        assertThatThrownBy(() -> new KafkaSettings(Map.of()))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("bootstrap.servers");
    }

    @Test
    void aMissingRegistryIsNamed() {
        assertThatThrownBy(() -> EventBus.builder()
                        .kafka(Map.of("bootstrap.servers", "localhost:9092"))
                        .build())
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("registry(…)");
    }

    @Test
    void aSettingThatKafkaRefusesIsNamed() {
        assertThatThrownBy(() -> EventBus.builder()
                        .kafka(Map.of("bootstrap.servers", "localhost"))
                        .registry("http://localhost:8081")
                        .build())
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("with bootstrap.servers=localhost: ");
    }

    @Test
    void theProducerWaitsForAllReplicasAndWritesOnce() {
        assertThat(settings(Map.of()).producer())
                .containsEntry("acks", "all")
                .containsEntry("compression.type", "lz4")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.in.flight.requests.per.connection", 5)
                .containsEntry("delivery.timeout.ms", 120_000)
                .containsEntry("max.block.ms", 5_000L);
    }

    @Test
    void theConsumerCommitsNothingByItself() {
        assertThat(settings(Map.of()).consumer("billing"))
                .containsEntry("enable.auto.commit", false)
                .containsEntry("group.id", "billing")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("session.timeout.ms", 10_000)
                .containsEntry("partition.assignment.strategy", List.of(FollowingAssignor.class))
                .containsEntry("allow.auto.create.topics", false);
    }

    @Test
    void theNewerGroupProtocolKeepsItsSettingsOnTheBroker() {
        assertThat(settings(Map.of("group.protocol", "consumer")).consumer("billing"))
                .doesNotContainKeys("session.timeout.ms", "partition.assignment.strategy");
    }

    @Test
    void aClientGetsNoSettingThatOnlyAnotherKnows() {
        KafkaSettings settings =
                settings(Map.of("linger.ms", 5, "max.poll.records", 10, "security.protocol", "PLAINTEXT"));

        assertThat(settings.producer())
                .containsKeys("linger.ms", "security.protocol")
                .doesNotContainKey("max.poll.records");
        assertThat(settings.consumer("g"))
                .containsKeys("max.poll.records", "security.protocol")
                .doesNotContainKey("linger.ms");
        assertThat(settings.admin())
                .containsKey("security.protocol")
                .doesNotContainKeys("linger.ms", "max.poll.records");
    }

    @Test
    void aRevocationWaitsTenSecondsOrHalfThePollIntervalIfLess() {
        assertThat(settings(Map.of()).revocationWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings(Map.of("max.poll.interval.ms", "6000")).revocationWait())
                .isEqualTo(Duration.ofSeconds(3));
    }

    private static KafkaSettings settings(Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("bootstrap.servers", "localhost:9092");
        return new KafkaSettings(all);
    }
}
