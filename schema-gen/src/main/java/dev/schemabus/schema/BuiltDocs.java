package dev.schemabus.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The Javadoc that the build wrote beside a class, as {@code META-INF/schemabus/docs/<binary class name>.properties}: the
 * text of a component under its name, that of the class under {@code class}. Read once per class.
 */
final class BuiltDocs {

    private static final String OF_CLASS = "class";

    private static final ClassValue<Map<String, String>> TEXTS = new ClassValue<>() {
        @Override
        protected Map<String, String> computeValue(Class<?> type) {
            return read(type);
        }
    };

    private BuiltDocs() {}

    static Optional<String> of(Class<?> type) {
        return Optional.ofNullable(TEXTS.get(type).get(OF_CLASS));
    }

    static Optional<String> of(Class<?> record, String component) {
        return Optional.ofNullable(TEXTS.get(record).get(component));
    }

    private static Map<String, String> read(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        String name = "META-INF/schemabus/docs/" + type.getName() + ".properties";
        URL resource = loader == null ? null : loader.getResource(name);
        if (resource == null) {
            return Map.of();
        }
        Properties texts = new Properties();
        try {
            URLConnection connection = resource.openConnection();
            // Java would keep the jar open, for as long as the JVM lives.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The documentation of " + type.getName() + " in " + resource + " can't be read: " + e.getMessage(),
                    e);
        }
        return texts.stringPropertyNames().stream().collect(Collectors.toUnmodifiableMap(k -> k, texts::getProperty));
    }
}
