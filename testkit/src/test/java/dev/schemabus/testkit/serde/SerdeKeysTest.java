package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.Registration;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.wire.WireFormats;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the keys do to records, on a registry in this JVM and on one over HTTP. */
class SerdeKeysTest {

    @Name("shop.Placed")
    record Placed(String id) {}

    @Name("shop.Placed")
    @Doc("An order was placed.")
    record PlacedExplained(String id) {}

    @Name("shop.Placed")
    record PlacedLater(String id, @Default("web") String channel) {}

    @Name("shop.Placed")
    record PlacedOtherwise(long number) {}

    private static final String HEADER_GUID = "HeaderSchemaIdSerializer";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static EmbeddedRegistry server;

    @BeforeAll
    static void startRegistry() {
        server = EmbeddedRegistry.start();
    }

    @AfterAll
    static void stopRegistry() {
        server.close();
    }

    static Stream<String> registries() {
        return Stream.of("memory:keys-" + UUID.randomUUID(), server.url());
    }

    /** A topic of its own, since the registry over HTTP is shared. */
    private final String topic = "orders-" + UUID.randomUUID();

    private final Subject subject = new Subject(topic + "-value");

    private static Map<String, Object> settings(String url, Object... more) {
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", url));
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        return settings;
    }

    private byte[] write(Object event, Headers headers, String url, Object... more) {
        try (EventSerializer<Object> serializer = new EventSerializer<>()) {
            serializer.configure(settings(url, more), false);
            return serializer.serialize(topic, headers, event);
        }
    }

    private Object read(Class<?> type, Headers headers, byte[] bytes, String url, Object... more) {
        try (EventDeserializer<Object> deserializer = new EventDeserializer<>()) {
            Map<String, Object> settings = settings(url, more);
            settings.put("schemabus.value.type", type);
            deserializer.configure(settings, false);
            return deserializer.deserialize(topic, headers, bytes);
        }
    }

    private static EventSchema schema(Class<?> type) {
        return SchemaGenerator.standard().generate(type, SchemaFormat.AVRO);
    }

    private static SchemaId prefix(byte[] bytes) {
        return (SchemaId) WireFormats.PREFIX_ID.open(null, bytes).schema();
    }

    @ParameterizedTest
    @MethodSource("registries")
    void recordsOfBothWireFormatsAreReadByDefault(String url) {
        Headers none = new RecordHeaders();
        Headers guid = new RecordHeaders();
        byte[] withPrefix = write(new Placed("o-1"), none, url);
        byte[] withHeader = write(new Placed("o-1"), guid, url, "value.schema.id.serializer", HEADER_GUID);

        assertThat(none).isEmpty();
        assertThat(guid).extracting("key").containsExactly("__value_schema_id");
        assertThat(withPrefix).hasSize(withHeader.length + 5);
        assertThat(read(Placed.class, none, withPrefix, url)).isEqualTo(new Placed("o-1"));
        assertThat(read(Placed.class, guid, withHeader, url)).isEqualTo(new Placed("o-1"));

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> read(
                        Placed.class,
                        guid,
                        withHeader,
                        url,
                        "value.schema.id.deserializer",
                        "PrefixSchemaIdDeserializer"))
                .withMessageContaining("schema id prefix");
    }

    @ParameterizedTest
    @MethodSource("registries")
    void everythingIsWrittenUnderTheOneIdThatIsSet(String url) {
        Registration newer = register(url, new Subject("elsewhere-" + topic), PlacedLater.class);

        byte[] bytes = write(
                new PlacedLater("o-1", "app"),
                new RecordHeaders(),
                url,
                "use.schema.id",
                newer.id().value());

        assertThat(prefix(bytes)).isEqualTo(newer.id());
        try (RegistryConnection registry = RegistryConnection.open(url)) {
            assertThat(registry.subjects()).doesNotContain(subject);
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void everythingIsWrittenUnderTheOneGuidThatIsSet(String url) {
        Registration registered = register(url, new Subject("elsewhere-" + topic), Placed.class);
        Headers headers = new RecordHeaders();

        byte[] bytes = write(
                new Placed("o-1"),
                headers,
                url,
                "value.schema.id.serializer",
                HEADER_GUID,
                "use.schema.guid",
                registered.guid().orElseThrow().toString());

        assertThat(WireFormats.HEADER_GUID
                        .open(headers.lastHeader("__value_schema_id").value(), bytes)
                        .schema())
                .isEqualTo(registered.guid().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aTypeThatDoesNotFitTheIdIsRefusedIfThatIsWanted(String url) {
        Registration other = register(url, new Subject("elsewhere-" + topic), PlacedOtherwise.class);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> write(
                        new Placed("o-1"),
                        new RecordHeaders(),
                        url,
                        "use.schema.id",
                        other.id().value()))
                .withMessageContaining("id.compatibility.strict");
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "3600, false", "0, true"})
    void aNewerVersionIsWrittenUnderWhenTheOldOnesTimeIsOver(int ttl, boolean isSeen) {
        String url = server.url();
        SchemaId first = register(url, subject, Placed.class).id();
        try (EventSerializer<Object> serializer = new EventSerializer<>()) {
            serializer.configure(settings(url, "use.latest.version", true, "latest.cache.ttl.sec", ttl), false);
            assertThat(prefix(serializer.serialize(topic, new Placed("o-1")))).isEqualTo(first);

            SchemaId second = register(url, subject, PlacedLater.class).id();

            assertThat(prefix(serializer.serialize(topic, new Placed("o-1")))).isEqualTo(isSeen ? second : first);
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aRunningProducerFindsWhatWasMissingAsSoonAsItIsRegistered(String url) {
        register(url, subject, PlacedLater.class);
        try (EventSerializer<Object> serializer = new EventSerializer<>()) {
            serializer.configure(settings(url, "auto.register.schemas", false), false);
            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> serializer.serialize(topic, new Placed("o-1")))
                    .withMessageContaining("doesn't hold the schema");

            SchemaId explained = register(url, subject, PlacedExplained.class).id();

            assertThat(prefix(serializer.serialize(topic, new Placed("o-1")))).isEqualTo(explained);
        }
    }

    /** One request for the schema and one for the latest version, which might say the same. */
    @Test
    void aRememberedMissAsksNothing() {
        register(server.url(), subject, PlacedLater.class);
        try (CountingProxy proxy = new CountingProxy(server.url());
                EventSerializer<Object> serializer = new EventSerializer<>()) {
            proxy.letGo();
            serializer.configure(
                    settings(proxy.url(), "auto.register.schemas", false, "missing.schema.cache.ttl.sec", 60), false);
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(SerializationException.class)
                        .isThrownBy(() -> serializer.serialize(topic, new Placed("o-1")));
            }
            assertThat(proxy.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "0, 3"})
    void anUnknownIdIsAskedForOnceInItsTime(int ttl, int requests) {
        try (CountingProxy proxy = new CountingProxy(server.url());
                EventDeserializer<Object> deserializer = new EventDeserializer<>()) {
            proxy.letGo();
            deserializer.configure(
                    settings(proxy.url(), "missing.id.cache.ttl.sec", ttl, "schemabus.value.type", Placed.class),
                    false);
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(SerializationException.class)
                        .isThrownBy(() -> deserializer.deserialize(topic, new byte[] {0, 0x7f, 0, 0, 1, 0}))
                        .withMessageContaining("doesn't know");
            }
            assertThat(proxy.requests()).hasSize(requests);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auto.register.schemas, false, missing.schema.cache.ttl.sec",
        "use.latest.version, true, missing.version.cache.ttl.sec"
    })
    void aMissingSchemaIsAskedForOnceInItsTime(String key, boolean value, String ttlKey) {
        for (int ttl : new int[] {60, 0}) {
            try (CountingProxy proxy = new CountingProxy(server.url());
                    EventSerializer<Object> serializer = new EventSerializer<>()) {
                proxy.letGo();
                serializer.configure(settings(proxy.url(), key, value, ttlKey, ttl), false);
                for (int i = 0; i < 3; i++) {
                    assertThatExceptionOfType(SerializationException.class)
                            .isThrownBy(() -> serializer.serialize(topic, new Placed("o-1")))
                            .withMessageContaining(key);
                }
                assertThat(proxy.requests()).as("%s=%d", ttlKey, ttl).hasSize(ttl == 0 ? 3 : 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void theOrderOfMembersDoesNotCountInTheNormalForm(String url) {
        EventSchema one = json("{'title':'shop.Placed','type':'object','properties':{'b':{},'a':{}}}");
        EventSchema other = json("{'type':'object','properties':{'a':{},'b':{}},'title':'shop.Placed'}");
        try (RegistryConnection plain = RegistryConnection.open(url);
                RegistryConnection normalizing =
                        RegistryConnection.open(RegistryConfig.of(url).withNormalize(true))) {
            Registration first = normalizing.register(subject, one);

            assertThat(normalizing.register(subject, other)).isEqualTo(first);
            assertThat(normalizing.lookup(subject, other).id()).isEqualTo(first.id());
            assertThat(normalizing.incompatibilities(subject, other)).isEmpty();
            assertThatExceptionOfType(SchemaNotFoundException.class).isThrownBy(() -> plain.lookup(subject, other));
        }
    }

    private static EventSchema json(String text) {
        return EventSchema.of(SchemaFormat.JSON, text.replace('\'', '"'));
    }

    @Test
    void theNormalFormIsWhatASerializerRegistersIfItIsWanted() {
        write(
                new Placed("o-1"),
                new RecordHeaders(),
                server.url(),
                "normalize.schemas",
                true,
                "schemabus.format",
                "json");

        try (RegistryConnection registry = RegistryConnection.open(server.url())) {
            String text = registry.latest(subject).schema().text();
            assertThat(text.indexOf("\"properties\"")).isLessThan(text.indexOf("\"title\""));
        }
    }

    @Test
    void theDraftOfSchemasIsWhatTheKeySays() {
        write(
                new Placed("o-1"),
                new RecordHeaders(),
                server.url(),
                "schemabus.format",
                "json",
                "json.schema.spec.version",
                "draft_2020_12");

        try (RegistryConnection registry = RegistryConnection.open(server.url())) {
            assertThat(registry.latest(subject).schema().text()).contains("draft/2020-12/schema");
        }
    }

    @Test
    void whatItsSchemaForbidsIsNeitherWrittenNorReadIfThatIsWanted() {
        String url = server.url();
        EventSchema shortIds =
                json("{'$schema':'http://json-schema.org/draft-07/schema#','title':'shop.Placed','type':'object',"
                        + "'properties':{'id':{'type':'string','maxLength':3}},'required':['id']}");
        try (RegistryConnection registry = RegistryConnection.open(url)) {
            registry.register(subject, shortIds);
        }
        Object[] latest = {"schemabus.format", "json", "use.latest.version", true, "latest.compatibility.strict", false
        };
        Headers none = new RecordHeaders();
        byte[] bytes = write(new Placed("o-123"), none, url, latest);

        assertThat(read(Placed.class, none, bytes, url)).isEqualTo(new Placed("o-123"));
        Object[] validated = Arrays.copyOf(latest, latest.length + 2);
        validated[latest.length] = "json.fail.invalid.schema";
        validated[latest.length + 1] = true;
        assertThat(write(new Placed("o-1"), none, url, validated)).isNotEmpty();
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> write(new Placed("o-123"), none, url, validated))
                .withMessageContaining("id");
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> read(Placed.class, none, bytes, url, "json.fail.invalid.schema", true))
                .withMessageContaining("id");
    }

    @Test
    void propertiesThatATypeDoesNotHaveAreRefusedIfThatIsWanted() {
        Headers none = new RecordHeaders();
        byte[] bytes = write(new PlacedLater("o-1", "app"), none, server.url(), "schemabus.format", "json");

        assertThat(read(Placed.class, none, bytes, server.url())).isEqualTo(new Placed("o-1"));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> read(Placed.class, none, bytes, server.url(), "json.fail.unknown.properties", true))
                .withMessageContaining("channel");
    }

    @ParameterizedTest
    @CsvSource({"GENERATED", "INTERPRETED"})
    void theModeOfCodecsChangesNoByte(String mode) {
        Headers none = new RecordHeaders();
        Object[] settings = {"schemabus.codec", mode};
        byte[] bytes = write(new PlacedLater("o-1", "app"), none, server.url(), settings);

        assertThat(bytes).isEqualTo(write(new PlacedLater("o-1", "app"), none, server.url()));
        assertThat(read(Placed.class, none, bytes, server.url(), settings)).isEqualTo(new Placed("o-1"));
    }

    @ParameterizedTest
    @CsvSource({"schemabus.limits.string.bytes", "schemabus.limits.value.bytes"})
    void whatIsLongerThanALimitIsNeitherWrittenNorRead(String key) {
        Placed placed = new Placed("o".repeat(1000));
        Headers headers = new RecordHeaders();
        byte[] bytes = write(placed, headers, server.url());

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> write(placed, headers, server.url(), key, 999));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> read(Placed.class, headers, bytes, server.url(), key, 999));
        assertThat(read(Placed.class, headers, bytes, server.url(), key, 1002)).isEqualTo(placed);
    }

    private static Registration register(String url, Subject subject, Class<?> type) {
        try (RegistryConnection registry = RegistryConnection.open(url)) {
            return registry.register(subject, schema(type));
        }
    }
}
