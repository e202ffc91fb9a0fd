package dev.schemabus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SchemaId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireFormatsTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void aFrameIsAZeroTheIdAndThePayload() {
        byte[] framed = "_____tea".getBytes(StandardCharsets.US_ASCII);

        WireFormats.PREFIX_ID.stamp(framed, new SchemaId(0x01020304));

        assertThat(HEX.formatHex(framed)).isEqualTo("0001020304" + "746561");
        assertThat(WireFormats.PREFIX_ID.headroom()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"000000000174, 1, 74", "007fffffff00ff, 2147483647, 00ff", "0000000000, 0, ''"})
    void aFrameIsOpenedWithoutACopy(String hex, int id, String payload) {
        byte[] bytes = HEX.parseHex(hex);

        Frame frame = WireFormats.PREFIX_ID.open(bytes);

        assertThat(frame.id()).isEqualTo(new SchemaId(id));
        byte[] read = new byte[frame.payload().remaining()];
        frame.payload().duplicate().get(read);
        assertThat(HEX.formatHex(read)).isEqualTo(payload);
        assertThat(frame.payload().array()).isSameAs(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "'', it has 0 bytes and the prefix alone takes 5, none",
        "00, it has 1 bytes and the prefix alone takes 5, 00",
        "0000, it has 2 bytes and the prefix alone takes 5, 00 00",
        "000000, it has 3 bytes and the prefix alone takes 5, 00 00 00",
        "00000000, it has 4 bytes and the prefix alone takes 5, 00 00 00 00",
        "7b2261223a317d, it doesn't start with the magic byte 00, 7b 22 61 22 3a",
        "0100000001aa, it doesn't start with the magic byte 00, 01 00 00 00 01",
        "00ffffffffaa, its schema id -1 is negative, 00 ff ff ff ff"
    })
    void whatIsNoFrameIsRefusedAndShown(String hex, String why, String start) {
        assertThatThrownBy(() -> WireFormats.PREFIX_ID.open(HEX.parseHex(hex)))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("Not a record with a schema id prefix: " + why.replace("bytes and", "bytes, and")
                        + " (first bytes: " + start
                        + "). Was it written by a producer without a schema registry serializer?");
    }
}
