package dev.schemabus.samples.catalogue;

import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.SemanticWarning;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints the schemas of the catalogue's events, and what a change of one of them would mean. No server is needed. */
public final class CatalogueTour {

    private CatalogueTour() {}

    /** Prints to standard output. */
    public static void main(String[] args) {
        run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(PrintStream out) {
        for (SchemaFormat format : SchemaFormat.values()) {
            EventSchema schema = SchemaGenerator.standard().generate(CatalogueEvent.class, format);
            out.println("The catalogue's events, " + format + ":");
            out.println(schema.text());
        }
        for (SchemaFormat format : SchemaFormat.values()) {
            change(format, out);
        }
    }

    private static void change(SchemaFormat format, PrintStream out) {
        EventSchema older = SchemaGenerator.standard().generate(CatalogueEvent.ArticleListed.class, format);
        EventSchema newer = SchemaGenerator.standard().generate(ChangedArticle.class, format);
        List<Incompatibility> obstacles = Compatibility.check(CompatibilityLevel.BACKWARD, newer, List.of(older));
        List<SemanticWarning> warnings = Compatibility.warnings(newer, older);
        out.println("A changed article, " + format + ":");
        obstacles.forEach(obstacle -> out.println("  refused: " + obstacle));
        warnings.forEach(warning -> out.println("  warning: " + warning));
    }
}
