package dev.schemabus.maven.docs;

import java.util.ArrayList;
import java.util.List;

/** A piece of a line on a page. */
sealed interface Inline {

    /** Plain words. */
    record Words(String text) implements Inline {}

    /** A name or a value, as in a program. */
    record Literal(String text) implements Inline {}

    /**
     * A link.
     *
     * @param page the name of another page of the same set, without extension
     */
    record Link(String text, String page) implements Inline {}

    static List<Inline> words(String text) {
        return text.isEmpty() ? List.of() : List.of(new Words(text));
    }

    static List<Inline> literal(String text) {
        return text.isEmpty() ? List.of() : List.of(new Literal(text));
    }

    /** Several, with commas between them. */
    static List<Inline> literals(List<String> texts) {
        List<Inline> line = new ArrayList<>();
        for (String text : texts) {
            if (!line.isEmpty()) {
                line.add(new Words(", "));
            }
            line.add(new Literal(text));
        }
        return line;
    }
}
