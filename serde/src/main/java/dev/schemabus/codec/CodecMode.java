package dev.schemabus.codec;

/** How codecs run. What they read, write and refuse is the same. */
public enum CodecMode {
    /**
     * By a class generated for the type and the writer schema (a hidden class, JEP 371), which costs about a millisecond once and
     * then runs as fast as code written by hand. Where no class can be generated (a native image, a record whose class loader
     * doesn't see this library), codecs are interpreted; a line in the log at level debug says so.
     */
    GENERATED,
    /** By walking a plan: no class is made, and each record costs several times as much. */
    INTERPRETED
}
