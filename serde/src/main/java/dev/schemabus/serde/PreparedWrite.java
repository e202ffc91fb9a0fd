package dev.schemabus.serde;

import dev.schemabus.codec.Encoder;
import dev.schemabus.registry.SchemaIdentifier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What writing one type to one topic takes, found out once: how its schema is called, and its encoder. */
final class PreparedWrite<T> {

    private static final long FOR_EVER = -1;

    /** What nanoseconds can say: 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    final SchemaIdentifier schema;

    /** What the wire format sends beside each record; nobody changes it. */
    final byte @Nullable [] header;

    final Encoder<T> encoder;

    private final long ttlNanos;
    private final long made = System.nanoTime();

    PreparedWrite(SchemaIdentifier schema, byte @Nullable [] header, Encoder<T> encoder) {
        this(schema, header, encoder, FOR_EVER);
    }

    private PreparedWrite(SchemaIdentifier schema, byte @Nullable [] header, Encoder<T> encoder, long ttlNanos) {
        this.schema = schema;
        this.header = header;
        this.encoder = encoder;
        this.ttlNanos = ttlNanos;
    }

    /** The same, but only for a while; for ever if that is negative. */
    PreparedWrite<T> lasting(Duration ttl) {
        boolean forEver = ttl.isNegative() || ttl.compareTo(LONGEST) > 0;
        return new PreparedWrite<>(schema, header, encoder, forEver ? FOR_EVER : ttl.toNanos());
    }

    /** The same for as long again, from now on. */
    PreparedWrite<T> prolonged() {
        return new PreparedWrite<>(schema, header, encoder, ttlNanos);
    }

    boolean lastsForEver() {
        return ttlNanos == FOR_EVER;
    }

    /** Whether there may be a newer one. */
    boolean isOutdated() {
        return !lastsForEver() && System.nanoTime() - made >= ttlNanos;
    }
}
