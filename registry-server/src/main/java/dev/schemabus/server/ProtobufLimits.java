package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;

/**
 * What a {@code .proto} text may ask of the registry. The library that reads it recurses with each level of nesting and
 * compares each definition with the others, so both are counted before it starts. How many files a schema may need is
 * the same in all languages ({@link SchemaLimits}).
 */
final class ProtobufLimits {

    /** Characters of one text; the largest published {@code .proto} files are a fifth of it. */
    static final int TEXT = 1_000_000;

    /** Brackets of any kind that are open at once. */
    static final int NESTING = 64;

    /** Messages, enums, services and extensions at the top of one text. */
    static final int DEFINITIONS = 2_000;

    private ProtobufLimits() {}

    static void checkText(String text) {
        if (text.length() > TEXT) {
            throw new SchemaRefusedException(
                    42209,
                    "The Protobuf schema has " + text.length() + " characters, more than the " + TEXT
                            + " allowed: move messages to schemas of their own and import them");
        }
    }

    static void checkNesting(int nesting, int line) {
        if (nesting > NESTING) {
            throw refused("line " + line + ": more than " + NESTING + " brackets are open at once: nest less");
        }
    }

    static void checkDefinitions(int definitions) {
        if (definitions > DEFINITIONS) {
            throw refused(definitions + " definitions at the top are more than the " + DEFINITIONS
                    + " allowed: move some to schemas of their own and import them");
        }
    }

    /** A schema that can't be read; the reason begins with where, if that is known. */
    static SchemaRefusedException refused(String reason) {
        return new SchemaRefusedException(42201, "Invalid schema: " + reason);
    }
}
