package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mistakes of the first ten minutes, word for word: what is wrong, where, and what to do. */
@ExtendWith(SchemabusExtension.class)
class NewcomerErrorsTest {

    record OrderPlaced(String orderId, String customerId) {}

    record OrderPaid(String orderId, long cents) {}

    @SuppressWarnings("JavaUtilDate") // the mistake
    record Appointment(String id, Date at) {}

    record Priced(String sku, BigDecimal price) {}

    static final class Order {}

    private static final String HERE = "dev.schemabus.testkit.serde.NewcomerErrorsTest.";
    private static final String CLOSED_PORT = "http://127.0.0.1:1";

    private static EmbeddedRegistry registry;

    @BeforeAll
    static void startRegistry() {
        registry = EmbeddedRegistry.start();
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @Test
    void theRegistryIsNotRunning() {
        assertThat(failure(() -> write(Map.of("schema.registry.url", CLOSED_PORT), new OrderPlaced("o", "c"))))
                .isInstanceOf(RetriableException.class)
                .message()
                .matches(
                        "\\QCan't reach http://127.0.0.1:1 to register a schema for subject 'orders-value': connection"
                                + " refused. Is the registry running? Check schema.registry.url\\E \\(asked 4 times within \\d+ ms\\)");
    }

    @Test
    void theUrlIsAnotherServers() {
        HttpServer pages = server(200, "text/html", "<html><body>Welcome to the wiki!</body></html>");
        try {
            String url = "http://127.0.0.1:" + pages.getAddress().getPort();
            assertThat(failure(() -> write(Map.of("schema.registry.url", url), new OrderPlaced("o", "c"))))
                    .isInstanceOf(KafkaException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessage(url + " answers, but not as a schema registry (HTTP 200, text/html,"
                            + " <html><body>Welcome to the wiki!</body></html>): is the path missing? Apicurio's"
                            + " registry, for one, is at …/apis/ccompat/v7. Check schema.registry.url");
        } finally {
            pages.stop(0);
        }
    }

    @Test
    void theUrlHasAWrongPath() {
        String url = registry.url() + "/api";
        assertThat(failure(() -> write(Map.of("schema.registry.url", url), new OrderPlaced("o", "c"))))
                .isInstanceOf(KafkaException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessage(url + " has no schema registry at this path (HTTP 404,"
                        + " {\"error_code\":404,\"message\":\"This registry has nothing at /api/subjects/orders-v…): is the"
                        + " path wrong or missing? Apicurio's registry, for one, is at …/apis/ccompat/v7. Check"
                        + " schema.registry.url");
    }

    @Test
    void theUrlIsHttpsWhereTheRegistrySpeaksHttp() {
        String url = registry.url().replace("http:", "https:");
        assertThat(failure(() -> write(Map.of("schema.registry.url", url), new OrderPlaced("o", "c"))))
                .isInstanceOf(RetriableException.class)
                .hasMessageStartingWith("Can't reach " + url + " to register a schema for subject 'orders-value': it"
                        + " doesn't speak TLS there. Write http instead of https into schema.registry.url");
    }

    @Test
    void thereIsNoUrl() {
        assertThat(failure(() -> serializer(Map.of("schema.registry.url", ""), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Missing schema.registry.url: set it to your schema registry, such as"
                        + " http://localhost:8081 (in tests memory:any-name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "127.0.0.1:8081", "schema-registry", "registry.acme.com:8081/api"})
    void theUrlHasNoScheme(String url) {
        assertThat(failure(() -> serializer(Map.of("schema.registry.url", url), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("schema.registry.url: Registry URL '" + url + "' has no scheme: write http://" + url);
    }

    @Test
    void theHostHasAnUnderscore() {
        assertThat(failure(() -> serializer(Map.of("schema.registry.url", "http://schema_registry:8081"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("schema.registry.url: Registry URL 'http://schema_registry:8081' has an underscore in the"
                        + " name of the host, where URLs have none (RFC 1123, section 2.1): give the host a name with"
                        + " hyphens, or write its address");
    }

    @Test
    void theStrategyIsMisspelt() {
        assertThat(failure(() -> serializer(Map.of("value.subject.name.strategy", "TopicRecordStrategy"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value TopicRecordStrategy for configuration value.subject.name.strategy: use"
                        + " TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy, or the name of a class that"
                        + " implements dev.schemabus.registry.SubjectNaming and has a public constructor without"
                        + " parameters");
    }

    @Test
    void theValueIsNotARecord() {
        assertThat(failure(() -> write(Map.of(), new Order())))
                .isInstanceOf(SerializationException.class)
                .hasMessage(Order.class.getName() + " is not a record: an event is a record, or a sealed interface"
                        + " over records. Declare it as 'record Order(…)'");
    }

    @Test
    void theKeyIsPlainText() {
        try (EventSerializer<Object> serializer = serializer(Map.of(), true)) {
            assertThat(failure(() -> serializer.serialize("orders", "o-1")))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("The key for topic orders is a String, and EventSerializer writes records: set"
                            + " key.serializer=org.apache.kafka.common.serialization.StringSerializer");
        }
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // the mistake
    void aComponentHasNoKnownType() {
        assertThat(failure(() -> write(Map.of(), new Appointment("a", new Date(0)))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Appointment.at: java.util.Date has no known shape: use java.time.Instant");
    }

    @Test
    void aBigDecimalHasNoScale() {
        assertThat(failure(() -> write(Map.of(), new Priced("a", BigDecimal.ONE))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Priced.price: BigDecimal needs @Decimal(precision, scale) in front of it, such as"
                        + " @Decimal(precision = 12, scale = 2) BigDecimal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "json"})
    void aRequiredComponentIsNull(String format) {
        Map<String, String> settings = Map.of("schemabus.format", format);
        assertThat(failure(() -> write(settings, format + "-orders", new OrderPlaced("o", null))))
                .isInstanceOf(SerializationException.class)
                .hasMessage(
                        "OrderPlaced.customerId: is null, and required: set it, or declare it Optional or @Nullable");
    }

    @Test
    void aConsumerNamesNoTypes() {
        assertThat(failure(() -> deserializer(Map.of(), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("EventDeserializer doesn't know which records to make: set schemabus.value.type to a record"
                        + " class (or a sealed interface), or schemabus.event.types to several, or"
                        + " schemabus.unbound=GENERIC_RECORD for what Confluent's deserializer makes by default");
        assertThat(failure(() -> deserializer(Map.of(), true)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("EventDeserializer doesn't know which records to make: set schemabus.key.type to a record"
                        + " class, or schemabus.unbound=GENERIC_RECORD for what Confluent's deserializer makes by"
                        + " default");
    }

    @Test
    void aConsumerExpectsClassesToBeFound() {
        assertThat(failure(() -> deserializer(Map.of("specific.avro.reader", "true"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("EventDeserializer doesn't know which records to make, and finds no classes by the names in"
                        + " schemas, as specific.avro.reader=true of Confluent's deserializer does: set"
                        + " schemabus.value.type to a record class (or a sealed interface), or schemabus.event.types to"
                        + " several");
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemabus.value.type", "schemabus.event.types", "specific.avro.value.type"})
    void aTypeIsMisspelt(String key) {
        assertThat(failure(() -> deserializer(Map.of(key, "com.acme.OrderPlacd"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value com.acme.OrderPlacd for configuration " + key + ": there is no such class on"
                        + " the class path (the name of a nested class has a $: com.acme.Orders$OrderPlaced)");
    }

    @Test
    void aBoundTypeIsNotARecord() {
        assertThat(failure(() -> deserializer(Map.of("schemabus.value.type", Order.class.getName()), false)))
                .hasMessage("EventDeserializer can't make what schemabus.value.type and schemabus.event.types name: "
                        + Order.class.getName() + " is not a record: an event is a record, or a sealed interface over"
                        + " records. Declare it as 'record Order(…)'");
    }

    @Test
    void twoTypesGoToOneTopic() {
        write(Map.of(), new OrderPlaced("o", "c"));
        assertThat(failure(() -> write(Map.of(), new OrderPaid("o", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Subject 'orders-value' holds " + HERE + "OrderPlaced, and this is " + HERE
                        + "OrderPaid: to send several types to one topic, name the sealed interface that permits them"
                        + " (schemabus.value.type), or set value.subject.name.strategy=TopicRecordNameStrategy (SubjectNaming.TOPIC_RECORD). "
                        + registry.url() + " can't register a schema for subject 'orders-value': The schema is"
                        + " incompatible with version 1 of subject 'orders-value' at level BACKWARD: ");
    }

    @Test
    void theFormatOfATopicChanges() {
        write(Map.of(), "changing", new OrderPaid("o", 1));
        assertThat(failure(() -> write(Map.of("schemabus.format", "json"), "changing", new OrderPaid("o", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessage(registry.url() + " can't register a schema for subject 'changing-value': The schema is"
                        + " incompatible with version 1 of subject 'changing-value' at level BACKWARD: The new schema is"
                        + " JSON, the old one is AVRO. Keep AVRO, or publish the new format under a subject of its own."
                        + " (code 40901). Change the schema so that it is compatible, or the subject's level");
    }

    @Test
    void aTypeIsNotBound() {
        Map<String, String> perType = Map.of("value.subject.name.strategy", "TopicRecordNameStrategy");
        byte[] bytes = write(perType, new OrderPaid("o", 1));
        assertThat(failure(() -> read(bytes)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Schema id " + ByteBuffer.wrap(bytes).getInt(1) + " on topic orders: it describes " + HERE
                        + "OrderPaid, and only [" + HERE
                        + "OrderPlaced] are bound: add the type (schemabus.event.types, or EventReader.type), or have"
                        + " what is bound to nothing read as a GenericRecord (schemabus.unbound=GENERIC_RECORD, or"
                        + " EventReader.unbound)");
    }

    @Test
    void theBytesAreNotFramed() {
        assertThat(failure(() -> read("{\"orderId\":\"o\"}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Not a record with a schema id prefix: it doesn't start with the magic byte 00 (first"
                        + " bytes: 7b 22 6f 72 64). Was it written by a producer without a schema registry serializer?"
                        + " Then skip the record, or read topic orders with the deserializer that belongs to that"
                        + " producer's serializer");
        assertThat(failure(() -> read("abc".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Not a record with a schema id prefix: it has 3 bytes, and the prefix alone takes 5 (first"
                        + " bytes: 61 62 63). Was it written by a producer without a schema registry serializer? Then"
                        + " skip the record, or read topic orders with the deserializer that belongs to that producer's"
                        + " serializer");
    }

    @Test
    void theIdIsFromAnotherRegistry() {
        assertThat(failure(() -> read(HexFormat.of().parseHex("000000270f02"))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("A record of topic orders has schema id 9999, which the registry doesn't know: is"
                        + " schema.registry.url the registry of its producer, and did that registry keep its schemas"
                        + " (one in memory doesn't)? " + registry.url()
                        + " can't get the schema with id 9999: Schema 9999 not found (code 40403). Is this the"
                        + " registry, and the context, that it was registered in?");
    }

    @Test
    void theSchemaIsNotRegisteredAndMayNotBe() {
        assertThat(failure(() -> write(Map.of("auto.register.schemas", "false"), "payments", new OrderPaid("o", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Subject 'payments-value' doesn't hold the schema of " + HERE + "OrderPaid, and"
                        + " auto.register.schemas=false: register it before the first record (RegistryBootstrap in"
                        + " schemabus-admin), or set auto.register.schemas=true. " + registry.url()
                        + " can't find a schema in subject 'payments-value': Subject 'payments-value' not found (code"
                        + " 40401). Check the subject's name, or register its first version");
        assertThat(failure(() -> write(Map.of("use.latest.version", "true"), "payments", new OrderPaid("o", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Subject 'payments-value' has no version yet, and use.latest.version=true: register one"
                        + " before the first record (RegistryBootstrap in schemabus-admin), or set"
                        + " use.latest.version=false. " + registry.url()
                        + " can't get the latest version of subject 'payments-value': Subject 'payments-value' not found"
                        + " (code 40401). Check the subject's name, or register its first version");
    }

    @Test
    void kafkaHandsTheMessageOn(EmbeddedKafka kafka) {
        kafka.createTopic("newcomer-errors", 1);
        Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
        settings.put("key.serializer", EventSerializer.class.getName());
        settings.put("value.serializer", EventSerializer.class.getName());
        assertThat(failure(() -> new KafkaProducer<>(settings)))
                .rootCause()
                .hasMessageStartingWith("Missing schema.registry.url: ");

        settings.put("schema.registry.url", CLOSED_PORT);
        try (Producer<Object, Object> producer = new KafkaProducer<>(settings)) {
            assertThat(failure(() -> producer.send(
                                    new ProducerRecord<>("newcomer-errors", null, new OrderPlaced("o", "c")))
                            .get()))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(RetriableException.class)
                    .hasMessageStartingWith("Can't reach http://127.0.0.1:1 ");
        }
    }

    private static Throwable failure(ThrowingCallable mistake) {
        return Objects.requireNonNull(catchThrowable(mistake), "the mistake went unnoticed");
    }

    private static byte[] write(Map<String, String> settings, Object value) {
        return write(settings, "orders", value);
    }

    private static byte[] write(Map<String, String> settings, String topic, Object value) {
        try (EventSerializer<Object> serializer = serializer(settings, false)) {
            return Objects.requireNonNull(serializer.serialize(topic, value));
        }
    }

    private static @Nullable Object read(byte[] bytes) {
        Map<String, String> settings = Map.of("schemabus.value.type", OrderPlaced.class.getName());
        try (EventDeserializer<Object> deserializer = deserializer(settings, false)) {
            return deserializer.deserialize("orders", bytes);
        }
    }

    private static EventSerializer<Object> serializer(Map<String, String> settings, boolean isKey) {
        EventSerializer<Object> serializer = new EventSerializer<>();
        serializer.configure(onRegistry(settings), isKey);
        return serializer;
    }

    private static EventDeserializer<Object> deserializer(Map<String, String> settings, boolean isKey) {
        EventDeserializer<Object> deserializer = new EventDeserializer<>();
        deserializer.configure(onRegistry(settings), isKey);
        return deserializer;
    }

    private static Map<String, String> onRegistry(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("schema.registry.url", registry.url()));
        all.putAll(settings);
        return all;
    }

    private static HttpServer server(int status, String contentType, String body) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", contentType);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
