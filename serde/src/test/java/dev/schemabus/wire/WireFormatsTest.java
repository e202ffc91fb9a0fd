package dev.schemabus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatsTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final SchemaGuid GUID = SchemaGuid.parse("01020304-0506-0708-090a-0b0c0d0e0f10");
    private static final String GUID_HEADER = "01" + "0102030405060708090a0b0c0d0e0f10";

    @Test
    void aPrefixIsAZeroAndTheId() {
        byte[] framed = "_____tea".getBytes(StandardCharsets.US_ASCII);

        WireFormats.PREFIX_ID.stamp(framed, new SchemaId(0x01020304));

        assertThat(HEX.formatHex(framed)).isEqualTo("0001020304" + "746561");
        assertThat(WireFormats.PREFIX_ID.headroom()).isEqualTo(5);
        assertThat(WireFormats.PREFIX_ID.header(new SchemaId(1))).isEmpty();
    }

    @Test
    void aGuidStandsInAHeaderAfterAOne() {
        byte[] framed = "tea".getBytes(StandardCharsets.US_ASCII);

        WireFormats.HEADER_GUID.stamp(framed, GUID);

        assertThat(HEX.formatHex(framed)).isEqualTo("746561");
        assertThat(WireFormats.HEADER_GUID.header(GUID).map(HEX::formatHex)).contains(GUID_HEADER);
        assertThat(WireFormats.headerName(true)).isEqualTo("__key_schema_id");
        assertThat(WireFormats.headerName(false)).isEqualTo("__value_schema_id");
    }

    @ParameterizedTest
    @CsvSource({"000000000174, 1, 74", "007fffffff00ff, 2147483647, 00ff", "0000000000, 0, ''"})
    void aPrefixIsOpenedWithoutACopy(String hex, int id, String payload) {
        byte[] bytes = HEX.parseHex(hex);
        for (WireFormat format : new WireFormat[] {WireFormats.PREFIX_ID, WireFormats.DUAL}) {
            Frame frame = format.open(null, bytes);

            assertThat(frame.schema()).isEqualTo(new SchemaId(id));
            assertThat(frame.bytes()).isSameAs(bytes);
            assertThat(frame.payload()).isEqualTo(ByteBuffer.wrap(HEX.parseHex(payload)));
        }
    }

    /** A payload may well begin like a prefix: JSON doesn't, but Avro does. */
    @ParameterizedTest
    @ValueSource(strings = {"", "74", "0000000001ff"})
    void aHeaderLeavesTheWholeRecordToThePayload(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        for (WireFormat format : new WireFormat[] {WireFormats.HEADER_GUID, WireFormats.DUAL}) {
            Frame frame = format.open(HEX.parseHex(GUID_HEADER), bytes);

            assertThat(frame.schema()).isEqualTo(GUID);
            assertThat(frame.id()).isEqualTo(Frame.NO_ID);
            assertThat(frame.payload()).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @Test
    void readingByPrefixPassesAHeaderOver() {
        Frame frame = WireFormats.PREFIX_ID.open(HEX.parseHex(GUID_HEADER), HEX.parseHex("0000000007aa"));

        assertThat(frame.schema()).isEqualTo(new SchemaId(7));
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
    void whatHasNoPrefixIsRefusedAndShown(String hex, String why, String start) {
        for (WireFormat format : new WireFormat[] {WireFormats.PREFIX_ID, WireFormats.DUAL}) {
            assertThatThrownBy(() -> format.open(null, HEX.parseHex(hex)))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessage("Not a record with a schema id prefix: " + why.replace("bytes and", "bytes, and")
                            + " (first bytes: " + start
                            + "). Was it written by a producer without a schema registry serializer?");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, none",
        "0000000007, 5, 00 00 00 00 07",
        "000102030405060708090a0b0c0d0e0f10, 17, 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10",
        "0102030405060708090a0b0c0d0e0f10, 16, 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10"
    })
    void aHeaderThatHoldsNoGuidIsRefusedThoughThePrefixIsThere(String header, int length, String start) {
        for (WireFormat format : new WireFormat[] {WireFormats.HEADER_GUID, WireFormats.DUAL}) {
            assertThatThrownBy(() -> format.open(HEX.parseHex(header), HEX.parseHex("0000000007aa")))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessage("Not a record with a schema GUID: the header that should hold it has " + length
                            + " bytes, and should have 17 that start with 01 (first bytes: " + start
                            + "). Did something else than a schema registry serializer set it?");
        }
    }

    @Test
    void aMissingHeaderIsNamed() {
        assertThatThrownBy(() -> WireFormats.HEADER_GUID.open(null, HEX.parseHex("0000000007aa")))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("Not a record with a schema GUID: it has no header __value_schema_id (a key:"
                        + " __key_schema_id). Was it written with the schema id in front of the payload?"
                        + " DualSchemaIdDeserializer, the default, reads both.");
    }

    @ParameterizedTest
    @CsvSource({
        "PrefixSchemaIdSerializer, PREFIX_ID",
        "io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer, PREFIX_ID",
        "io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer, HEADER_GUID",
        "io.confluent.kafka.serializers.schema.id.DualSchemaIdDeserializer, DUAL",
        "io.confluent.kafka.serializers.schema.id.PrefixSchemaIdDeserializer, PREFIX_ID",
        "HEADER_GUID, HEADER_GUID"
    })
    void aFormatHasSeveralSpellings(String text, String name) {
        assertThat(WireFormats.named(text)).isPresent().isEqualTo(WireFormats.named(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "prefix", "com.acme.PrefixSchemaIdSerializer"})
    void anotherTextNamesNone(String text) {
        assertThat(WireFormats.named(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "0102030405060708090a0b0c0d0e0f10", "01020304-0506-0708-090a-0b0c0d0e0f1g"})
    void aGuidIsWrittenInFull(String text) {
        assertThatThrownBy(() -> SchemaGuid.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is not a schema GUID: it has 32 hexadecimal digits");
    }
}
