package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.testkit.EmbeddedRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What others make of our bytes and we of theirs. The others know nothing of Schemabus: they ask the registry over HTTP
 * for the schema of the id in bytes 1 to 4.
 */
class InteropTest {

    private static final int PREFIX = 5;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<Integer, JsonNode> ANSWERS = new HashMap<>();

    /** Checks formats too: draft 7 leaves that to the validator. */
    private static final SchemaRegistry VALIDATORS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_7,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private static EmbeddedRegistry registry;
    private static EventSerializer<Object> avro;
    private static EventSerializer<Object> json;
    private static EventDeserializer<Object> deserializer;

    record OrderPlaced(String orderId, int quantity) {}

    @BeforeAll
    static void configure() {
        registry = EmbeddedRegistry.start();
        Map<String, String> settings = Map.of(
                "schema.registry.url",
                registry.url(),
                "value.subject.name.strategy",
                "TopicRecordNameStrategy",
                "schemabus.event.types",
                Everything.class.getName() + "," + OrderPlaced.class.getName());
        avro = new EventSerializer<>();
        avro.configure(settings, false);
        Map<String, String> asJson = new HashMap<>(settings);
        asJson.put("schemabus.format", "json");
        json = new EventSerializer<>();
        json.configure(asJson, false);
        deserializer = new EventDeserializer<>();
        deserializer.configure(settings, false);
    }

    @AfterAll
    static void close() {
        avro.close();
        json.close();
        deserializer.close();
        registry.close();
    }

    /** A fixed set, and one that differs from run to run; the seed is in the name of the test. */
    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 5), LongStream.of(new Random().nextLong()));
    }

    @Test
    void plainAvroReadsTheComponentsOfARecord() {
        byte[] bytes = avro.serialize("avro-orders", new OrderPlaced("ö-1", 3));

        GenericRecord record = plainAvro(bytes);
        assertThat(record.getSchema().getFullName()).isEqualTo(OrderPlaced.class.getCanonicalName());
        assertThat(record.get("orderId")).hasToString("ö-1");
        assertThat(record.get("quantity")).isEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plainAvroReadsOursAndWeReadPlainAvro(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Everything ours = Everything.random(random);
            byte[] bytes = avro.serialize("avro-everything", ours);

            byte[] theirs = plainAvro(bytes, plainAvro(bytes));
            assertThat(deserializer.deserialize("avro-everything", theirs))
                    .as("seed %d, value %d", seed, i)
                    .usingRecursiveComparison()
                    .isEqualTo(ours);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void jsonIsValidAgainstItsRegisteredSchema(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Everything ours = Everything.random(random);
            byte[] bytes = json.serialize("json-everything", ours);

            String payload = payload(bytes);
            assertThat(validator(bytes).validate(payload, InputFormat.JSON))
                    .as("seed %d, value %d: %s", seed, i, payload)
                    .isEmpty();
            assertThat(deserializer.deserialize("json-everything", bytes))
                    .as("seed %d, value %d", seed, i)
                    .usingRecursiveComparison()
                    .isEqualTo(ours);
        }
    }

    @Test
    void weReadJsonThatAnotherWrote() throws IOException {
        byte[] ours = json.serialize("json-orders", new OrderPlaced("o-1", 3));
        byte[] text = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(JSON.createObjectNode().put("quantity", 4).put("orderId", "ö-2"));
        ByteBuffer theirs = ByteBuffer.allocate(PREFIX + text.length)
                .put(Objects.requireNonNull(ours), 0, PREFIX)
                .put(text);

        assertThat(deserializer.deserialize("json-orders", theirs.array())).isEqualTo(new OrderPlaced("ö-2", 4));
    }

    /** The control: a validator that accepts everything would prove nothing. */
    @Test
    void theValidatorRefusesWhatIsNotInTheSchema() {
        byte[] bytes = json.serialize("json-orders", new OrderPlaced("o-1", 3));
        String payload = payload(bytes);

        assertThat(validator(bytes).validate(payload.replace("3", "\"3\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(validator(bytes).validate(payload.replace("quantity", "amount"), InputFormat.JSON))
                .isNotEmpty();
    }

    private static String payload(byte[] bytes) {
        return new String(bytes, PREFIX, bytes.length - PREFIX, StandardCharsets.UTF_8);
    }

    private static com.networknt.schema.Schema validator(byte[] bytes) {
        JsonNode answer = registered(bytes);
        assertThat(answer.path("schemaType").asText()).isEqualTo("JSON");
        return VALIDATORS.getSchema(answer.path("schema").asText());
    }

    private static Schema avroSchema(byte[] bytes) {
        JsonNode answer = registered(bytes);
        assertThat(answer.path("schemaType").asText("AVRO")).isEqualTo("AVRO");
        return new Schema.Parser().parse(answer.path("schema").asText());
    }

    private static GenericRecord plainAvro(byte[] bytes) {
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, PREFIX, bytes.length - PREFIX, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(avroSchema(bytes)).read(null, in);
            assertThat(in.isEnd()).as("all bytes belong to the value").isTrue();
            return record;
        } catch (IOException e) {
            throw new AssertionError("plain Avro can't read our bytes", e);
        }
    }

    /** The value as Avro's own writer writes it, under the same id. */
    private static byte[] plainAvro(byte[] like, GenericRecord value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(like, 0, PREFIX);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError("memory takes bytes", e);
        }
        return out.toByteArray();
    }

    private static JsonNode registered(byte[] bytes) {
        assertThat(Arrays.copyOf(bytes, 1)).containsExactly(0);
        return ANSWERS.computeIfAbsent(ByteBuffer.wrap(bytes).getInt(1), id -> {
            URI uri = URI.create(registry.url() + "/schemas/ids/" + id);
            try {
                return JSON.readTree(
                        HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                                .body());
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
    }
}
