package dev.schemabus.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Javadoc of records beside their classes, one file a class. The schema generator reads them at run time, so the
 * format is fixed there: {@code dev.schemabus.schema.BuiltDocs}.
 */
final class JavadocResources {

    private static final String SUFFIX = ".properties";

    private final Path directory;

    JavadocResources(Path classes) {
        directory = classes.resolve(Path.of("META-INF", "schemabus", "docs"));
    }

    /**
     * Writes the texts of each class, by its binary name, and removes what is there for other classes. Sorted, in ASCII and
     * without a date: the same texts are the same bytes.
     */
    void write(Map<String, Map<String, String>> byClass) throws IOException {
        for (Map.Entry<String, Map<String, String>> texts : byClass.entrySet()) {
            StringBuilder lines = new StringBuilder();
            new TreeMap<>(texts.getValue())
                    .forEach((key, text) -> lines.append(escaped(key, true))
                            .append('=')
                            .append(escaped(text, false))
                            .append('\n'));
            EventsMojo.write(directory.resolve(texts.getKey() + SUFFIX), lines.toString());
        }
        if (Files.isDirectory(directory)) {
            try (Stream<Path> present = Files.list(directory)) {
                for (Path file : present.toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(SUFFIX)
                            && !byClass.containsKey(name.substring(0, name.length() - SUFFIX.length()))) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** As {@link java.util.Properties} reads it; its own {@code store} writes the date. */
    private static String escaped(String text, boolean key) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\\' -> escaped.append("\\\\");
                case ' ' -> escaped.append(key || i == 0 ? "\\ " : " ");
                case '=', ':', '#', '!' -> escaped.append(key ? "\\" : "").append(c);
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        escaped.append(String.format("\\u%04X", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
