package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON encoders and decoders. What a type reads is decided by the type alone: properties that it doesn't know are
 * skipped, those that it misses take their defaults. The writer schema is needed for validation only.
 */
final class JsonCodecs {

    private static final JsonMapper TREES = new JsonMapper();

    private final CodecSettings settings;

    JsonCodecs(CodecSettings settings) {
        this.settings = settings;
    }

    /**
     * A plan.
     *
     * @param fast does the same, but can't say where it fails; null if there is none
     * @param validator for what the plan can't check of what the schema asserts
     */
    record Planned(
            JsonForm root,
            @Nullable JsonForm fast,
            @Nullable JsonValidator validator) {}

    <T> Encoder<T> encoder(Class<T> type, Shape shape, EventSchema writerSchema) {
        return new JsonEncoder<>(type, plan(shape, writerSchema, JsonDirection.WRITING), settings.limits());
    }

    <T> Decoder<T> decoder(Class<T> type, Shape shape, EventSchema writerSchema) {
        return new JsonDecoder<>(type, plan(shape, writerSchema, JsonDirection.READING), settings.limits());
    }

    private Planned plan(Shape shape, EventSchema writerSchema, JsonDirection direction) {
        if (!settings.validating()) {
            return plan(shape, null, direction, null);
        }
        JsonNode schema = tree(writerSchema);
        try {
            return plan(shape, schema, direction, null);
        } catch (UncompilableException e) {
            return plan(shape, null, direction, JsonValidator.of(schema, String.valueOf(e.getMessage())));
        }
    }

    private Planned plan(
            Shape shape, @Nullable JsonNode schema, JsonDirection direction, @Nullable JsonValidator validator) {
        JsonForm root = new JsonPlan(direction, settings, false).form(shape, keywords(schema));
        JsonForm fast = settings.mode() == CodecMode.GENERATED
                ? new JsonPlan(direction, settings, true).form(shape, keywords(schema))
                : null;
        return new Planned(root, fast, validator);
    }

    private static @Nullable JsonKeywords keywords(@Nullable JsonNode schema) {
        return schema == null ? null : JsonKeywords.of(schema);
    }

    private static JsonNode tree(EventSchema schema) {
        try {
            return TREES.readTree(schema.inlined().text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schema was read when it was made", e);
        }
    }
}
