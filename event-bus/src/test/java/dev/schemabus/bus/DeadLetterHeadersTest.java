package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

    private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");

    private static final WriterSchema SCHEMA = new WriterSchema(
            Optional.of(new SchemaId(7)),
            Optional.of(new SchemaGuid(new UUID(1, 2))),
            Optional.of(new Subject("shop.order.events-OrderPaid")),
            Optional.of("OrderPaid"));

    private final ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>("shop.order.events", 3, 42, "o-1".getBytes(UTF_8), new byte[] {1, 2});

    @Test
    void theRecordsOwnComeFirstUnchangedAndInOrder() {
        record.headers().add("b", new byte[] {(byte) 0xFF});
        record.headers().add("a", null);
        record.headers().add("b", new byte[0]);

        List<Header> headers = headers("broken");

        assertThat(headers.subList(0, 3)).isEqualTo(List.of(record.headers().toArray()));
        assertThat(headers.stream().skip(3).map(Header::key))
                .containsExactly(
                        "sb-dl-topic",
                        "sb-dl-partition",
                        "sb-dl-offset",
                        "sb-dl-timestamp",
                        "sb-dl-group",
                        "sb-dl-first-failure",
                        "sb-dl-last-failure",
                        "sb-dl-attempts",
                        "sb-dl-class",
                        "sb-dl-exception",
                        "sb-dl-schema-id",
                        "sb-dl-schema-guid",
                        "sb-dl-subject",
                        "sb-dl-event-type",
                        "sb-dl-sha256",
                        "sb-dl-message");
        assertThat(text(headers, "sb-dl-topic")).isEqualTo("shop.order.events");
        assertThat(text(headers, "sb-dl-offset")).isEqualTo("42");
        assertThat(text(headers, "sb-dl-first-failure")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(text(headers, "sb-dl-attempts")).isEqualTo("3");
        assertThat(text(headers, "sb-dl-class")).isEqualTo("HANDLER");
        assertThat(text(headers, "sb-dl-exception")).isEqualTo("java.lang.IllegalStateException");
        assertThat(text(headers, "sb-dl-schema-id")).isEqualTo("7");
        assertThat(text(headers, "sb-dl-schema-guid"))
                .isEqualTo(SCHEMA.guid().orElseThrow().toString());
        assertThat(text(headers, "sb-dl-subject")).isEqualTo("shop.order.events-OrderPaid");
        assertThat(text(headers, "sb-dl-event-type")).isEqualTo("OrderPaid");
    }

    @Test
    void oursOfAnEarlierDeadLetterAreReplacedAndLeaveTheDigestAlone() {
        String before = text(headers("broken"), "sb-dl-sha256");
        record.headers().add("sb-dl-offset", "7".getBytes(UTF_8));

        List<Header> headers = headers("broken");

        assertThat(headers.stream().map(Header::key)).doesNotHaveDuplicates();
        assertThat(text(headers, "sb-dl-offset")).isEqualTo("42");
        assertThat(text(headers, "sb-dl-sha256")).isEqualTo(before);
    }

    @Test
    void whatIsNotKnownOfTheSchemaStaysAway() {
        Failure failure = new Failure(FailureClass.POISON, new IllegalStateException("broken"), FIRST, FIRST, 1);

        assertThat(DeadLetterHeaders.of(record, "billing", failure, WriterSchema.UNKNOWN))
                .extracting(Header::key)
                .doesNotContain("sb-dl-schema-id", "sb-dl-schema-guid", "sb-dl-subject", "sb-dl-event-type");
    }

    @Test
    void anEventSaysItsTypeItself() {
        record.headers().add("ce_type", "com.acme.order.paid".getBytes(UTF_8));

        assertThat(text(headers("broken"), "sb-dl-event-type")).isEqualTo("com.acme.order.paid");
    }

    @Test
    void aCopyInARetryTopicNamesItsOriginAndCarriesNoneOfOurHeadersTwice() {
        String before = text(headers("broken"), "sb-dl-sha256");
        ConsumerRecord<byte[], byte[]> copy = new ConsumerRecord<>(
                TopicNames.replay("shop.order.events", "billing"), 1, 8, record.key(), record.value());
        new Origin("shop.order.events", 3, 42, 1_000).headers().forEach(copy.headers()::add);
        Failure failure = new Failure(FailureClass.HANDLER, new IllegalStateException("broken"), FIRST, FIRST, 1);

        List<Header> headers = DeadLetterHeaders.of(copy, "billing", failure, SCHEMA);

        assertThat(text(headers, "sb-dl-topic")).isEqualTo("shop.order.events");
        assertThat(text(headers, "sb-dl-partition")).isEqualTo("3");
        assertThat(text(headers, "sb-dl-offset")).isEqualTo("42");
        assertThat(text(headers, "sb-dl-timestamp")).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(text(headers, "sb-dl-sha256")).isEqualTo(before);
        assertThat(headers).extracting(Header::key).noneMatch(name -> name.startsWith("sb-origin-"));
    }

    @Test
    void aLongMessageIsCutBetweenCharacters() {
        String cut = text(headers("x" + "é".repeat(2_000)), "sb-dl-message");

        assertThat(cut.getBytes(UTF_8)).hasSize(1_023);
        assertThat(cut).isEqualTo("x" + "é".repeat(511));
    }

    @Test
    void anyChangedByteChangesTheDigest() {
        byte[] value = {1, 2};
        String digest = DeadLetterHeaders.digest(null, value, List.of());

        assertThat(digest).hasSize(64);
        assertThat(DeadLetterHeaders.digest(new byte[0], value, List.of())).isNotEqualTo(digest);
        assertThat(DeadLetterHeaders.digest(null, new byte[] {1, 3}, List.of())).isNotEqualTo(digest);
        assertThat(DeadLetterHeaders.digest(null, value, List.of(new BytesHeader("a", "b"))))
                .isNotEqualTo(digest);
    }

    private List<Header> headers(String message) {
        return DeadLetterHeaders.of(
                record,
                "billing",
                new Failure(FailureClass.HANDLER, new IllegalStateException(message), FIRST, FIRST.plusSeconds(1), 3),
                SCHEMA);
    }

    private static String text(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.key().equals(name))
                .map(header -> new String(header.value(), UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
