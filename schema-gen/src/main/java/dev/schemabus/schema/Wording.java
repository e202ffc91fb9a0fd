package dev.schemabus.schema;

import dev.schemabus.schema.Incompatibility.Direction;
import org.jspecify.annotations.Nullable;

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
            return nullRemedy();
        }
        return "Keep the old type, " + (newReads() ? writes : reads)
                + ", or add a component of another name for the new type.";
    }

    private String nullRemedy() {
        return newReads()
                ? "Keep it nullable (Optional in Java)."
                : "Keep it non-null (in Java: not Optional), or add a nullable component of another name.";
    }

    String renamed(String readers, String writers) {
        return newReads()
                ? "The new schema calls " + readers + " what the old schema calls " + writers + '.'
                : "The old schema calls " + readers + " what the new schema calls " + writers + '.';
    }

    String branchMissing(String branch) {
        return newReads()
                ? "Data of the old schema may hold " + branch + ", which the new schema doesn't know."
                : "The new schema may write " + branch + ", which the old schema doesn't know.";
    }

    /** @param whole whether the alternatives are the whole event rather than the type of a component */
    String branchMissingRemedy(String branch, boolean whole) {
        if (branch.equals("null")) {
            return nullRemedy();
        }
        if (newReads()) {
            return "Keep " + branch + " among the alternatives.";
        }
        return "Leave " + branch + " out, or "
                + (whole ? "publish it under a subject of its own." : "add a component of another name for it.");
    }

    String symbolsMissing(String symbols) {
        return newReads()
                ? "Data of the old schema may hold " + symbols + ", which the new schema's enum lacks."
                : "The new schema may write " + symbols + ", which the old schema's enum lacks.";
    }

    /**
     * @param limit the reader's keyword with its value, such as {@code maxLength 5}
     * @param writers the writer's; null if it has none
     */
    String narrower(String limit, @Nullable String writers) {
        return newReads()
                ? "The new schema demands " + limit + ", but the old one had "
                        + (writers == null ? "none." : writers + '.')
                : "The old schema demands " + limit + ", but the new one has "
                        + (writers == null ? "none." : writers + '.');
    }

    String narrowerRemedy(String keyword, String limit, @Nullable String writers) {
        if (newReads()) {
            return writers == null ? "Leave " + keyword + " out." : "Keep " + writers + ", or allow more.";
        }
        return "Keep " + limit + ", or allow less.";
    }
}
