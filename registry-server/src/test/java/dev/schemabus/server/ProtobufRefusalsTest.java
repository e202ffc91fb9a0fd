package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SchemaRefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What isn't taken for a Protobuf schema, and what the sender is told. */
class ProtobufRefusalsTest {

    private static final String REFUSED = "Invalid schema: ";

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("message A {", "line 1: unexpected end of file"),
                Arguments.of("syntax = \"proto3\";\nmessage A {\n  string b 1;\n}", "line 3: expected '=' but was '1'"),
                Arguments.of("{\"type\":\"record\"}", "line 1: expected a word"),
                Arguments.of("syntax = \"proto4\";", "line 1: unexpected syntax: proto4"),
                Arguments.of("\n\n/* no end", "line 3: this comment has no end"),
                Arguments.of("\n/*\n*/ option a = \"x\n\";", "line 3: this text has no closing \""),
                Arguments.of(
                        "syntax = \"proto3\";\nmessage A {\n  required string b = 1;\n}",
                        "line 3: 'required' label forbidden in proto3 field declarations"),
                Arguments.of(
                        "syntax = \"proto3\";\nmessage A {\n  B b = 1;\n}",
                        "line 3: unable to resolve B, for field b, in message A"),
                Arguments.of(
                        "syntax = \"proto3\";\nmessage A {\n  int32 b = 1;\n  int32 c = 1;\n}",
                        "line 3: multiple fields share tag 1: 1. b, 2. c, for message A"),
                Arguments.of(
                        "syntax = \"proto3\";\nmessage A {\n  reserved 2;\n  int32 b = 2;\n}",
                        "line 3: tag 2 is reserved, for field b, in message A"),
                Arguments.of("message A {}\nmessage A {}", "line 2: A is already defined at line 1"),
                Arguments.of(
                        "message A {\n  message B {}\n  message B {}\n}",
                        "line 3: A.B is already declared in this schema"),
                Arguments.of(
                        "import \"b.proto\";",
                        "it imports 'b.proto', for which it has no reference: register that file, and refer to it under"
                                + " this name"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theReasonBeginsWithTheLine(String text, String reason) {
        refused(text, Map.of(), reason);
    }

    private static void refused(String text, Map<String, String> imports, String reason) {
        Map<String, StoredSchema> references = new LinkedHashMap<>();
        imports.forEach((path, imported) -> references.put(path, new StoredSchema("PROTOBUF", imported)));
        assertThatThrownBy(() -> ProtobufSchema.parse(text, references))
                .isInstanceOfSatisfying(
                        SchemaRefusedException.class, e -> assertThat(e.code()).isEqualTo(42201))
                .hasMessage(REFUSED + reason);
    }

    @Test
    void anErrorInAnImportSaysWhichOne() {
        refused(
                "import \"b.proto\";",
                Map.of("b.proto", "\nmessage B {\n  oops\n}"),
                "import 'b.proto', line 3: unexpected label: oops");
    }

    @Test
    void filesThatImportEachOtherAreRefused() {
        assertThatThrownBy(() -> ProtobufPair.schema(
                        "import 'a.proto';", Map.of("a.proto", "import 'b.proto';", "b.proto", "import 'a.proto';")))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("a.proto");
    }

    @Test
    void nestingIsLimitedBeforeAnythingRecurses() {
        int deep = 20_000;
        refused(
                "message A {".repeat(deep) + "}".repeat(deep),
                Map.of(),
                "line 1: more than 64 brackets are open at once: nest less");
        refused(
                "message A { map<string, " + "map<".repeat(deep),
                Map.of(),
                "line 1: more than 64 brackets are open at once: nest less");
    }

    @Test
    void aWordOfAnyLengthIsRepeatedInPart() {
        assertThatThrownBy(() -> ProtobufSchema.parse("a".repeat(500_000) + " b;", Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageStartingWith(REFUSED + "line 1: unexpected label: aaa")
                .hasMessageEndingWith("a …");
    }

    @Test
    void blanksBeforeAnErrorCostNothing() {
        refused(" ".repeat(900_000) + ";}", Map.of(), "line 1: expected a word");
    }

    @Test
    void theNumberOfDefinitionsIsLimited() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i <= ProtobufLimits.DEFINITIONS; i++) {
            text.append("message A").append(i).append("{}");
        }
        refused(
                text.toString(),
                Map.of(),
                "2001 definitions at the top are more than the 2000 allowed: move some to schemas of their own and"
                        + " import them");
    }

    @Test
    void aTextThatIsTooLargeHasACodeOfItsOwn() {
        String text = "//" + "x".repeat(ProtobufLimits.TEXT);

        assertThatThrownBy(() -> ProtobufSchema.parse(text, Map.of()))
                .isInstanceOfSatisfying(
                        SchemaRefusedException.class, e -> assertThat(e.code()).isEqualTo(42209))
                .hasMessageStartingWith("The Protobuf schema has 1000002 characters, more than the 1000000 allowed");
    }
}
