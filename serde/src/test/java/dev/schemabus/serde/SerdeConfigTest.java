package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final String PLACED = Placed.class.getName();
    private static final String CANCELLED = Cancelled.class.getName();

    private static Map<String, @Nullable Object> properties(Object... more) {
        Map<String, @Nullable Object> properties = new HashMap<>();
        properties.put("schema.registry.url", "http://localhost:8081");
        for (int i = 0; i < more.length; i += 2) {
            properties.put((String) more[i], more[i + 1]);
        }
        return properties;
    }

    private static SerdeConfig config(Object... more) {
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
                        Map.entry("auto.register.schemas", "true"),
                        Map.entry("use.latest.version", "false"),
                        Map.entry("latest.compatibility.strict", "true"),
                        Map.entry("key.subject.name.strategy", "TopicNameStrategy"),
                        Map.entry("value.subject.name.strategy", "TopicNameStrategy"),
                        Map.entry("basic.auth.credentials.source", "USER_INFO"),
                        Map.entry("basic.auth.user.info", "[hidden]"),
                        Map.entry("http.connect.timeout.ms", "2000"),
                        Map.entry("http.read.timeout.ms", "5000"),
                        Map.entry("schemabus.registry.deadline.ms", "10000"),
                        Map.entry("schemabus.format", "avro"),
                        Map.entry("schemabus.key.type", "null"),
                        Map.entry("schemabus.value.type", "null"),
                        Map.entry("schemabus.event.types", "[]"))));
    }

    @Test
    void aUrlAloneIsEnough() {
        SerdeConfig config = config();

        assertThat(config.registry()).isEqualTo(RegistryConfig.of("http://localhost:8081"));
        assertThat(config.naming()).isSameAs(SubjectNaming.TOPIC);
        assertThat(config.format()).isEqualTo(SchemaFormat.AVRO);
        assertThat(config.source()).isEqualTo(SchemaSource.REGISTER);
        assertThat(config.strictLatest()).isTrue();
        assertThat(config.isKey()).isFalse();
        assertThat(config.types()).isEmpty();
    }

    @Test
    void everyKeyReachesItsSetting() {
        RegistryConfig registry = config(
                        "schema.registry.url", "http://one:8081, http://two:8081",
                        "basic.auth.user.info", "ann:secret",
                        "request.header.X-Tenant", "acme",
                        "http.connect.timeout.ms", "11",
                        "http.read.timeout.ms", 12,
                        "schemabus.registry.deadline.ms", "13")
                .registry();

        assertThat(registry)
                .isEqualTo(RegistryConfig.of("http://one:8081,http://two:8081")
                        .withBasicCredentials("ann:secret")
                        .withHeaders(Map.of("X-Tenant", "acme"))
                        .withTimeouts(Duration.ofMillis(11), Duration.ofMillis(12), Duration.ofMillis(13)));
        assertThat(config("schemabus.format", "JSON").format()).isEqualTo(SchemaFormat.JSON);
        assertThat(config("latest.compatibility.strict", "false").strictLatest())
                .isFalse();
        assertThat(config("auto.register.schemas", false).source()).isEqualTo(SchemaSource.LOOKUP);
        assertThat(config("use.latest.version", "true").source()).isEqualTo(SchemaSource.LATEST);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(config("basic.auth.user.info", "ann:s3cret", "request.header.Authorization", "t0ken")
                        .registry()
                        .toString())
                .doesNotContain("s3cret", "t0ken", "ann")
                .contains("Authorization");
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
        "basic.auth.credentials.source, SASL_INHERIT",
        "http.read.timeout.ms, 0",
        "http.read.timeout.ms, soon",
        "auto.register.schemas, maybe",
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
