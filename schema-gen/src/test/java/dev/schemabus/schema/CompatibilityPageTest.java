package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.schemabus.schema.SemanticWarning.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The parts of docs/compatibility.md between {@code generated} comments are what the code says. Run with
 * {@code -Dgolden.update=true} to write them anew.
 */
class CompatibilityPageTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");

    private final Map<String, Supplier<String>> parts = Map.of(
            "levels", CompatibilityPageTest::levels,
            "changes", CompatibilityPageTest::changes,
            "policies", CompatibilityPageTest::policies,
            "message", CompatibilityPageTest::message,
            "warnings", CompatibilityPageTest::warnings);

    @ParameterizedTest
    @ValueSource(strings = {"levels", "changes", "policies", "message", "warnings"})
    void thePageSaysWhatTheCodeSays(String part) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- generated: " + part + " -->\n";
        String end = "<!-- end -->";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end, from);
        assertThat(from).as("the page has a part " + part).isGreaterThanOrEqualTo(begin.length());
        String actual = Objects.requireNonNull(parts.get(part)).get();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, from) + actual + page.substring(to));
            fail("%s is written: look at the difference, then run again without -Dgolden.update", PAGE);
        }
        assertThat(page.substring(from, to))
                .as("%s differs: if that is meant, run with -Dgolden.update=true", PAGE)
                .isEqualTo(actual);
    }

    /** The page's Java stands here, too, and so compiles. */
    @Test
    void theSnippetIsThisOne() throws IOException {
        Changes change = Changes.ALL.get(3);
        EventSchema newer = change.after(SchemaFormat.AVRO);
        EventSchema older = change.before(SchemaFormat.AVRO);
        // snippet
        List<Incompatibility> obstacles = Compatibility.check(CompatibilityLevel.BACKWARD, newer, List.of(older));
        List<SemanticWarning> warnings = Compatibility.warnings(newer, older);
        // end
        assertThat(obstacles).isEmpty();
        assertThat(warnings).isEmpty();
        String source = Files.readString(
                Path.of("src", "test", "java", "dev", "schemabus", "schema", "CompatibilityPageTest.java"));
        String snippet = source.substring(source.indexOf("// snippet\n") + 11, source.indexOf("// end\n"))
                .stripIndent()
                .strip();
        assertThat(Files.readString(PAGE)).contains("```java\n" + snippet + "\n```");
    }

    private static String levels() {
        return table(
                List.of("level", "who reads what", "compared with", "upgrade first"),
                Arrays.stream(CompatibilityLevel.values())
                        .map(level -> List.of(
                                "`" + level + "`",
                                level == CompatibilityLevel.NONE
                                        ? "nothing is checked"
                                        : directions(level.backward(), level.forward()),
                                level == CompatibilityLevel.NONE
                                        ? "–"
                                        : level.transitive() ? "every earlier version" : "the last version",
                                level.backward() && level.forward()
                                        ? "anybody"
                                        : level.backward()
                                                ? "consumers"
                                                : level.forward() ? "producers" : "all at once"))
                        .toList());
    }

    private static String directions(boolean backward, boolean forward) {
        return backward && forward ? "both" : backward ? "new reads old" : forward ? "old reads new" : "neither";
    }

    private static String changes() {
        return table(
                List.of("change", "Avro", "JSON Schema"),
                Changes.ALL.stream()
                        .map(change -> List.of(
                                change.name(),
                                level(change.before(SchemaFormat.AVRO), change.after(SchemaFormat.AVRO)),
                                level(change.before(SchemaFormat.JSON), change.after(SchemaFormat.JSON))))
                        .toList());
    }

    private static String level(EventSchema before, EventSchema after) {
        return level(before, after, ContentPolicy.STRICT);
    }

    private static String level(EventSchema before, EventSchema after, ContentPolicy policy) {
        boolean backward = Compatibility.check(CompatibilityLevel.BACKWARD, after, List.of(before), policy)
                .isEmpty();
        boolean forward = Compatibility.check(CompatibilityLevel.FORWARD, after, List.of(before), policy)
                .isEmpty();
        return backward && forward ? "`FULL`" : backward ? "`BACKWARD`" : forward ? "`FORWARD`" : "none";
    }

    private static String policies() {
        List<List<String>> rows = new ArrayList<>();
        for (Changes change : Changes.ALL.subList(0, 6)) {
            List<String> row = new ArrayList<>(List.of(change.name()));
            for (ContentPolicy policy : ContentPolicy.values()) {
                row.add(level(change.before(SchemaFormat.JSON), change.after(SchemaFormat.JSON), policy));
                row.add(level(open(change.before(SchemaFormat.JSON)), open(change.after(SchemaFormat.JSON)), policy));
            }
            rows.add(row);
        }
        EventSchema closed = Changes.ALL.get(0).before(SchemaFormat.JSON);
        rows.add(List.of(
                "open a closed content model",
                level(closed, open(closed), ContentPolicy.STRICT),
                "–",
                level(closed, open(closed), ContentPolicy.LENIENT),
                "–"));
        return table(
                List.of("change", "`STRICT`, closed", "`STRICT`, open", "`LENIENT`, closed", "`LENIENT`, open"), rows);
    }

    private static EventSchema open(EventSchema closed) {
        return EventSchema.of(
                SchemaFormat.JSON,
                closed.text().replace("\"additionalProperties\":false", "\"additionalProperties\":true"));
    }

    private static String message() {
        Changes change = Changes.ALL.get(2);
        Incompatibility found = Compatibility.check(
                        CompatibilityLevel.BACKWARD,
                        change.after(SchemaFormat.AVRO),
                        List.of(change.before(SchemaFormat.AVRO)))
                .get(0);
        return "```\nkind       " + found.kind() + "\ndirection  " + found.direction() + "\npath       " + found.path()
                + "\ncomponent  " + found.component().orElse("") + "\nreason     " + found.reason() + "\nremedy     "
                + found.remedy() + "\n```\n";
    }

    /** One example for each kind: the older and the newer fields of an Avro record, or properties of a JSON Schema. */
    private record Example(Kind kind, SchemaFormat format, String older, String newer) {

        EventSchema schema(String inner) {
            String text = format == SchemaFormat.JSON
                    ? "{'title':'shop.Paid','type':'object','properties':{'x':" + inner + "}}"
                    : inner.startsWith("{'type':'record'")
                            ? inner
                            : "{'type':'record','name':'shop.Paid','fields':["
                                    + (inner.startsWith("{'name'") ? inner : "{'name':'x','type':" + inner + "}")
                                    + "]}";
            return EventSchema.of(format, text.replace('\'', '"'));
        }

        List<String> row() {
            List<SemanticWarning> found = Compatibility.warnings(schema(newer), schema(older));
            assertThat(found).as("%s: %s", kind, found).hasSize(1);
            SemanticWarning warning = found.get(0);
            assertThat(warning.kind()).isEqualTo(kind);
            assertThat(Compatibility.check(CompatibilityLevel.BACKWARD, schema(newer), List.of(schema(older))))
                    .as("%s is accepted", kind)
                    .isEmpty();
            return List.of(
                    "`" + kind + "`" + (kind.reinterprets() ? " **!**" : ""),
                    code(older) + " → " + code(newer),
                    warning.reason());
        }

        private static String code(String text) {
            return "`" + text.replace("'", "") + "`";
        }
    }

    private static final List<Example> EXAMPLES = List.of(
            avro(
                    Kind.SCALE_CHANGED,
                    "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}",
                    "{'type':'bytes','logicalType':'decimal','precision':9,'scale':4}"),
            avro(
                    Kind.PRECISION_NARROWED,
                    "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}",
                    "{'type':'bytes','logicalType':'decimal','precision':6,'scale':2}"),
            avro(
                    Kind.UNIT_CHANGED,
                    "{'type':'long','logicalType':'timestamp-millis'}",
                    "{'type':'long','logicalType':'timestamp-micros'}"),
            avro(
                    Kind.LOGICAL_TYPE_CHANGED,
                    "{'type':'int','logicalType':'date'}",
                    "{'type':'long','logicalType':'timestamp-millis'}"),
            avro(Kind.LOGICAL_TYPE_ADDED, "'long'", "{'type':'long','logicalType':'timestamp-millis'}"),
            avro(Kind.LOGICAL_TYPE_DROPPED, "{'type':'long','logicalType':'timestamp-millis'}", "'long'"),
            new Example(
                    Kind.ENCODING_CHANGED,
                    SchemaFormat.JSON,
                    "{'type':'string','contentEncoding':'base64'}",
                    "{'type':'string','contentEncoding':'base16'}"),
            new Example(
                    Kind.ATTRIBUTE_CHANGED,
                    SchemaFormat.JSON,
                    "{'type':'number','x-currency':'EUR'}",
                    "{'type':'number','x-currency':'USD'}"),
            avro(Kind.TEXT_AND_BYTES, "'string'", "'bytes'"),
            avro(Kind.DIGITS_LOST, "'long'", "'double'"),
            avro(
                    Kind.DEFAULT_CHANGED,
                    "{'name':'x','type':'int','default':0}",
                    "{'name':'x','type':'int','default':1}"),
            avro(
                    Kind.ENUM_DEFAULT_CHANGED,
                    "{'type':'enum','name':'E','symbols':['A','B'],'default':'A'}",
                    "{'type':'enum','name':'E','symbols':['A','B'],'default':'B'}"),
            avro(
                    Kind.ENUM_DEFAULT_MISSING,
                    "{'type':'enum','name':'E','symbols':['A']}",
                    "{'type':'enum','name':'E','symbols':['A','B']}"),
            avro(
                    Kind.ENUM_SYMBOL_REMOVED,
                    "{'type':'enum','name':'E','symbols':['A','B'],'default':'A'}",
                    "{'type':'enum','name':'E','symbols':['A'],'default':'A'}"),
            avro(
                    Kind.RENAMED_WITHOUT_ALIAS,
                    "{'name':'note','type':'string','default':''}",
                    "{'name':'remark','type':'string','default':''}"),
            avro(
                    Kind.ALIAS_AMBIGUOUS,
                    "{'name':'gross','type':'int'}",
                    "{'name':'net','type':'int','aliases':['gross']},{'name':'gross','type':'int','default':0}"),
            avro(
                    Kind.ALIAS_MOVED,
                    "{'name':'total','type':'int','aliases':['sum']}",
                    "{'name':'total','type':'int'},{'name':'sum','type':'int','default':0}"),
            avro(
                    Kind.ALIAS_DROPPED,
                    "{'name':'total','type':'int','aliases':['sum']}",
                    "{'name':'total','type':'int'}"),
            avro(
                    Kind.NAME_CHANGED,
                    "{'type':'record','name':'shop.Paid','fields':[]}",
                    "{'type':'record','name':'pay.Paid','fields':[]}"));

    private static Example avro(Kind kind, String older, String newer) {
        return new Example(kind, SchemaFormat.AVRO, older, newer);
    }

    private static String warnings() {
        return table(
                List.of("kind", "example", "what happens"),
                EXAMPLES.stream().map(Example::row).toList());
    }

    @Test
    void everyKindOfWarningHasAnExample() {
        assertThat(EXAMPLES).extracting(Example::kind).containsExactly(Kind.values());
    }

    private static String table(List<String> head, List<List<String>> rows) {
        return line(head)
                + line(head.stream().map(cell -> "---").toList())
                + rows.stream().map(CompatibilityPageTest::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
