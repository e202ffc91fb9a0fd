package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.serde.RetriableRegistryException;
import dev.schemabus.testkit.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that starts while its registry is away. */
class OfflineStartTest {

    record OrderPlaced(String orderId) {}

    private static final OrderPlaced EVENT = new OrderPlaced("o-1");

    @TempDir
    Path directory;

    private static Map<String, Object> settings(String url) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("schema.registry.url", url);
        settings.put("schemabus.value.type", OrderPlaced.class.getName());
        settings.put("max.retries", 0);
        return settings;
    }

    /** What a service does: writes a record, and reads one. */
    private static OrderPlaced live(Map<String, Object> settings) {
        try (EventSerializer<OrderPlaced> serializer = new EventSerializer<>();
                EventDeserializer<OrderPlaced> deserializer = new EventDeserializer<>()) {
            serializer.configure(settings, false);
            deserializer.configure(settings, false);
            return deserializer.deserialize("orders", serializer.serialize("orders", EVENT));
        }
    }

    @ParameterizedTest
    @CsvSource({"auto.register.schemas, true", "auto.register.schemas, false", "use.latest.version, true"})
    void itWorksWithWhatItMetBefore(String key, String value) {
        String url;
        Map<String, Object> settings;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            url = registry.url();
            live(settings(url));
            settings = settings(url);
            settings.put(
                    "schemabus.registry.cache.file",
                    directory.resolve("schemas").toString());
            settings.put(key, value);
            live(settings);
        }

        assertThat(live(settings)).isEqualTo(EVENT);
    }

    /** The control. */
    @Test
    void withoutTheFileItFailsForLaterAndInTime() {
        String url;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            url = registry.url();
            live(settings(url));
        }
        long began = System.nanoTime();

        assertThatExceptionOfType(RetriableRegistryException.class)
                .isThrownBy(() -> live(settings(url)))
                .withMessageContaining("connection refused. Is the registry running?");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
}
