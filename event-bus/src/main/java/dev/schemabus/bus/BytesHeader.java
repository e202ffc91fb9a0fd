package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Internal: a header to write. Kafka's own class for it is one of its internals. */
final class BytesHeader implements Header {

    private final String key;
    private final byte @Nullable [] value;

    BytesHeader(String key, byte @Nullable [] value) {
        this.key = key;
        this.value = value;
    }

    BytesHeader(String key, String text) {
        this(key, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public byte @Nullable [] value() {
        return value;
    }
}
