package dev.schemabus.serde;

import dev.schemabus.codec.Decoder;
import dev.schemabus.codec.UnreadableSchemaException;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.schema.SchemaException;

/** What a reader has found out about one writer schema: how it is read, or why it isn't. */
sealed interface ReadPlan<T> {

    /** How its payloads are read; throws if they aren't. */
    Decoder<? extends T> decoder(String topic);

    /** It can be read. */
    record Possible<T>(Decoder<? extends T> decoder) implements ReadPlan<T> {
        @Override
        public Decoder<? extends T> decoder(String topic) {
            return decoder;
        }
    }

    /** It can't. That lasts as long as what the id means, so it is found out once. */
    record Refused<T>(SchemaIdentifier schema, RuntimeException first) implements ReadPlan<T> {
        @Override
        public Decoder<? extends T> decoder(String topic) {
            throw again("Schema " + Remedies.named(schema) + " on topic " + topic + ": ", first);
        }
    }

    /**
     * An exception for one more record. Each has its own, since whoever catches one may change it, with the first as its
     * cause.
     */
    static RuntimeException again(String where, RuntimeException first) {
        String message = where + first.getMessage();
        if (first instanceof UnboundTypeException) {
            return new UnboundTypeException(message, first);
        }
        if (first instanceof UnreadableSchemaException unreadable) {
            return new UnreadableSchemaException(message, unreadable.path(), unreadable);
        }
        return new SchemaException(message, first);
    }
}
