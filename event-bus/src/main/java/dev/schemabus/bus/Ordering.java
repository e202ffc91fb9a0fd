package dev.schemabus.bus;

/** Which records of a subscription are handled one after the other. The others are handled side by side. */
public enum Ordering {
    /** Records with equal key bytes, in offset order; records without a key per partition. */
    BY_KEY,
    /** All records of a partition, in offset order. */
    BY_PARTITION,
    /** None: any record may be handled at any time. */
    NONE
}
