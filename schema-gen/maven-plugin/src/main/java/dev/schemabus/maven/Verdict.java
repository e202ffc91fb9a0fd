package dev.schemabus.maven;

import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import java.util.ArrayList;
import java.util.List;

/**
 * How a schema of the build stands to the earlier ones.
 *
 * @param file which schema
 * @param schema the schema itself
 * @param earlier what it was compared with
 * @param outcome the result
 * @param incompatibilities what breaks the level
 */
record Verdict(
        SchemaFile file,
        EventSchema schema,
        Baseline.Earlier earlier,
        Outcome outcome,
        List<Incompatibility> incompatibilities) {

    enum Outcome {
        UNCHANGED("unchanged"),
        /** A reader of the bytes sees no difference. */
        DOCUMENTATION("docs changed"),
        COMPATIBLE("compatible"),
        NEW("new"),
        BREAKING("breaking");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Verdict of(SchemaFile file, EventSchema schema, Baseline.Earlier earlier) {
        List<EventSchema> versions = earlier.versions();
        if (versions.isEmpty()) {
            return new Verdict(file, schema, earlier, Outcome.NEW, List.of());
        }
        EventSchema last = versions.get(versions.size() - 1);
        if (versions.contains(schema)) {
            return new Verdict(file, schema, earlier, Outcome.UNCHANGED, List.of());
        }
        List<Incompatibility> found = Compatibility.check(earlier.level(), schema, versions);
        if (!found.isEmpty()) {
            return new Verdict(file, schema, earlier, Outcome.BREAKING, found);
        }
        Outcome outcome = schema.fingerprint().equals(last.fingerprint()) ? Outcome.DOCUMENTATION : Outcome.COMPATIBLE;
        return new Verdict(file, schema, earlier, outcome, List.of());
    }

    /** The incompatibilities, one below the other: where, why, and what to do. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(file.label() + " breaks " + earlier.level() + " with " + earlier.place() + ":");
        for (Incompatibility incompatibility : incompatibilities) {
            String path = incompatibility.path().isEmpty() ? "(root)" : incompatibility.path();
            lines.add("  " + incompatibility.component().orElse(path) + ", "
                    + switch (incompatibility.direction()) {
                        case BACKWARD -> "read by the new schema";
                        case FORWARD -> "read by the old schema";
                    });
            lines.add("    reason  " + incompatibility.reason());
            lines.add("    remedy  " + incompatibility.remedy());
        }
        return lines;
    }
}
