package dev.schemabus.admin;

import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a bootstrap found and did.
 *
 * @param globalLevel the global level now
 * @param globalLevelChanged whether the bootstrap set it
 * @param rows one per wanted schema, by subject
 */
public record BootstrapReport(CompatibilityLevel globalLevel, boolean globalLevelChanged, List<Row> rows) {

    public BootstrapReport {
        rows = List.copyOf(rows);
    }

    /** What became of a wanted schema. */
    public enum Outcome {
        /** It was registered now. */
        CREATED,
        /** It was registered already; its subject's level was set now. */
        LEVEL_SET,
        /** Everything was as wanted already. */
        UNCHANGED
    }

    /**
     * One wanted schema.
     *
     * @param level the level that counts for the subject now
     */
    public record Row(Subject subject, int version, SchemaId id, CompatibilityLevel level, Outcome outcome) {}

    /** Whether the bootstrap changed anything at all. */
    public boolean changedAnything() {
        return globalLevelChanged || rows.stream().anyMatch(row -> row.outcome() != Outcome.UNCHANGED);
    }

    /** The rows as an aligned table with a header, and a last line for the global level. */
    public String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("subject", "version", "id", "level", "outcome"));
        for (Row row : rows) {
            lines.add(List.of(
                    row.subject().toString(),
                    Integer.toString(row.version()),
                    row.id().toString(),
                    row.level().name(),
                    row.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        int[] widths = new int[5];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            String padded = String.join(
                    "  ",
                    Stream.iterate(0, i -> i < widths.length, i -> i + 1)
                            .map(i -> line.get(i)
                                    + " ".repeat(widths[i] - line.get(i).length()))
                            .toList());
            table.append(padded.stripTrailing()).append(System.lineSeparator());
        }
        return table.append("global level: ")
                .append(globalLevel)
                .append(globalLevelChanged ? " (set)" : " (unchanged)")
                .toString();
    }
}
