package dev.schemabus.bus;

import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.serde.UnboundTypeException;
import org.jspecify.annotations.Nullable;

/** Internal: the classes of failure. They are never mixed, because they call for opposite reactions. */
enum FailureClass {
    /** The record can't be decoded, and never will be: dead letter. */
    POISON,
    /** The record is sound, of a type that nobody expects in its topic: dead letter. */
    MISROUTED,
    /** The record's bytes are not those that were published: dead letter. */
    INTEGRITY,
    /** Something the record needs is away: wait, however long; no attempt is spent. */
    INFRA,
    /** The registry doesn't know the schema id: it may be new, so wait for a while. */
    UNKNOWN_SCHEMA,
    /** The handler threw: another attempt, then dead letter. */
    HANDLER,
    /** Either, of a record too large for the dead letter topic, where a pointer stands for it. */
    OVERSIZE;

    /** What a failure to decode means. Causes are looked through, for a registry error may come wrapped. */
    static FailureClass whileDecoding(Throwable error) {
        if (error instanceof IntegrityException) {
            return INTEGRITY;
        }
        RegistryException registry = registryError(error);
        if (registry instanceof SchemaNotFoundException) {
            return UNKNOWN_SCHEMA;
        }
        if (registry != null) {
            return INFRA;
        }
        return error instanceof UnboundTypeException ? MISROUTED : POISON;
    }

    private static @Nullable RegistryException registryError(Throwable error) {
        for (Throwable cause : ExceptionRules.chain(error)) {
            if (cause instanceof RegistryException found) {
                return found;
            }
        }
        return null;
    }
}
