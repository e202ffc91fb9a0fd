package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.wire.Frame;
import dev.schemabus.wire.MalformedRecordException;
import dev.schemabus.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link WireFormat} owes its callers. Extend it, give yours, and run it. */
public abstract class WireFormatContract {

    private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

    /** The format to examine. */
    protected abstract WireFormat wireFormat();

    /** A key or value with its header, if any. */
    private static final class Sent {
        private final Optional<byte[]> header;
        private final byte[] bytes;

        Sent(Optional<byte[]> header, byte[] bytes) {
            this.header = header;
            this.bytes = bytes;
        }
    }

    @Test
    void whatIsStampedIsOpened() {
        schemas().forEach(schema -> {
            Frame frame = open(sent(PAYLOAD, schema));

            assertThat(frame.schema()).isEqualTo(schema);
            assertThat(payload(frame)).isEqualTo(PAYLOAD);
        });
    }

    @Test
    void anIdIsAlsoGivenAsANumber() {
        schemas()
                .forEach(schema -> assertThat(open(sent(PAYLOAD, schema)).id())
                        .isEqualTo(schema instanceof SchemaId id ? id.value() : Frame.NO_ID));
    }

    @Test
    void thePayloadIsNotCopied() {
        Sent sent = sent(PAYLOAD, anySchema());

        assertThat(open(sent).bytes()).isSameAs(sent.bytes);
    }

    @Test
    void aRecordMayStandWithinALargerArray() {
        Sent sent = sent(PAYLOAD, anySchema());
        byte[] larger = new byte[sent.bytes.length + 5];
        Arrays.fill(larger, (byte) 0x7f);
        System.arraycopy(sent.bytes, 0, larger, 3, sent.bytes.length);

        Frame frame = wireFormat().open(sent.header.orElse(null), larger, 3, sent.bytes.length);

        assertThat(frame.schema()).isEqualTo(anySchema());
        assertThat(frame.bytes()).isSameAs(larger);
        assertThat(payload(frame)).isEqualTo(PAYLOAD);
    }

    /** Whatever it begins with, above all not like another format's magic byte. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\0\0\0\0\7", "\0\0\0\0\7payload", "\1", "\1abcdefghijklmnop", "{\"a\":1}"})
    void aPayloadMayBeAnything(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        Frame frame = open(sent(payload, anySchema()));

        assertThat(frame.schema()).isEqualTo(anySchema());
        assertThat(payload(frame)).isEqualTo(payload);
        assertThat(frame.length()).isEqualTo(payload.length);
    }

    @Test
    void stampingTouchesNothingButTheHeadroom() {
        byte[] framed = sent(PAYLOAD, anySchema()).bytes;

        assertThat(Arrays.copyOfRange(framed, wireFormat().headroom(), framed.length))
                .isEqualTo(PAYLOAD);
    }

    @Test
    void openingChangesNothing() {
        Sent sent = sent(PAYLOAD, anySchema());
        byte[] bytes = sent.bytes.clone();
        Optional<byte[]> header = sent.header.map(byte[]::clone);

        payload(open(sent));

        assertThat(sent.bytes).isEqualTo(bytes);
        assertThat(sent.header.map(Arrays::hashCode)).isEqualTo(header.map(Arrays::hashCode));
    }

    @Test
    void whatIsShorterThanTheHeadroomIsMalformed() {
        Sent sent = sent(PAYLOAD, anySchema());

        for (int length = 0; length < wireFormat().headroom(); length++) {
            Sent cut = new Sent(sent.header, Arrays.copyOf(sent.bytes, length));
            assertThatThrownBy(() -> open(cut)).as(length + " bytes").isInstanceOf(MalformedRecordException.class);
        }
    }

    @Test
    void aHeaderOfAnotherLengthIsMalformed() {
        Sent sent = sent(PAYLOAD, anySchema());

        sent.header.ifPresent(header -> IntStream.rangeClosed(0, header.length + 1)
                .filter(length -> length != header.length)
                .forEach(length -> assertThatThrownBy(() -> wireFormat().open(Arrays.copyOf(header, length), PAYLOAD))
                        .as(length + " bytes")
                        .isInstanceOf(MalformedRecordException.class)));
    }

    private Stream<SchemaIdentifier> schemas() {
        return wireFormat().namesByGuid()
                ? Stream.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, Long.MIN_VALUE), new UUID(0x0102L << 48, 3))
                        .map(SchemaGuid::new)
                : Stream.of(0, 1, 255, 256, 65_536, Integer.MAX_VALUE).map(SchemaId::new);
    }

    private SchemaIdentifier anySchema() {
        return wireFormat().namesByGuid() ? new SchemaGuid(new UUID(7, 8)) : new SchemaId(7);
    }

    private Sent sent(byte[] payload, SchemaIdentifier schema) {
        byte[] framed = new byte[wireFormat().headroom() + payload.length];
        System.arraycopy(payload, 0, framed, wireFormat().headroom(), payload.length);
        wireFormat().stamp(framed, schema);
        return new Sent(wireFormat().header(schema), framed);
    }

    private Frame open(Sent sent) {
        byte @Nullable [] header = sent.header.orElse(null);
        return wireFormat().open(header, sent.bytes);
    }

    private static byte[] payload(Frame frame) {
        return Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.offset() + frame.length());
    }
}
