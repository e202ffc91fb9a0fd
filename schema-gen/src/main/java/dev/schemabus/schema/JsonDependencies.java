package dev.schemabus.schema;

import dev.schemabus.schema.Incompatibility.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What JSON Schema demands of an object once a property is there: {@code dependencies}, or since draft 2019-09
 * {@code dependentRequired} and {@code dependentSchemas}.
 */
final class JsonDependencies {

    private static final List<String> KEYWORDS = List.of("dependencies", "dependentRequired", "dependentSchemas");

    private JsonDependencies() {}

    static void compare(JsonStep step) {
        for (String keyword : KEYWORDS) {
            for (Map.Entry<String, JsonPart> entry : step.reading().map(keyword).entrySet()) {
                if (entry.getValue().node().isArray()) {
                    required(step, keyword, entry.getKey(), entry.getValue());
                } else {
                    schema(step, keyword, entry.getKey(), entry.getValue());
                }
            }
        }
    }

    private static void required(JsonStep step, String keyword, String name, JsonPart reads) {
        Set<String> sure = new HashSet<>();
        for (JsonPart given : step.written()) {
            sure.addAll(JsonObjects.strings(given.keyword("required")));
            KEYWORDS.forEach(
                    other -> sure.addAll(JsonObjects.strings(given.map(other).get(name))));
        }
        if (!sure.containsAll(JsonObjects.strings(reads))) {
            report(step, keyword, name, reads);
        }
    }

    private static void schema(JsonStep step, String keyword, String name, JsonPart reads) {
        List<JsonPart> demanded = step.written().stream()
                .flatMap(given ->
                        KEYWORDS.stream().map(other -> given.map(other)).filter(all -> all.containsKey(name)))
                .map(all -> all.get(name))
                .filter(schema -> schema != null && !schema.node().isArray())
                .toList();
        if (demanded.isEmpty()) {
            if (!step.rules().compare(step.component(), reads, step.written()).isEmpty()) {
                report(step, keyword, name, reads);
            }
        } else {
            step.found().addAll(step.rules().compare(step.component(), reads, demanded));
        }
    }

    private static void report(JsonStep step, String keyword, String name, JsonPart reads) {
        boolean newReads = step.words().newReads();
        step.report(
                Kind.PROPERTY_REQUIRED,
                step.property(name),
                reads.path(),
                "Where '" + name + "' is there, " + step.words().reader() + " demands more (" + reads.node() + ") than "
                        + step.words().writer() + " does.",
                newReads
                        ? "Keep the " + keyword + " of '" + name + "' as they were, or demand less."
                        : "Keep the " + keyword + " of '" + name + "' as they were, or demand more.");
    }
}
