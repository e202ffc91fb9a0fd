package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.codec.CodecMode;
import dev.schemabus.codec.Limits;
import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RetryConfig;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.JsonDialect;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.wire.Frame;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerdeConfigTest {

    record Placed(String id) {}

    record Cancelled(String id) {}

    /** A naming as a user may write one. */
    public static final class OneSubject implements SubjectNaming {
        @Override
        public Subject subject(String topic, boolean isKey, EventSchema schema) {
            return new Subject("everything");
        }
    }

    /** A wire format as a user may write one: no schema at all. */
    public static final class OwnFormat implements WireFormat {
        @Override
        public boolean namesByGuid() {
            return false;
        }

        @Override
        public int headroom() {
            return 0;
        }

        @Override
        public void stamp(byte[] framed, SchemaIdentifier schema) {}

        @Override
        public Optional<byte[]> header(SchemaIdentifier schema) {
            return Optional.empty();
        }

        @Override
        public Frame open(byte @Nullable [] header, byte[] bytes, int offset, int length) {
            return Frame.of(new SchemaId(1), bytes, offset, length);
        }
    }

    private static final String PLACED = Placed.class.getName();
    private static final String CANCELLED = Cancelled.class.getName();

    private static Map<String, @Nullable Object> properties(@Nullable Object... more) {
        Map<String, @Nullable Object> properties = new HashMap<>();
        properties.put("schema.registry.url", "http://localhost:8081");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(String.valueOf(more[i]), more[i + 1]);
        }
        return properties;
    }

    private static SerdeConfig config(@Nullable Object... more) {
        return new SerdeConfig(properties(more), false);
    }

    @Test
    void everyKeyHasItsDefault() {
        Map<String, String> defaults = new TreeMap<>();
        SerdeConfig.definition()
                .configKeys()
                .forEach((name, key) -> defaults.put(name, String.valueOf(key.defaultValue)));

        assertThat(defaults)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("schema.registry.url", "[]"),
                        Map.entry("basic.auth.credentials.source", "USER_INFO"),
                        Map.entry("basic.auth.user.info", "[hidden]"),
                        Map.entry("bearer.auth.credentials.source", "null"),
                        Map.entry("bearer.auth.token", "[hidden]"),
                        Map.entry("bearer.auth.issuer.endpoint.url", ""),
                        Map.entry("bearer.auth.client.id", ""),
                        Map.entry("bearer.auth.client.secret", "[hidden]"),
                        Map.entry("bearer.auth.scope", ""),
                        Map.entry("bearer.auth.cache.expiry.buffer.seconds", "300"),
                        Map.entry("bearer.auth.logical.cluster", ""),
                        Map.entry("bearer.auth.identity.pool.id", ""),
                        Map.entry("bearer.auth.custom.provider.class", ""),
                        Map.entry("schemabus.registry.credentials.over.http", "false"),
                        Map.entry("schema.registry.ssl.truststore.location", ""),
                        Map.entry("schema.registry.ssl.truststore.password", "[hidden]"),
                        Map.entry("schema.registry.ssl.truststore.type", "JKS"),
                        Map.entry("schema.registry.ssl.truststore.certificates", "[hidden]"),
                        Map.entry("schema.registry.ssl.keystore.location", ""),
                        Map.entry("schema.registry.ssl.keystore.password", "[hidden]"),
                        Map.entry("schema.registry.ssl.keystore.type", "JKS"),
                        Map.entry("schema.registry.ssl.keystore.certificate.chain", "[hidden]"),
                        Map.entry("schema.registry.ssl.keystore.key", "[hidden]"),
                        Map.entry("schema.registry.ssl.key.password", "[hidden]"),
                        Map.entry("schema.registry.ssl.protocol", "TLSv1.3"),
                        Map.entry("schema.registry.ssl.enabled.protocols", "[TLSv1.2, TLSv1.3]"),
                        Map.entry("schema.registry.ssl.cipher.suites", "[]"),
                        Map.entry("schema.registry.ssl.endpoint.identification.algorithm", "https"),
                        Map.entry("proxy.host", ""),
                        Map.entry("proxy.port", "-1"),
                        Map.entry("http.connect.timeout.ms", "2000"),
                        Map.entry("http.read.timeout.ms", "2000"),
                        Map.entry("schemabus.registry.deadline.ms", "10000"),
                        Map.entry("max.retries", "3"),
                        Map.entry("retries.wait.ms", "1000"),
                        Map.entry("retries.max.wait.ms", "20000"),
                        Map.entry("schemabus.registry.cache.entries", "100000"),
                        Map.entry("schemabus.registry.cache.bytes", "67108864"),
                        Map.entry("schemabus.registry.cache.file", "null"),
                        Map.entry("latest.cache.size", "1000"),
                        Map.entry("latest.cache.ttl.sec", "-1"),
                        Map.entry("missing.id.cache.ttl.sec", "5"),
                        Map.entry("missing.version.cache.ttl.sec", "0"),
                        Map.entry("missing.schema.cache.ttl.sec", "0"),
                        Map.entry("use.schema.id", "-1"),
                        Map.entry("use.schema.guid", "null"),
                        Map.entry("id.compatibility.strict", "true"),
                        Map.entry("use.latest.with.metadata", "[]"),
                        Map.entry("use.latest.version", "false"),
                        Map.entry("latest.compatibility.strict", "true"),
                        Map.entry("auto.register.schemas", "true"),
                        Map.entry("schemabus.register.references", "true"),
                        Map.entry("normalize.schemas", "false"),
                        Map.entry("key.subject.name.strategy", "TopicNameStrategy"),
                        Map.entry("value.subject.name.strategy", "TopicNameStrategy"),
                        Map.entry("context.name.strategy", "NullContextNameStrategy"),
                        Map.entry("schemabus.format", "avro"),
                        Map.entry("key.schema.id.serializer", "PrefixSchemaIdSerializer"),
                        Map.entry("value.schema.id.serializer", "PrefixSchemaIdSerializer"),
                        Map.entry("key.schema.id.deserializer", "DualSchemaIdDeserializer"),
                        Map.entry("value.schema.id.deserializer", "DualSchemaIdDeserializer"),
                        Map.entry("schemabus.integrity.header", "NONE"),
                        Map.entry("schemabus.integrity.check", "true"),
                        Map.entry("schemabus.key.type", "null"),
                        Map.entry("schemabus.value.type", "null"),
                        Map.entry("schemabus.event.types", "[]"),
                        Map.entry("schemabus.unbound", "FAIL"),
                        Map.entry("specific.avro.reader", "null"),
                        Map.entry("json.fail.invalid.schema", "false"),
                        Map.entry("json.fail.unknown.properties", "false"),
                        Map.entry("json.schema.spec.version", "draft_7"),
                        Map.entry("json.write.dates.iso8601", "true"),
                        Map.entry("schemabus.codec", "GENERATED"),
                        Map.entry("schemabus.limits.depth", "64"),
                        Map.entry("schemabus.limits.string.bytes", "8388608"),
                        Map.entry("schemabus.limits.value.bytes", "16777216"),
                        Map.entry("schemabus.limits.items", "1000000"),
                        Map.entry("schemabus.limits.nodes", "5000000"))));
    }

    @Test
    void aUrlAloneIsEnough() {
        SerdeConfig config = config();

        assertThat(config.registry()).isEqualTo(RegistryConfig.of("http://localhost:8081"));
        assertThat(config.caches()).isEqualTo(CacheConfig.standard());
        assertThat(config.naming()).isSameAs(SubjectNaming.TOPIC);
        assertThat(config.format()).isEqualTo(SchemaFormat.AVRO);
        assertThat(config.source()).isEqualTo(SchemaSource.REGISTER);
        assertThat(config.strict()).isTrue();
        assertThat(config.references()).isTrue();
        assertThat(config("schemabus.register.references", "false").references())
                .isFalse();
        assertThat(config.writeFormat()).isSameAs(WireFormats.PREFIX_ID);
        assertThat(config.readFormat()).isSameAs(WireFormats.DUAL);
        assertThat(config.integrityHeader()).isFalse();
        assertThat(config.integrityChecked()).isTrue();
        assertThat(config.isKey()).isFalse();
        assertThat(config.types()).isEmpty();
        assertThat(config.unbound()).isEqualTo(Unbound.FAIL);
        assertThat(config.jsonDialect()).isEqualTo(JsonDialect.DRAFT_7);
        assertThat(config.validatesJson()).isFalse();
        assertThat(config.refusesUnknownProperties()).isFalse();
        assertThat(config.codecMode()).isEqualTo(CodecMode.GENERATED);
        assertThat(config.limits()).isEqualTo(Limits.standard());
    }

    @Test
    void theRegistryIsReachedAsTheKeysSay() {
        RegistryConfig registry = config(
                        "schema.registry.url", "http://one:8081, http://two:8081",
                        "basic.auth.user.info", "ann:secret",
                        "request.header.X-Tenant", "acme",
                        "normalize.schemas", "true",
                        "http.connect.timeout.ms", "11",
                        "http.read.timeout.ms", 12,
                        "schemabus.registry.deadline.ms", "13",
                        "max.retries", "14",
                        "retries.wait.ms", 15,
                        "retries.max.wait.ms", "16")
                .registry();

        assertThat(registry)
                .isEqualTo(RegistryConfig.of("http://one:8081,http://two:8081")
                        .withBasicCredentials("ann:secret")
                        .withHeaders(Map.of("X-Tenant", "acme"))
                        .withNormalize(true)
                        .withTimeouts(Duration.ofMillis(11), Duration.ofMillis(12), Duration.ofMillis(13))
                        .withRetries(new RetryConfig(14, Duration.ofMillis(15), Duration.ofMillis(16))));
    }

    @Test
    void whatTheRegistrySaidIsBelievedAsLongAsTheKeysSay() {
        assertThat(config(
                                "latest.cache.size", "10",
                                "latest.cache.ttl.sec", "60",
                                "missing.id.cache.ttl.sec", 1L,
                                "missing.version.cache.ttl.sec", 2,
                                "missing.schema.cache.ttl.sec", "3",
                                "schemabus.registry.cache.entries", "4",
                                "schemabus.registry.cache.bytes", "5",
                                "schemabus.registry.cache.file", "schemas.cache")
                        .caches())
                .isEqualTo(CacheConfig.standard()
                        .withLatest(10, Duration.ofMinutes(1))
                        .withMissingTtls(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3))
                        .withBounds(4, 5)
                        .withFile(Path.of("schemas.cache")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aCacheFileThatIsNoneIsRefused(String path) {
        assertThatThrownBy(() -> config("schemabus.registry.cache.file", path))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schemabus.registry.cache.file")
                .hasMessageEndingWith("it is no path of a file: write for instance /var/cache/orders/schemas");
    }

    @Test
    void theKeysOfJsonReachTheirSettings() {
        assertThat(config("schemabus.format", "JSON").format()).isEqualTo(SchemaFormat.JSON);
        assertThat(config("json.fail.invalid.schema", "true").validatesJson()).isTrue();
        assertThat(config("json.fail.unknown.properties", true).refusesUnknownProperties())
                .isTrue();
        assertThat(config("json.schema.spec.version", "draft_2020_12").jsonDialect())
                .isEqualTo(JsonDialect.DRAFT_2020_12);
        assertThat(config("json.schema.spec.version", "DRAFT_3").jsonDialect()).isEqualTo(JsonDialect.DRAFT_3);
        assertThat(config("json.write.dates.iso8601", "true").jsonDialect()).isEqualTo(JsonDialect.DRAFT_7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft_4", "draft_6", "7"})
    void aDraftThatIsNotWrittenListsTheChoices(String draft) {
        assertThatThrownBy(() -> config("json.schema.spec.version", draft))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value " + draft + " for configuration json.schema.spec.version: use draft_3,"
                        + " draft_7, draft_2019_09, draft_2020_12");
    }

    @Test
    void theKeysOfCodecsReachTheirSettings() {
        assertThat(config("schemabus.codec", "interpreted").codecMode()).isEqualTo(CodecMode.INTERPRETED);
        assertThat(config("schemabus.integrity.header", "crc32c").integrityHeader())
                .isTrue();
        assertThat(config("schemabus.integrity.check", "false").integrityChecked())
                .isFalse();
        assertThat(config(
                                "schemabus.limits.depth", 1,
                                "schemabus.limits.string.bytes", 2,
                                "schemabus.limits.value.bytes", 3,
                                "schemabus.limits.items", 4,
                                "schemabus.limits.nodes", 5)
                        .limits())
                .isEqualTo(new Limits(1, 2, 3, 4, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, , FAIL",
        "generic_record, , GENERIC_RECORD",
        ", true, FAIL",
        ", false, GENERIC_RECORD",
        "GENERIC_RECORD, false, GENERIC_RECORD"
    })
    void whatIsBoundToNothingBecomesWhatTheKeysSay(
            @Nullable String unbound, @Nullable String specific, Unbound expected) {
        assertThat(config("schemabus.unbound", unbound, "specific.avro.reader", specific)
                        .unbound())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "value.schema.id.serializer, PrefixSchemaIdSerializer, PREFIX_ID",
        "value.schema.id.serializer, io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer, HEADER_GUID",
        "value.schema.id.serializer, HEADER_GUID, HEADER_GUID",
        "value.schema.id.deserializer, io.confluent.kafka.serializers.schema.id.DualSchemaIdDeserializer, DUAL",
        "value.schema.id.deserializer, PrefixSchemaIdDeserializer, PREFIX_ID",
        "value.schema.id.deserializer, HEADER_GUID, HEADER_GUID",
        "key.schema.id.serializer, HEADER_GUID, PREFIX_ID"
    })
    void aWireFormatHasSeveralSpellings(String key, String text, String expected) {
        SerdeConfig config = config(key, text);

        assertThat(key.endsWith(".serializer") ? config.writeFormat() : config.readFormat())
                .isSameAs(WireFormats.named(expected).orElseThrow());
    }

    @Test
    void aWireFormatOfOnesOwnMayBeNamed() {
        assertThat(config("value.schema.id.serializer", OwnFormat.class).writeFormat())
                .isInstanceOf(OwnFormat.class);
        assertThat(config("value.schema.id.deserializer", OwnFormat.class.getName())
                        .readFormat())
                .isInstanceOf(OwnFormat.class);
    }

    @ParameterizedTest
    @CsvSource({
        "value.schema.id.serializer, DualSchemaIdDeserializer, 'PrefixSchemaIdSerializer, HeaderSchemaIdSerializer'",
        "value.schema.id.deserializer, HeaderSchemaIdSerializer,"
                + " 'DualSchemaIdDeserializer, PrefixSchemaIdDeserializer, HEADER_GUID'"
    })
    void anotherWireFormatListsTheChoices(String key, String text, String choices) {
        assertThatThrownBy(() -> config(key, text))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value " + text + " for configuration " + key + ": use " + choices
                        + ", or the name of a class that implements dev.schemabus.wire.WireFormat and has a public"
                        + " constructor without parameters");
    }

    @Test
    void noContextIsTheOnlyChoice() {
        String none = "io.confluent.kafka.serializers.context.NullContextNameStrategy";
        assertThat(config("context.name.strategy", none).registry()).isEqualTo(config().registry());

        assertThatThrownBy(() -> config("context.name.strategy", "com.acme.Contexts"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value com.acme.Contexts for configuration context.name.strategy: contexts are"
                        + " chosen by URL: remove the key and end schema.registry.url in /contexts/<name of the"
                        + " context>");
    }

    @Test
    void typesMayBeClassesAndNames() {
        assertThat(config("schemabus.event.types", List.of(Placed.class, CANCELLED))
                        .types())
                .containsExactly(Placed.class, Cancelled.class);
        assertThat(config("schemabus.event.types", Placed.class).types()).containsExactly(Placed.class);
        assertThatThrownBy(() -> config("schemabus.event.types", List.of(7)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value 7 for configuration schemabus.event.types: give classes, or their names");
    }

    /** A naming that needs what isn't there. */
    public static final class Broken implements SubjectNaming {
        public Broken() {
            throw new IllegalStateException("no file naming.properties");
        }

        @Override
        public Subject subject(String topic, boolean isKey, EventSchema schema) {
            return new Subject("never");
        }
    }

    @Test
    void aClassThatCannotBeMadeSaysWhy() {
        String key = "value.subject.name.strategy";
        assertThatThrownBy(() -> config(key, Broken.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value " + Broken.class.getName() + " for configuration " + key
                        + ": its constructor failed: java.lang.IllegalStateException: no file naming.properties")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> config(key, Placed.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid value " + PLACED + " for configuration " + key + ": it is no public class that"
                        + " implements dev.schemabus.registry.SubjectNaming and has a public constructor without"
                        + " parameters")
                .hasCauseInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> config(key, "com.acme.Namings"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Invalid value com.acme.Namings for configuration " + key
                        + ": there is no such class on the class path: use TopicNameStrategy, ");
    }

    @Test
    void credentialsMustBeThereAndWhole() {
        assertThatThrownBy(() -> config("basic.auth.credentials.source", "USER_INFO"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("basic.auth.credentials.source=USER_INFO, and basic.auth.user.info is missing: set it to"
                        + " user:password, or remove the former");
        assertThatThrownBy(() -> config("basic.auth.user.info", "s3cret"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("basic.auth.user.info has no colon: write user:password (RFC 7617)");
        assertThatThrownBy(() -> config("basic.auth.credentials.source", "URL"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("move them from there to basic.auth.user.info=user:password");
    }

    @ParameterizedTest
    @CsvSource({
        "schemabus.integrity.headers, schemabus.integrity.header",
        "schemabus.limit.depth, schemabus.limits.depth",
        "schemabus.evnet.types, schemabus.event.types"
    })
    void aKeyOfOursThatIsMisspeltIsRefused(String misspelt, String meant) {
        assertThatThrownBy(() -> config(misspelt, "any"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("There is no setting " + misspelt + ": did you mean " + meant + "?");
    }

    @Test
    void keysOfOtherModulesArePassedOver() {
        assertThat(config("schemabus.bootstrap.topic.orders.types", PLACED, "schemabusy", "x", "group.id", "g")
                        .format())
                .isEqualTo(SchemaFormat.AVRO);
        assertThatThrownBy(() -> config("schemabus.something.else.altogether", "any"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("There is no setting schemabus.something.else.altogether: remove it."
                        + " docs/configuration.md lists those that there are");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(config("basic.auth.user.info", "ann:s3cret", "request.header.X-Token", "t0ken")
                        .registry()
                        .toString())
                .doesNotContain("s3cret", "t0ken", "ann")
                .contains("X-Token");
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, orders-value",
        "TOPIC, orders-value",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, orders-value",
        "RecordNameStrategy, shop.Order",
        "RECORD, shop.Order",
        "TopicRecordNameStrategy, orders-shop.Order",
        "TOPIC_RECORD, orders-shop.Order",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, orders-shop.Order",
        "dev.schemabus.serde.SerdeConfigTest$OneSubject, everything"
    })
    void aSubjectNamingHasSeveralSpellings(String text, String subject) {
        EventSchema schema = EventSchema.of(SchemaFormat.JSON, "{\"title\":\"shop.Order\"}");
        SubjectNaming naming = config("value.subject.name.strategy", text).naming();

        assertThat(naming.subject("orders", false, schema)).isEqualTo(new Subject(subject));
    }

    @Test
    void aSubjectNamingMayBeGivenAsAClass() {
        assertThat(config("value.subject.name.strategy", OneSubject.class).naming())
                .isInstanceOf(OneSubject.class);
    }

    @Test
    void keyAndValueAreNamedEachForItself() {
        Map<String, ?> properties = properties("key.subject.name.strategy", "RecordNameStrategy");

        assertThat(new SerdeConfig(properties, true).naming()).isSameAs(SubjectNaming.RECORD);
        assertThat(new SerdeConfig(properties, false).naming()).isSameAs(SubjectNaming.TOPIC);
    }

    @Test
    void typesAreNamedInSeveralWays() {
        assertThat(config("schemabus.value.type", PLACED).types()).containsExactly(Placed.class);
        assertThat(config("schemabus.value.type", Placed.class).types()).containsExactly(Placed.class);
        assertThat(config("specific.avro.value.type", PLACED).types()).containsExactly(Placed.class);
        assertThat(config("json.value.type", PLACED).types()).containsExactly(Placed.class);
        assertThat(config("schemabus.event.types", PLACED + ", " + CANCELLED).types())
                .containsExactly(Placed.class, Cancelled.class);
        assertThat(config("schemabus.event.types", List.of(Placed.class, Cancelled.class))
                        .types())
                .containsExactly(Placed.class, Cancelled.class);
        assertThat(config("schemabus.event.types", List.of(PLACED, CANCELLED)).types())
                .containsExactly(Placed.class, Cancelled.class);
        assertThat(new SerdeConfig(properties("json.key.type", PLACED, "json.value.type", CANCELLED), true).types())
                .containsExactly(Placed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemabus.event.types",
                "schemabus.value.type",
                "schemabus.format",
                "basic.auth.user.info",
                "http.read.timeout.ms",
                "use.latest.version",
                "value.subject.name.strategy",
                "request.header.X",
                "proxy.host"
            })
    void aNullIsAsGoodAsNoSetting(String key) {
        Map<String, @Nullable Object> properties = properties();
        properties.put(key, null);

        assertThat(new SerdeConfig(properties, false).registry()).isEqualTo(config().registry());
    }

    @Test
    void aMissingUrlIsNamed() {
        for (Map<String, String> properties : List.of(Map.<String, String>of(), Map.of("schema.registry.url", ""))) {
            assertThatThrownBy(() -> new SerdeConfig(properties, false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Missing schema.registry.url: set it to your schema registry, such as"
                            + " http://localhost:8081");
        }
    }

    @Test
    void twoKeysForTheSameThingAreRefused() {
        assertThatThrownBy(() -> config("schemabus.value.type", PLACED, "json.value.type", PLACED))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Both schemabus.value.type and json.value.type are set, and they mean the same: keep"
                        + " schemabus.value.type");
    }

    @ParameterizedTest
    @CsvSource({
        "value.subject.name.strategy, NameByMoonPhase",
        "value.subject.name.strategy, java.lang.String",
        "value.subject.name.strategy, com.acme.RecordNameStrategy",
        "schemabus.event.types, com.acme.Missing",
        "schemabus.value.type, com.acme.Missing",
        "schemabus.format, protobuf",
        "basic.auth.credentials.source, SASL",
        "bearer.auth.credentials.source, OAUTH",
        "bearer.auth.cache.expiry.buffer.seconds, -1",
        "schema.registry.ssl.protocol, TLSv1.1",
        "schema.registry.ssl.enabled.protocols, SSLv3",
        "schema.registry.ssl.endpoint.identification.algorithm, none",
        "proxy.port, -2",
        "http.read.timeout.ms, 0",
        "http.read.timeout.ms, soon",
        "auto.register.schemas, maybe",
        "use.schema.id, -2",
        "use.schema.guid, abc",
        "use.latest.with.metadata, v1",
        "latest.cache.size, -1",
        "latest.cache.ttl.sec, -2",
        "missing.id.cache.ttl.sec, -1",
        "missing.version.cache.ttl.sec, -1",
        "missing.schema.cache.ttl.sec, -1",
        "schemabus.unbound, IGNORE",
        "schemabus.codec, FAST",
        "schemabus.integrity.header, MD5",
        "schemabus.limits.depth, 0",
        "schemabus.limits.string.bytes, -1",
        "schemabus.limits.value.bytes, -1",
        "schemabus.limits.items, -1",
        "schemabus.limits.nodes, -1",
        "json.write.dates.iso8601, false",
        "schema.registry.url, localhost:8081 "
    })
    void aWrongValueIsNamedWithItsKey(String key, String value) {
        assertThatThrownBy(() -> KafkaErrors.opening(config(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value.strip());
    }

    @ParameterizedTest
    @CsvSource({"Authorization, line break", "Host, name", "X Tenant, name"})
    void aHeaderThatCannotBeSentIsRefusedAtOnceAndNotShown(String header, String reason) {
        assertThatThrownBy(() -> config("request.header." + header, "Bearer s3cret\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("request.header.*: The request header '" + header + "' can't be sent: its ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aNestedClassNeedsADollar() {
        assertThatThrownBy(() -> config("schemabus.event.types", PLACED.replace('$', '.')))
                .hasMessageEndingWith("there is no such class on the class path (the name of a nested class has a $:"
                        + " com.acme.Orders$OrderPlaced)");
    }

    @Test
    void anUnknownNamingListsTheChoices() {
        assertThatThrownBy(() -> config("value.subject.name.strategy", "NameByMoonPhase"))
                .hasMessageContaining("use TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy, or the name"
                        + " of a class that implements dev.schemabus.registry.SubjectNaming");
    }

    @Test
    void keysOfOthersArePassedOver() {
        assertThat(config("bootstrap.servers", "localhost:9092", "acks", "all").registry())
                .isEqualTo(config().registry());
    }
}
