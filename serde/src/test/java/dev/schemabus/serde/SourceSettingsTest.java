package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schema is written under, and the settings that can't both be meant. */
class SourceSettingsTest {

    private static final String GUID = "01020304-0506-0708-090a-0b0c0d0e0f10";
    private static final String HEADER = "HeaderSchemaIdSerializer";

    record Placed(String id) {}

    private static SerdeConfig config(String... settings) {
        Map<String, String> properties = new HashMap<>(Map.of("schema.registry.url", "http://localhost:8081"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return new SerdeConfig(properties, false);
    }

    @Test
    void theFirstThatSaysSomethingWins() {
        assertThat(config().source()).isEqualTo(SchemaSource.REGISTER);
        assertThat(config("auto.register.schemas", "false").source()).isEqualTo(SchemaSource.LOOKUP);
        assertThat(config("use.latest.version", "true").source()).isEqualTo(SchemaSource.LATEST);
        assertThat(config("use.latest.with.metadata", "app.version=v1, stage=a=b")
                        .source())
                .isEqualTo(new SchemaSource.Latest(Map.of("app.version", "v1", "stage", "a=b")));
        assertThat(config("use.schema.guid", GUID, "value.schema.id.serializer", HEADER)
                        .source())
                .isEqualTo(new SchemaSource.Fixed(SchemaGuid.parse(GUID)));
        assertThat(config("use.schema.id", "0").source()).isEqualTo(new SchemaSource.Fixed(new SchemaId(0)));
    }

    /** Confluent's serializer would register, and ignore the first key. */
    @ParameterizedTest
    @CsvSource({"use.latest.version, true", "use.latest.with.metadata, a=b", "use.schema.id, 7"})
    void nothingIsRegisteredWhereAnotherSchemaIsNamed(String key, String value) {
        SchemaSource source = config(key, value).source();

        assertThat(source).isNotEqualTo(SchemaSource.REGISTER);
        assertThat(config(key, value, "auto.register.schemas", "true").source()).isEqualTo(source);
    }

    @Test
    void theStrictnessIsThatOfTheSource() {
        assertThat(config("use.schema.id", "7").strict()).isTrue();
        assertThat(config("use.schema.id", "7", "id.compatibility.strict", "false")
                        .strict())
                .isFalse();
        assertThat(config("use.schema.id", "7", "latest.compatibility.strict", "false")
                        .strict())
                .isTrue();
        assertThat(config("use.latest.version", "true", "latest.compatibility.strict", "false")
                        .strict())
                .isFalse();
        assertThat(config("use.latest.with.metadata", "a=b", "latest.compatibility.strict", "false")
                        .strict())
                .isFalse();
        assertThat(config("use.latest.version", "true", "id.compatibility.strict", "false")
                        .strict())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "use.schema.id, 7, use.schema.guid, 01020304-0506-0708-090a-0b0c0d0e0f10",
        "use.schema.id, 7, use.latest.with.metadata, a=b",
        "use.schema.id, 7, use.latest.version, true",
        "use.schema.guid, 01020304-0506-0708-090a-0b0c0d0e0f10, use.latest.with.metadata, a=b",
        "use.schema.guid, 01020304-0506-0708-090a-0b0c0d0e0f10, use.latest.version, true",
        "use.latest.with.metadata, a=b, use.latest.version, true"
    })
    void twoSchemasToWriteUnderAreRefused(String one, String its, String other, String value) {
        assertThatThrownBy(() -> config(one, its, other, value))
                .isInstanceOf(ConfigException.class)
                .hasMessage(one + " and " + other + " contradict each other: each says which"
                        + " schema to write under: keep one of them");
    }

    @Test
    void aSchemaMustBeNamedAsRecordsNameIt() {
        assertThatThrownBy(() -> config("use.schema.guid", GUID))
                .isInstanceOf(ConfigException.class)
                .hasMessage("use.schema.guid and value.schema.id.serializer contradict each"
                        + " other: the latter writes ids: set it to HeaderSchemaIdSerializer, or give use.schema.id"
                        + " instead");
        assertThatThrownBy(() -> config("use.schema.id", "7", "value.schema.id.serializer", HEADER))
                .isInstanceOf(ConfigException.class)
                .hasMessage("use.schema.id and value.schema.id.serializer contradict each other:"
                        + " the latter writes GUIDs: give use.schema.guid instead");
    }

    @Test
    void aTypeAndGenericRecordsAreRefused() {
        for (String key : new String[] {
            "schemabus.value.type", "specific.avro.value.type", "json.value.type", "schemabus.event.types"
        }) {
            assertThatThrownBy(() -> config("specific.avro.reader", "false", key, Placed.class.getName()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("specific.avro.reader and " + key + " contradict each other:"
                            + " false asks for GenericRecord, and the latter names a type: keep one of them");
        }
        assertThatThrownBy(() -> config("specific.avro.reader", "false", "schemabus.unbound", "fail"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("specific.avro.reader and schemabus.unbound contradict each other:"
                        + " false asks for GenericRecord, and FAIL refuses it: keep one of them");
    }

    @Test
    void genericRecordsMayBeNamedAsTheTypeTheyAre() {
        assertThat(config("specific.avro.reader", "false", "schemabus.value.type", GenericRecord.class.getName())
                        .types())
                .containsExactly(GenericRecord.class);
    }

    @Test
    void aSerdeOfOneTypeDoesNotCareHowOthersAreRead() {
        Map<String, String> settings =
                Map.of("schema.registry.url", "http://localhost:8081", "specific.avro.reader", "false");

        assertThatCode(() -> EventSerde.ofValues(Placed.class, settings).close())
                .doesNotThrowAnyException();
        assertThatCode(() -> EventSerde.ofValues(GenericRecord.class, settings).close())
                .doesNotThrowAnyException();
    }

    @Test
    void specificTypesOfWhichNoneIsNamedAreRefused() {
        assertThatThrownBy(() -> config("specific.avro.reader", "true", "schemabus.unbound", "GENERIC_RECORD"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("specific.avro.reader and schemabus.unbound contradict each other: true asks for types, of"
                        + " which none is named, and GENERIC_RECORD makes none: name them (schemabus.value.type), or"
                        + " remove the former");
        assertThat(config(
                                "specific.avro.reader", "true",
                                "schemabus.unbound", "GENERIC_RECORD",
                                "schemabus.value.type", Placed.class.getName())
                        .unbound())
                .isEqualTo(Unbound.GENERIC_RECORD);
    }

    @Test
    void twoValuesOfOnePropertyAreRefused() {
        assertThatThrownBy(() -> config("use.latest.with.metadata", "a=1,b=2,a=3"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("use.latest.with.metadata wants a to be 1 and 3: keep one of them");
    }

    @Test
    void twoWaysToAuthenticateAreRefused() {
        assertThatThrownBy(() -> config("basic.auth.user.info", "ann:s3cret", "request.header.authorization", "t0ken"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("basic.auth.user.info and request.header.authorization contradict"
                        + " each other: both say how to authenticate: keep one of them");
    }

    /** Settings for keys say nothing about values. */
    @Test
    void theOtherSideDoesNotContradict() {
        assertThat(config("use.schema.id", "7", "key.schema.id.serializer", HEADER)
                        .source())
                .isEqualTo(new SchemaSource.Fixed(new SchemaId(7)));
        assertThat(config("specific.avro.reader", "false", "schemabus.key.type", Placed.class.getName())
                        .types())
                .isEmpty();
    }
}
