package dev.schemabus.registry;

/** Whether soft-deleted subjects and versions count in an answer. */
public enum DeletedVersions {
    /** They don't: what everybody but an operator wants. */
    EXCLUDED,
    /** They count like all others. */
    INCLUDED,
    /** Nothing else counts. Only for lists. */
    ONLY
}
