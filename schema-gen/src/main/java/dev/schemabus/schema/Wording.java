package dev.schemabus.schema;

import dev.schemabus.schema.Incompatibility.Direction;

/**
 * What the rules of both formats say, so that they say it alike.
 *
 * <p>Only the new schema can still be edited. A remedy is therefore chosen by direction: where the new schema reads, it
 * must accept more; where it writes, it must write less.
 */
record Wording(Direction direction) {

    private static final String DEFAULT = "a default (@Default, or Optional in Java)";

    /** The reading schema, inside a sentence. */
    String reader() {
        return newReads() ? "the new schema" : "the old schema";
    }

    /** The writing schema, inside a sentence. */
    String writer() {
        return newReads() ? "the old schema" : "the new schema";
    }

    /** Whether the schema that can still be edited is the reading one. */
    boolean newReads() {
        return direction == Direction.BACKWARD;
    }

    String needs(String component) {
        return newReads()
                ? "The new schema needs '" + component + "', but data of the old schema doesn't have it."
                : "The old schema needs '" + component + "' and has no default for it, but the new schema no longer"
                        + " writes it.";
    }

    /** @param renamed whether the writer has a component the reader doesn't know, so that it may be the same one */
    String needsRemedy(boolean renamed) {
        if (newReads()) {
            return "Give it " + DEFAULT
                    + (renamed
                            ? ", or, if it only has a new name, name the old one with @Aliases (Avro: aliases)."
                            : ".");
        }
        return "Keep it, or first release a version that gives it " + DEFAULT + " and remove it in the one after that.";
    }

    String mayBeLeftOut(String component) {
        return newReads()
                ? "The new schema requires '" + component + "', but data of the old schema may leave it out."
                : "The old schema requires '" + component + "', but the new schema may leave it out.";
    }

    String mayBeLeftOutRemedy() {
        return newReads()
                ? "Give it " + DEFAULT + ", or don't require it."
                : "Keep it, and keep it required (in Java: not Optional).";
    }

    String typeChanged(String reads, String writes) {
        return newReads()
                ? "The new schema reads " + reads + ", but data of the old schema may hold " + writes + '.'
                : "The old schema reads " + reads + ", but the new schema may write " + writes + '.';
    }

    String typeChangedRemedy(String reads, String writes) {
        if (writes.equals("null")) {
            return newReads()
                    ? "Keep it nullable (Optional in Java)."
                    : "Keep it non-null (in Java: not Optional), or add a nullable component of another name.";
        }
        return "Keep the old type, " + (newReads() ? writes : reads)
                + ", or add a component of another name for the new type.";
    }

    String branchMissing(String branch) {
        return newReads()
                ? "Data of the old schema may hold " + branch + ", which the new schema doesn't know."
                : "The new schema may write " + branch + ", which the old schema doesn't know.";
    }

    String branchMissingRemedy(String branch) {
        return newReads()
                ? "Keep " + branch + " among the alternatives."
                : "Leave " + branch + " out, or publish it under a subject of its own.";
    }

    String symbolsMissing(String symbols) {
        return newReads()
                ? "Data of the old schema may hold " + symbols + ", which the new schema's enum lacks."
                : "The new schema may write " + symbols + ", which the old schema's enum lacks.";
    }

    /** @param what the limit with its value, such as {@code maxLength 5} */
    String narrower(String what, String writers) {
        return newReads()
                ? "The new schema asks for " + what + ", but the old schema allowed " + writers + '.'
                : "The old schema asks for " + what + ", but the new schema allows " + writers + '.';
    }

    String narrowerRemedy(String what, String writers) {
        return newReads() ? "Keep " + writers + ", or allow more." : "Keep " + what + ", or allow less.";
    }
}
