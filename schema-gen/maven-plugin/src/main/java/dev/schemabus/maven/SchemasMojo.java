package dev.schemabus.maven;

import dev.schemabus.schema.JsonDialect;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals that make schemas have in common: what these are like. */
@SuppressWarnings("NullAway.Init") // Maven sets the fields
abstract class SchemasMojo extends EventsMojo {

    /** The schema languages, <code>avro</code>, <code>json</code> or both, separated by commas. */
    @Parameter(property = "schemabus.formats", defaultValue = "avro")
    private List<String> formats;

    /**
     * The version of the JSON Schema language: <code>draft_3</code>, <code>draft_7</code>, <code>draft_2019_09</code> or
     * <code>draft_2020_12</code>; the one that the service's own generator has.
     */
    @Parameter(property = "schemabus.jsonDialect", defaultValue = "draft_7")
    private String jsonDialect;

    /** Whether JSON Schemas let objects have properties that no component names. */
    @Parameter(property = "schemabus.openContent", defaultValue = "false")
    private boolean openContent;

    final SchemaGenerator generator() throws MojoExecutionException {
        SchemaGenerator generator = SchemaGenerator.standard().withJsonDialect(dialect());
        return openContent ? generator.withOpenContent() : generator;
    }

    final JsonDialect dialect() throws MojoExecutionException {
        String wanted = jsonDialect.trim().toUpperCase(Locale.ROOT).replace('-', '_');
        for (JsonDialect dialect : JsonDialect.values()) {
            if (dialect.name().equals(wanted)) {
                return dialect;
            }
        }
        throw new MojoExecutionException(
                "jsonDialect (schemabus.jsonDialect) '" + jsonDialect + "' is none: use one of "
                        + Arrays.stream(JsonDialect.values())
                                .map(dialect -> dialect.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    final Set<SchemaFormat> formats() throws MojoExecutionException {
        Set<SchemaFormat> chosen = EnumSet.noneOf(SchemaFormat.class);
        try {
            formats.forEach(text -> chosen.add(SchemaFormat.parse(text)));
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException("formats (schemabus.formats): " + e.getMessage(), e);
        }
        return chosen;
    }
}
