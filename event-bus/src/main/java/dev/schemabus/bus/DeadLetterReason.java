package dev.schemabus.bus;

/** Why a record became a dead letter. */
public enum DeadLetterReason {
    /** It can't be decoded, and never will be. */
    POISON,
    /** Its handler threw, as often as the retry policy let it. */
    HANDLER,
    /** It is sound, of a type that its subscription doesn't know. */
    MISROUTED,
    /** Its bytes are not those that were published. */
    INTEGRITY,
    /** A pointer without key and value, because the record is too large for the dead letter topic. */
    OVERSIZE
}
