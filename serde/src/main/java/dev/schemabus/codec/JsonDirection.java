package dev.schemabus.codec;

/** What a plan is for: schemas treat both alike, names and absence don't. */
enum JsonDirection {
    WRITING,
    READING
}
