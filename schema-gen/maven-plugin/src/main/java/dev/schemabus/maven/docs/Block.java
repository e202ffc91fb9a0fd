package dev.schemabus.maven.docs;

import java.util.List;

/** A part of a page, one below the other. */
sealed interface Block {

    /**
     * A title.
     *
     * @param level 1 for the page's, 2 for a section's …
     */
    record Heading(int level, String text) implements Block {}

    /** A paragraph. */
    record Paragraph(List<Inline> content) implements Block {}

    /** A table; every row has as many cells as the header. */
    record Table(List<String> header, List<List<List<Inline>>> rows) implements Block {}

    /**
     * Text as it is.
     *
     * @param language {@code json} or {@code text}
     */
    record Listing(String language, String text) implements Block {}

    static Block paragraph(String words) {
        return new Paragraph(Inline.words(words));
    }
}
