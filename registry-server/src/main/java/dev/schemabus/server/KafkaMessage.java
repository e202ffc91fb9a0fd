package dev.schemabus.server;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message to be written to the topic, as JSON text.
 *
 * @param value null where the key is taken back
 */
record KafkaMessage(String key, @Nullable String value) {

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    byte @Nullable [] valueBytes() {
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }
}
