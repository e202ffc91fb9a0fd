package dev.schemabus.maven.javadoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavadocTextsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path sources;

    private JavadocTexts read(String text, String... classNames) throws IOException {
        Path directory = Files.createDirectories(sources.resolve("com/acme"));
        Files.writeString(directory.resolve("Any.java"), "package com.acme;\n" + text);
        return JavadocTexts.read(List.of(sources, sources.resolve("none")), Set.of(classNames), "UTF-8");
    }

    @Test
    void tagsAndElementsBecomePlainText() throws IOException {
        JavadocTexts texts = read("""
                /**
                 * An <b>order</b>, see {@link Other#total() the total} and {@link java.util.List}.
                 * <p>More than {@code a < b} &lt;&eacute;&gt; {@literal @x}
                 * <ul><li>one<li>two</ul>
                 *
                 * @param total in cents,
                 *     never negative
                 * @param <T> a type
                 * @param empty
                 * @see Other
                 */
                record Order<T>(long total, int empty, int none) {}
                """, "com.acme.Order");

        assertThat(texts.warnings()).isEmpty();
        assertThat(texts.byClass())
                .isEqualTo(Map.of(
                        "com.acme.Order",
                        Map.of(
                                "class",
                                "An order, see the total and java.util.List. More than a < b <é> @x one two",
                                "total",
                                "in cents, never negative")));
    }

    @Test
    void nestedTypesHaveTheirBinaryNamesAndOthersAreLeftOut() throws IOException {
        JavadocTexts texts = read("""
                interface Outer {
                    /** In. */
                    enum Kind { /** Not this. */ A }
                    /** Left out. */
                    record Unwanted() {}
                    record Silent(int a) {}
                    default void method() { /** Local. */ record Kind() {} }
                }
                """, "com.acme.Outer$Kind", "com.acme.Outer$Silent");

        assertThat(texts.byClass()).isEqualTo(Map.of("com.acme.Outer$Kind", Map.of("class", "In.")));
    }

    @Test
    void aSourceThatCantBeParsedIsAWarning() throws IOException {
        JavadocTexts texts = read("/** Broken. */ record Order(int {}", "com.acme.Order");

        assertThat(texts.byClass()).isEmpty();
        assertThat(texts.warnings())
                .singleElement()
                .asString()
                .contains("Any.java:2 can't be parsed, so its Javadoc isn't used: ");
    }

    @Test
    void anUnknownEncodingIsAWarning() throws IOException {
        read("/** Fine. */ record Order() {}", "com.acme.Order");

        JavadocTexts texts = JavadocTexts.read(List.of(sources), Set.of("com.acme.Order"), "KLINGON");

        assertThat(texts.warnings()).singleElement().asString().contains("KLINGON");
    }
}
