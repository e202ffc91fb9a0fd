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

    private final JsonSettings settings;

    JsonCodecs(JsonSettings settings) {
        this.settings = settings;
    }

    /** A plan, and a validator if the plan can't check all that the schema asserts. */
    private record Checked(JsonForm root, @Nullable JsonValidator validator) {}

    <T> Encoder<T> encoder(Class<T> type, Shape shape, EventSchema writerSchema) {
        Checked plan = plan(shape, writerSchema, JsonDirection.WRITING);
        return new JsonEncoder<>(type, plan.root(), plan.validator(), settings.limits());
    }

    <T> Decoder<T> decoder(Class<T> type, Shape shape, EventSchema writerSchema) {
        Checked plan = plan(shape, writerSchema, JsonDirection.READING);
        return new JsonDecoder<>(type, plan.root(), plan.validator(), settings.limits());
    }

    private Checked plan(Shape shape, EventSchema writerSchema, JsonDirection direction) {
        if (settings.validating()) {
            JsonNode schema = tree(writerSchema);
            try {
                return new Checked(new JsonPlan(direction, settings).form(shape, JsonKeywords.of(schema)), null);
            } catch (UncompilableException e) {
                JsonValidator validator = JsonValidator.of(schema, String.valueOf(e.getMessage()));
                return new Checked(new JsonPlan(direction, settings).form(shape, null), validator);
            }
        }
        return new Checked(new JsonPlan(direction, settings).form(shape, null), null);
    }

    private static JsonNode tree(EventSchema schema) {
        try {
            return TREES.readTree(schema.inlined().text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schema was read when it was made", e);
        }
    }
}
