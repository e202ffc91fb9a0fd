package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.GoldenRecords;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Avro's own records: the same values and bytes as with Avro's own reader and writer, and none of their trust. */
class GenericRecordTest {

    private static final CodecFactory CODECS = new CodecFactory(SchemaGenerator.standard());

    static Stream<Schema> recordSchemas() {
        return GoldenRecords.all().stream()
                .map(type -> SchemaGenerator.standard().generate(type, SchemaFormat.AVRO))
                .map(schema -> new Schema.Parser().parse(schema.inlined().text()))
                .filter(schema -> schema.getType() == Schema.Type.RECORD);
    }

    private static EventSchema schema(Schema schema) {
        return EventSchema.registered(SchemaFormat.AVRO, schema.toString());
    }

    private static EventSchema schema(String text) {
        return EventSchema.of(SchemaFormat.AVRO, text);
    }

    private static byte[] writtenByAvro(Object record, Schema schema) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("recordSchemas")
    void theValuesAreThoseThatAvrosReaderGives(Schema schema) throws IOException {
        CodecFactory deep = CODECS.withLimits(Limits.standard().withDepth(2000)); // random trees are
        Decoder<GenericRecord> decoder = deep.decoder(GenericRecord.class, schema(schema));
        Encoder<GenericRecord> encoder = deep.encoder(GenericRecord.class, schema(schema));
        long seed = Long.getLong("test.seed", new Random().nextLong());
        for (Object random : new RandomData(schema, 30, seed)) {
            byte[] bytes = writtenByAvro(random, schema);

            GenericRecord record = decoder.decode(bytes, 0, bytes.length);

            Object expected = new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            assertThat(record)
                    .as("run with -Dtest.seed=%d", seed)
                    .isEqualTo(expected)
                    .hasToString(expected.toString());
            assertThat(encoder.encode(record, 5))
                    .as("run with -Dtest.seed=%d", seed)
                    .hasSize(bytes.length + 5)
                    .endsWith(writtenByAvro(record, schema));
        }
    }

    @ParameterizedTest
    @MethodSource("recordSchemas")
    void noByteChangedOrLostGivesAnythingButAMalformedPayload(Schema schema) throws IOException {
        Decoder<GenericRecord> decoder =
                CODECS.withLimits(Limits.standard().withDepth(2000)).decoder(GenericRecord.class, schema(schema));
        long seed = Long.getLong("test.seed", new Random().nextLong());
        Random random = new Random(seed);
        byte[] bytes = writtenByAvro(new RandomData(schema, 1, seed).iterator().next(), schema);
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(truncated)))
                    .as("run with -Dtest.seed=%d", seed)
                    .isInstanceOf(MalformedPayloadException.class);
            byte[] changed = bytes.clone();
            changed[length] = (byte) random.nextInt();
            try {
                decoder.decode(ByteBuffer.wrap(changed));
            } catch (MalformedPayloadException e) {
                assertThat(e.offset()).as("run with -Dtest.seed=%d", seed).isBetween(0, bytes.length);
            }
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        EventSchema schema = schema("{\"type\":\"record\",\"name\":\"shop.Placed\",\"fields\":[{\"name\":\"lines\","
                + "\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Line\",\"fields\":["
                + "{\"name\":\"sku\",\"type\":\"string\"}]}}}]}");

        assertThatExceptionOfType(MalformedPayloadException.class)
                .isThrownBy(() -> CODECS.decoder(GenericRecord.class, schema)
                        .decode(ByteBuffer.wrap(new byte[] {4, 2, 'a', 2, (byte) 0xFF, 0})))
                .withMessage("Placed.lines[1].sku: a string of 1 bytes is not UTF-8 (at byte 5 of a payload of 6)")
                .satisfies(e -> assertThat(e.path()).isEqualTo(".lines[1].sku"))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(5));
    }

    @Test
    void recordsOfNothingButNullsDoNotFillTheMemory() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            fields.append(i == 0 ? "" : ",").append("{\"name\":\"n").append(i).append("\",\"type\":\"null\"}");
        }
        EventSchema schema = schema("{\"type\":\"record\",\"name\":\"Bomb\",\"fields\":[{\"name\":\"all\",\"type\":"
                + "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Nothing\",\"fields\":[" + fields
                + "]}}}]}");
        byte[] sixtyThousand = {(byte) 0xC0, (byte) 0xA9, 0x07, 0};

        assertThatThrownBy(() -> CODECS.decoder(GenericRecord.class, schema).decode(ByteBuffer.wrap(sixtyThousand)))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("values in all");
    }

    @Test
    void aRecordNestedTooDeepIsMalformedAndNotWritten() {
        Schema list = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"List\",\"fields\":["
                        + "{\"name\":\"next\",\"type\":[\"null\",\"List\"],\"default\":null}]}");
        byte[] deep = new byte[100_001];
        Arrays.fill(deep, 0, 100_000, (byte) 2);
        GenericRecord head = new GenericData.Record(list);
        for (int i = 0; i < 100; i++) {
            GenericRecord before = new GenericData.Record(list);
            before.put("next", head);
            head = before;
        }
        GenericRecord tooDeep = head;
        GenericRecord round = new GenericData.Record(list);
        round.put("next", round);

        assertThatThrownBy(
                        () -> CODECS.decoder(GenericRecord.class, schema(list)).decode(ByteBuffer.wrap(deep)))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("nested deeper than 64 levels");
        Encoder<GenericRecord> encoder = CODECS.encoder(GenericRecord.class, schema(list));
        assertThatThrownBy(() -> encoder.encode(tooDeep, 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining("nested deeper than 64 levels");
        assertThatThrownBy(() -> encoder.encode(round, 0)).isInstanceOf(MismatchedValueException.class);
    }

    private static final String PLACED = "{\"type\":\"record\",\"name\":\"shop.Placed\",\"fields\":["
            + "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"cents\",\"type\":\"int\"}]}";
    private static final String PLACED_LATER = "{\"type\":\"record\",\"name\":\"shop.Placed\",\"fields\":["
            + "{\"name\":\"cents\",\"type\":\"long\"},{\"name\":\"id\",\"type\":\"string\"},"
            + "{\"name\":\"channel\",\"type\":\"string\",\"default\":\"web\"}]}";

    @Test
    void aRecordOfAnotherSchemaIsResolvedAndNotMixedUp() {
        Schema own = new Schema.Parser().parse(PLACED);
        GenericRecord record =
                new GenericRecordBuilder(own).set("id", "o-1").set("cents", 7).build();

        byte[] bytes = CODECS.encoder(GenericRecord.class, schema(PLACED_LATER)).encode(record, 0);

        assertThat(CODECS.decoder(GenericRecord.class, schema(PLACED_LATER)).decode(ByteBuffer.wrap(bytes)))
                .hasToString("{\"cents\": 7, \"id\": \"o-1\", \"channel\": \"web\"}");
    }

    /** Avro's own decoder refuses such a list where it knows how few bytes remain. */
    @Test
    void aListWhoseElementsGrowByASchemaIsResolved() throws IOException {
        String lines =
                "{\"type\":\"record\",\"name\":\"shop.Cart\",\"fields\":[{\"name\":\"lines\",\"type\":{\"type\":\"array\","
                        + "\"items\":{\"type\":\"record\",\"name\":\"shop.Line\",\"fields\":[{\"name\":\"count\",\"type\":\"int\"}%s]}}}]}";
        Schema before = new Schema.Parser().parse(lines.formatted(""));
        String after = lines.formatted(",{\"name\":\"price\",\"type\":\"double\",\"default\":1.5}");
        GenericRecord line = new GenericRecordBuilder(
                        before.getField("lines").schema().getElementType())
                .set("count", 1)
                .build();
        GenericRecord cart = new GenericRecordBuilder(before)
                .set("lines", List.of(line, line, line))
                .build();

        byte[] bytes = CODECS.encoder(GenericRecord.class, schema(after)).encode(cart, 0);

        assertThat(CODECS.decoder(GenericRecord.class, schema(after)).decode(bytes, 0, bytes.length))
                .hasToString("{\"lines\": [" + "{\"count\": 1, \"price\": 1.5}, ".repeat(2)
                        + "{\"count\": 1, \"price\": 1.5}]}");
    }

    @Test
    void aValueOfTheWrongTypeIsAMismatch() {
        GenericRecord record = new GenericData.Record(new Schema.Parser().parse(PLACED));
        record.put("id", "o-1");
        record.put("cents", "seven");

        assertThatThrownBy(() ->
                        CODECS.encoder(GenericRecord.class, schema(PLACED)).encode(record, 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining("shop.Placed")
                .hasMessageContaining("cents");
    }

    @Test
    void aSpecificRecordComesBackThroughAnotherVersion() {
        SpecificShipment shipment = new SpecificShipment("s-1", Instant.ofEpochMilli(1_700_000_000_123L), 3);
        EventSchema older = schema("{\"type\":\"record\",\"name\":\"shop.Shipment\",\"fields\":["
                + "{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"},"
                + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                + "{\"name\":\"id\",\"type\":\"string\"}]}");
        EventSchema own = schema(SpecificShipment.SCHEMA$.toString());

        byte[] bytes = CODECS.encoder(SpecificShipment.class, own).encode(shipment, 0);
        byte[] olderBytes = {0, 20, 6, 's', '-', '2'};

        assertThat(CODECS.decoder(SpecificShipment.class, own).decode(ByteBuffer.wrap(bytes)))
                .isEqualTo(shipment);
        assertThat(CODECS.decoder(SpecificShipment.class, older).decode(ByteBuffer.wrap(olderBytes)))
                .isEqualTo(new SpecificShipment("s-2", Instant.ofEpochMilli(10), 1));
        assertThatThrownBy(() -> CODECS.decoder(SpecificShipment.class, schema(PLACED)))
                .isInstanceOf(UnreadableSchemaException.class);
    }

    @Test
    void jsonIsNotReadAsARecordOfAvros() {
        EventSchema json = EventSchema.of(SchemaFormat.JSON, "{\"title\":\"shop.Placed\",\"type\":\"object\"}");

        assertThatThrownBy(() -> CODECS.decoder(GenericRecord.class, json))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessage(
                        "org.apache.avro.generic.GenericRecord is a record of Avro's, and can't be read from data of a"
                                + " schema in JSON: shop.Placed");
    }
}
