package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.CompatibilityLevel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaForeignPartsTest {

    private static final String KEY = "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}";
    private static final String OLD_CONFIG = "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}";
    private static final Change NONE = new Change.ConfigStored(Optional.empty(), Config.of(CompatibilityLevel.NONE));

    private final KafkaForeignParts foreign = new KafkaForeignParts();

    private Change read(String key, @Nullable String value) throws Exception {
        KafkaDecoder.Decoded message = KafkaDecoder.decode(
                        key.getBytes(StandardCharsets.UTF_8),
                        value == null ? null : value.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        foreign.read(key, message);
        return message.change();
    }

    @Test
    void fieldsThatOnlyAnotherRegistryKnowsSurviveASoftDelete() throws Exception {
        Change read = read(
                KEY,
                "{\"subject\":\"s\",\"version\":1,\"id\":1,\"md5\":\"abc\",\"schema\":\"x\",\"schemaTags\":[{\"a\":1}],"
                        + "\"deleted\":false}");
        StoredSchema schema = ((Change.SchemaStored) read).schema();

        assertThat(foreign.messages(new Change.SchemaStored("s", 1, 1, schema, true)))
                .containsExactly(new KafkaMessage(
                        KEY,
                        "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"x\",\"deleted\":true,\"md5\":\"abc\","
                                + "\"schemaTags\":[{\"a\":1}]}"));
    }

    @Test
    void fieldsOfAnotherSchemaAreNotPassedOn() throws Exception {
        read(KEY, "{\"subject\":\"s\",\"version\":1,\"id\":1,\"md5\":\"abc\",\"schema\":\"x\",\"deleted\":false}");
        Change other = new Change.SchemaStored("s", 1, 2, new StoredSchema("AVRO", "y"), false);

        assertThat(foreign.messages(other)).containsExactly(KafkaEncoder.encode(other));
    }

    @Test
    void anotherSpellingOfAKeyIsTakenBackFirst() throws Exception {
        read(OLD_CONFIG, "{\"compatibilityLevel\":\"FULL\"}");

        assertThat(foreign.messages(NONE))
                .containsExactly(new KafkaMessage(OLD_CONFIG, null), KafkaEncoder.encode(NONE));

        read(OLD_CONFIG, null);
        assertThat(foreign.messages(NONE)).containsExactly(KafkaEncoder.encode(NONE));
    }

    @Test
    void ourOwnSpellingIsNotTakenBack() throws Exception {
        read(KafkaKeys.config(Optional.empty()), "{\"compatibilityLevel\":\"FULL\"}");

        assertThat(foreign.messages(NONE)).containsExactly(KafkaEncoder.encode(NONE));
    }
}
