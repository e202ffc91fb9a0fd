package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.schemabus.codec.CodecException;
import dev.schemabus.codec.SpecificShipment;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing in a schema, header or payload is ever used to load a class. */
class CanaryTest {

    private static final String CANARY = "dev.schemabus.serde.Canary";

    @Name("shop.Placed")
    @Aliases(CANARY)
    record Placed(String id, List<String> tags, Map<String, String> attributes, Optional<String> note) {}

    private final TinyRegistry registry = new TinyRegistry();

    /** Names the class wherever Avro, its reflection, or Confluent's JSON have looked for one. */
    private static final String NAMES = ("\"java-class\":\"C\",\"java-element-class\":\"C\",\"java-key-class\":\"C\","
                    + "\"javaType\":\"C\",\"javaClass\":\"C\",\"className\":\"C\",\"@class\":\"C\"")
            .replace("C", CANARY);

    static Stream<String> avro() {
        String fields = "\"fields\":[{\"name\":\"id\",\"type\":{\"type\":\"string\",N}},"
                + "{\"name\":\"tags\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"string\",N},N}},"
                + "{\"name\":\"attributes\",\"type\":{\"type\":\"map\",\"values\":\"string\",N}},"
                + "{\"name\":\"note\",\"type\":[\"null\",{\"type\":\"string\",N}],\"default\":null},"
                + "{\"name\":\"kind\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"SINGS\"],N},N},"
                + "{\"name\":\"raw\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":1,N}},"
                + "{\"name\":\"number\",\"type\":{\"type\":\"bytes\",N}},"
                + "{\"name\":\"choice\",\"type\":[\"null\",\"E\",\"F\"],\"default\":null}]";
        return Stream.of("shop.Placed", CANARY)
                .flatMap(name -> Stream.of(CANARY, "other.Kind")
                        .filter(kind -> !kind.equals(name))
                        .map(kind -> ("{\"type\":\"record\",\"name\":\"" + name + "\",N," + fields + "}")
                                .replace("\"E\"", "\"" + kind + "\"")
                                .replace("\"F\"", "\"" + (kind.equals(CANARY) ? "other.Raw" : kind + "Raw") + "\"")
                                .replace("N,", NAMES + ",")
                                .replace(",N}", "," + NAMES + "}")));
    }

    private static final byte[] AVRO = {6, 'o', '-', '1', 2, 2, 't', 0, 2, 2, 'k', 2, 'v', 0, 0, 0, 7, 2, 1, 2, 0};

    @BeforeEach
    @AfterEach
    void theCanaryIsSilent() {
        assertThat(System.getProperty("schemabus.canary")).isNull();
    }

    private byte[] framed(SchemaFormat format, String schema, byte[] payload) {
        SchemaId id = registry.register(new Subject("orders-value"), EventSchema.registered(format, schema))
                .id();
        return ByteBuffer.allocate(5 + payload.length)
                .put((byte) 0)
                .putInt(id.value())
                .put(payload)
                .array();
    }

    private static Headers headers() {
        Headers headers = new RecordHeaders();
        for (String name : List.of("__TypeId__", "__KeyTypeId__", "java-class", "class", "ce_type", "contentType")) {
            headers.add(name, CANARY.getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    @ParameterizedTest
    @MethodSource("avro")
    void noRecordLooksForIt(String schema) {
        byte[] bytes = framed(SchemaFormat.AVRO, schema, AVRO);
        EventReader<Placed> reader =
                EventReader.<Placed>builder(registry).type(Placed.class).build();

        assertThat(reader.read("orders", headers(), bytes))
                .isEqualTo(new Placed("o-1", List.of("t"), Map.of("k", "v"), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("avro")
    void noGenericRecordLooksForIt(String schema) {
        byte[] bytes = framed(SchemaFormat.AVRO, schema, AVRO);
        EventReader<GenericRecord> reader = EventReader.<GenericRecord>builder(registry)
                .type(GenericRecord.class)
                .build();
        EventWriter<GenericRecord> writer =
                EventWriter.<GenericRecord>builder(registry).build();

        GenericRecord record = reader.read("orders", headers(), bytes);

        assertThat(record.get("kind")).hasToString("SINGS");
        assertThat(writer.write("orders", record)).endsWith(AVRO);
    }

    @ParameterizedTest
    @MethodSource("avro")
    void noUnionLooksForIt(String schema) {
        byte[] payload =
                ByteBuffer.allocate(1 + AVRO.length).put((byte) 2).put(AVRO).array();
        byte[] bytes = framed(SchemaFormat.AVRO, "[\"null\"," + schema + "]", payload);
        EventReader<Placed> reader =
                EventReader.<Placed>builder(registry).type(Placed.class).build();

        assertThat(reader.read("orders", headers(), bytes).id()).isEqualTo("o-1");
    }

    /** Avro would let it through, too: its own list of trusted packages isn't what protects here. */
    @Test
    void noSpecificRecordLooksForIt() {
        System.setProperty("org.apache.avro.SERIALIZABLE_PACKAGES", "*");
        String fields = "{\"name\":\"id\",\"type\":{\"type\":\"string\",\"java-class\":\"" + CANARY + "\"}},"
                + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\",\"java-class\":\""
                + CANARY
                + "\"}},{\"name\":\"kind\",\"type\":{\"type\":\"enum\",\"name\":\"" + CANARY
                + "\",\"symbols\":[\"SINGS\"]}},{\"name\":\"choice\",\"type\":[\"null\",\"" + CANARY + "\"]}";
        byte[] bytes = framed(
                SchemaFormat.AVRO,
                "{\"type\":\"record\",\"name\":\"shop.Shipment\",\"java-class\":\"" + CANARY + "\",\"fields\":["
                        + fields + "]}",
                new byte[] {6, 's', '-', '1', 2, 0, 2, 0});
        EventReader<SpecificShipment> reader = EventReader.<SpecificShipment>builder(registry)
                .type(SpecificShipment.class)
                .build();

        try {
            assertThat(reader.read("orders", headers(), bytes).get(0)).isEqualTo("s-1");
        } finally {
            System.clearProperty("org.apache.avro.SERIALIZABLE_PACKAGES");
        }
    }

    @Test
    void noJsonLooksForIt() {
        String schema = "{\"title\":\"shop.Placed\",\"type\":\"object\"," + NAMES + "}";
        String payload = "{\"@type\":\"" + CANARY + "\",\"@class\":\"" + CANARY + "\",\"javaType\":\"" + CANARY
                + "\",\"id\":\"o-1\",\"tags\":[],\"attributes\":{}}";
        byte[] bytes = framed(SchemaFormat.JSON, schema, payload.getBytes(StandardCharsets.UTF_8));
        byte[] union =
                framed(SchemaFormat.JSON, "{\"oneOf\":[" + schema + "]}", payload.getBytes(StandardCharsets.UTF_8));
        EventReader<Placed> reader =
                EventReader.<Placed>builder(registry).type(Placed.class).build();

        assertThat(reader.read("orders", headers(), bytes).id()).isEqualTo("o-1");
        assertThat(catchThrowable(() -> reader.read("orders", headers(), union)))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void aNameThatIsBoundToNothingIsRefusedWithoutALook() {
        byte[] avro = framed(
                SchemaFormat.AVRO, "{\"type\":\"record\",\"name\":\"" + CANARY + "\",\"fields\":[]}", new byte[0]);
        byte[] json =
                framed(SchemaFormat.JSON, "{\"title\":\"" + CANARY + "\"}", "{}".getBytes(StandardCharsets.UTF_8));
        EventReader<Stranger> reader =
                EventReader.<Stranger>builder(registry).type(Stranger.class).build();

        assertThat(catchThrowable(() -> reader.read("orders", avro))).isInstanceOf(UnboundTypeException.class);
        assertThat(catchThrowable(() -> reader.read("orders", json))).isInstanceOf(UnboundTypeException.class);
    }

    record Stranger(String id) {}

    /** The control: a look would be heard. In a loader of its own, so that the others still hear nothing. */
    @Test
    void aLookWouldBeHeard() {
        ClassLoader loader = new CanaryLoader();
        assertThatCode(() -> Class.forName(CANARY, true, loader)).doesNotThrowAnyException();

        assertThat(System.clearProperty("schemabus.canary")).isEqualTo("sang");
    }

    private static final class CanaryLoader extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(CANARY)) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(CANARY.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
