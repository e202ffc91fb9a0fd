package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON encoders and decoders. What a type reads is decided by the type alone: properties that it doesn't know are
 * skipped, those that it misses take their defaults. The writer schema is needed for validation, and to know where absence is
 * written as null.
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

    <T> JsonDecoder<T> decoder(Class<T> type, Shape shape, EventSchema writerSchema) {
        return new JsonDecoder<>(type, plan(shape, writerSchema, JsonDirection.READING), settings.limits());
    }

    private Planned plan(Shape shape, EventSchema writerSchema, JsonDirection direction) {
        if (!settings.validating()) {
            return unchecked(shape, writerSchema, direction, null);
        }
        JsonNode schema = tree(writerSchema);
        try {
            return plan(shape, schema, direction, JsonNulls.NONE, null);
        } catch (UncompilableException e) {
            JsonValidator validator = JsonValidator.of(schema, String.valueOf(e.getMessage()));
            return unchecked(shape, writerSchema, direction, validator);
        }
    }

    private Planned unchecked(
            Shape shape, EventSchema writerSchema, JsonDirection direction, @Nullable JsonValidator validator) {
        JsonNulls nulls = direction == JsonDirection.WRITING ? nulls(shape, writerSchema) : JsonNulls.NONE;
        return plan(shape, null, direction, nulls, validator);
    }

    private static JsonNulls nulls(Shape shape, EventSchema writerSchema) {
        try {
            return JsonNulls.of(shape, tree(writerSchema));
        } catch (SchemaException e) {
            return JsonNulls.NONE; // one of its references leads nowhere; nothing is checked, so it need not matter
        }
    }

    private Planned plan(
            Shape shape,
            @Nullable JsonNode schema,
            JsonDirection direction,
            JsonNulls nulls,
            @Nullable JsonValidator validator) {
        JsonForm root = new JsonPlan(direction, settings, false, nulls).form(shape, keywords(schema));
        JsonForm fast = settings.mode() == CodecMode.GENERATED
                ? new JsonPlan(direction, settings, true, nulls).form(shape, keywords(schema))
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
