package dev.schemabus.maven.docs;

import java.util.Locale;

/** What pages are written in. */
public enum PageFormat {
    /** With tables as in GitHub's Markdown. */
    MARKDOWN(".md"),
    /** Whole documents without scripts or outside references. */
    HTML(".html");

    private final String extension;

    PageFormat(String extension) {
        this.extension = extension;
    }

    /** The end of a file's name, with the dot. */
    public String extension() {
        return extension;
    }

    /**
     * Reads a format, ignoring case.
     *
     * @throws IllegalArgumentException if the text names none
     */
    public static PageFormat parse(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "markdown", "md" -> MARKDOWN;
            case "html" -> HTML;
            default -> throw new IllegalArgumentException("'" + text + "' is no format of pages: use markdown or html");
        };
    }
}
