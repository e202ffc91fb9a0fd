package dev.schemabus.maven;

import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.ContentPolicy;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import dev.schemabus.schema.SemanticWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a schema of the build stands to the earlier ones.
 *
 * @param file which schema
 * @param schema the schema itself
 * @param earlier what it was compared with
 * @param outcome the result
 * @param incompatibilities what breaks the level
 * @param warnings what the level lets pass, although it changes what data means
 */
record Verdict(
        SchemaFile file,
        EventSchema schema,
        Baseline.Earlier earlier,
        Outcome outcome,
        List<Incompatibility> incompatibilities,
        List<SemanticWarning> warnings) {

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

    static Verdict of(SchemaFile file, EventSchema schema, Baseline.Earlier earlier, ContentPolicy policy) {
        List<EventSchema> versions = earlier.versions();
        if (versions.isEmpty()) {
            return new Verdict(file, schema, earlier, Outcome.NEW, List.of(), List.of());
        }
        if (versions.contains(schema)) {
            return new Verdict(file, schema, earlier, Outcome.UNCHANGED, List.of(), List.of());
        }
        EventSchema last = versions.get(versions.size() - 1);
        List<SemanticWarning> warnings = Compatibility.warnings(schema, last);
        List<Incompatibility> found = Compatibility.check(earlier.level(), schema, versions, policy);
        if (!found.isEmpty()) {
            return new Verdict(file, schema, earlier, Outcome.BREAKING, found, warnings);
        }
        Outcome outcome = schema.isEquivalentTo(last) ? Outcome.DOCUMENTATION : Outcome.COMPATIBLE;
        return new Verdict(file, schema, earlier, outcome, List.of(), warnings);
    }

    /** The incompatibilities, one below the other: where, why, and what to do. */
    List<String> breaks() {
        List<String> lines = new ArrayList<>();
        lines.add(file.label() + " breaks " + earlier.level() + " with " + earlier.place() + ":");
        for (Incompatibility incompatibility : incompatibilities) {
            String reader = switch (incompatibility.direction()) {
                case BACKWARD -> ", read by the new schema";
                case FORWARD -> ", read by the old schema";
            };
            lines.add("  " + where(incompatibility.component(), incompatibility.path()) + reader);
            lines.add("    reason  " + incompatibility.reason());
            lines.add("    remedy  " + incompatibility.remedy());
        }
        return lines;
    }

    /** The warnings in the same way; no line if there are none. */
    List<String> changesOfMeaning() {
        List<String> lines = new ArrayList<>();
        if (!warnings.isEmpty()) {
            lines.add(file.label() + " changes what data means, against " + earlier.place() + ":");
        }
        for (SemanticWarning warning : warnings) {
            lines.add("  " + where(warning.component(), warning.path()));
            lines.add("    reason  " + warning.reason());
            lines.add("    remedy  " + warning.remedy());
        }
        return lines;
    }

    private static String where(Optional<String> component, String path) {
        return component.orElse(path.isEmpty() ? "(the whole schema)" : path);
    }
}
