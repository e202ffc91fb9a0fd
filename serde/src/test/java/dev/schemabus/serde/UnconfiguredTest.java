package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** Serializers before, or without, a proper configuration. */
class UnconfiguredTest {

    record Placed(String id) {}

    private static final Map<String, Object> URL = Map.of("schema.registry.url", "http://localhost:1");

    @Test
    void aSerializerMustBeConfigured() {
        try (EventSerializer<Placed> serializer = new EventSerializer<>()) {
            assertThatThrownBy(() -> serializer.serialize("orders", new Placed("o-1")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call configure(properties, isKey) first");
        }
    }

    @Test
    void soMustADeserializer() {
        try (EventDeserializer<Placed> deserializer = new EventDeserializer<>()) {
            assertThatThrownBy(() -> deserializer.deserialize("orders", new byte[] {0, 0, 0, 0, 1}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call configure(properties, isKey) first");
        }
    }

    @Test
    void aTombstoneNeedsNoConfiguration() {
        try (EventSerde<Placed> serde = new EventSerde<>()) {
            assertThat(serde.serializer().serialize("orders", null)).isNull();
            assertThat(serde.deserializer().deserialize("orders", (byte[]) null))
                    .isNull();
        }
    }

    @Test
    void aDeserializerMustKnowWhatToMake() {
        try (EventDeserializer<Placed> deserializer = new EventDeserializer<>()) {
            assertThatThrownBy(() -> deserializer.configure(URL, false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("EventDeserializer doesn't know which records to make: set schemabus.value.type to a"
                            + " record class (or a sealed interface), or schemabus.event.types to several, or"
                            + " schemabus.unbound=GENERIC_RECORD for what Confluent's deserializer makes by default");
            assertThatThrownBy(() -> deserializer.configure(URL, true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("EventDeserializer doesn't know which records to make: set schemabus.key.type to a"
                            + " record class, or schemabus.unbound=GENERIC_RECORD for what Confluent's deserializer"
                            + " makes by default");
        }
    }

    @Test
    void aSerdeThatWasClosedTwiceIsClosed() {
        EventSerde<Placed> serde = new EventSerde<>();
        serde.configure(
                Map.of("schema.registry.url", "http://localhost:1", "schemabus.value.type", Placed.class), false);

        serde.close();

        assertThatCode(serde::close).doesNotThrowAnyException();
    }
}
