package dev.schemabus.serde;

/** What a deserializer does with a record whose schema names none of the types it makes. */
public enum Unbound {
    /** Refuses it with an {@link UnboundTypeException}. The default. */
    FAIL,
    /** Makes an Avro {@code GenericRecord} of it, if it is Avro. */
    GENERIC_RECORD
}
