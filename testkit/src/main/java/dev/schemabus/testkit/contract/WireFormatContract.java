package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SchemaId;
import dev.schemabus.wire.Frame;
import dev.schemabus.wire.MalformedRecordException;
import dev.schemabus.wire.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link WireFormat} owes its callers. Extend it, give yours, and run it. */
public abstract class WireFormatContract {

    private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

    /** The format to examine. */
    protected abstract WireFormat wireFormat();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 65_536, Integer.MAX_VALUE})
    void whatIsStampedIsOpened(int id) {
        Frame frame = wireFormat().open(framed(PAYLOAD, id));

        assertThat(frame.id()).isEqualTo(new SchemaId(id));
        assertThat(bytes(frame.payload())).isEqualTo(PAYLOAD);
    }

    @Test
    void aPayloadMayBeEmpty() {
        Frame frame = wireFormat().open(framed(new byte[0], 7));

        assertThat(frame.id()).isEqualTo(new SchemaId(7));
        assertThat(frame.payload().hasRemaining()).isFalse();
    }

    @Test
    void stampingTouchesNothingButTheHeadroom() {
        byte[] framed = framed(PAYLOAD, 7);

        assertThat(Arrays.copyOfRange(framed, wireFormat().headroom(), framed.length))
                .isEqualTo(PAYLOAD);
    }

    @Test
    void openingChangesNothing() {
        byte[] framed = framed(PAYLOAD, 7);
        byte[] before = framed.clone();

        bytes(wireFormat().open(framed).payload());

        assertThat(framed).isEqualTo(before);
    }

    @Test
    void whatIsShorterThanTheHeadroomIsMalformed() {
        byte[] framed = framed(PAYLOAD, 7);

        for (int length = 0; length < wireFormat().headroom(); length++) {
            byte[] cut = Arrays.copyOf(framed, length);
            assertThatThrownBy(() -> wireFormat().open(cut))
                    .as(length + " bytes")
                    .isInstanceOf(MalformedRecordException.class);
        }
    }

    private byte[] framed(byte[] payload, int id) {
        byte[] framed = new byte[wireFormat().headroom() + payload.length];
        System.arraycopy(payload, 0, framed, wireFormat().headroom(), payload.length);
        wireFormat().stamp(framed, new SchemaId(id));
        return framed;
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }
}
