package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that a group could not handle: where it stood, why it failed, and its bytes. What its headers don't say, or
 * say in a way that nobody can read, is empty.
 */
public final class DeadLetter {

    private final ConsumerRecord<byte[], byte[]> record;

    DeadLetter(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    /** The dead letter topic. */
    public String topic() {
        return record.topic();
    }

    /** The partition of the dead letter topic. */
    public int partition() {
        return record.partition();
    }

    /** The offset in the dead letter topic. */
    public long offset() {
        return record.offset();
    }

    /** The topic where the record was published. */
    public Optional<String> sourceTopic() {
        return own("topic");
    }

    /** Its partition there. */
    public Optional<Integer> sourcePartition() {
        return own("partition", Integer::valueOf);
    }

    /** Its offset there. */
    public Optional<Long> sourceOffset() {
        return own("offset", Long::valueOf);
    }

    /** Its timestamp there. */
    public Optional<Instant> sourceTimestamp() {
        return own("timestamp", Instant::parse);
    }

    /** The consumer group that could not handle it. */
    public Optional<String> group() {
        return own("group");
    }

    /** Why; empty if it wasn't written by this library, or by a newer version for a reason that this one doesn't know. */
    public Optional<DeadLetterReason> reason() {
        return own("class", DeadLetterReason::valueOf);
    }

    /** When it failed first. */
    public Optional<Instant> firstFailure() {
        return own("first-failure", Instant::parse);
    }

    /** When it failed last. */
    public Optional<Instant> lastFailure() {
        return own("last-failure", Instant::parse);
    }

    /** How often it was tried, at least 1. */
    public Optional<Integer> attempts() {
        return own("attempts", Integer::valueOf);
    }

    /** The class of what was thrown last. */
    public Optional<String> exception() {
        return own("exception");
    }

    /** Its message, cut at 1 KiB; empty also where there was no room for it. */
    public Optional<String> message() {
        return own("message");
    }

    /** The registry's id of the schema that it was written under. */
    public Optional<Integer> schemaId() {
        return own("schema-id", Integer::valueOf);
    }

    /** The GUID of that schema. */
    public Optional<String> schemaGuid() {
        return own("schema-guid");
    }

    /** The subject of that schema, as the bus that failed named it. */
    public Optional<String> subject() {
        return own("subject");
    }

    /** The type of the event, as its headers or its schema name it. */
    public Optional<String> eventType() {
        return own("event-type");
    }

    /** The event's id, the same wherever it is replayed to. */
    public Optional<String> eventId() {
        return text(EventHeaders.ID);
    }

    /** A copy of the key's bytes; empty for a record without key, and for a pointer. */
    public Optional<byte[]> key() {
        return Optional.ofNullable(record.key()).map(byte[]::clone);
    }

    /** A copy of the value's bytes; empty for a tombstone, and for a pointer. */
    public Optional<byte[]> value() {
        return Optional.ofNullable(record.value()).map(byte[]::clone);
    }

    /** The headers that were published with the event, in order. */
    public List<Header> headers() {
        return List.copyOf(Origin.published(record.headers()));
    }

    /** SHA-256 of the record that failed, in hex: over key, value and published headers (docs/event-bus.md). */
    public Optional<String> sha256() {
        return own("sha256");
    }

    /** Whether key, value and headers are those of the record that failed, by {@link #sha256}. Not so for a pointer. */
    public boolean intact() {
        return sha256().filter(DeadLetterHeaders.digest(record.key(), record.value(), record.headers())::equals)
                .isPresent();
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    /** Where it was published. @throws java.util.NoSuchElementException if its headers don't say */
    Origin origin() {
        return new Origin(
                sourceTopic().orElseThrow(),
                sourcePartition().orElseThrow(),
                sourceOffset().orElseThrow(),
                sourceTimestamp().map(Instant::toEpochMilli).orElse(record.timestamp()));
    }

    private Optional<String> own(String name) {
        return text(DeadLetterHeaders.PREFIX + name);
    }

    private <T> Optional<T> own(String name, Function<String, T> parse) {
        return own(name).flatMap(text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (IllegalArgumentException | DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Two are equal that stand in the same place. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter letter
                && topic().equals(letter.topic())
                && partition() == letter.partition()
                && offset() == letter.offset();
    }

    @Override
    public int hashCode() {
        return Arrays.asList(topic(), partition(), offset()).hashCode();
    }

    /** The coordinates and the reason; never the content. */
    @Override
    public String toString() {
        return topic() + "-" + partition() + "@" + offset() + " "
                + reason().map(Enum::name).orElse("(unknown)");
    }
}
