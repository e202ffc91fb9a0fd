package dev.schemabus.admin;

import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.SchemaFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The keys of a bootstrap in properties. Those that don't start with {@code schemabus.bootstrap.} are passed over, so it can
 * share a map with Kafka's.
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><th>key</th><th>meaning</th></tr>
 * <tr><td>{@code schemabus.bootstrap.compatibility}</td><td>the global level</td></tr>
 * <tr><td>{@code schemabus.bootstrap.references}</td><td>true (default): shared types have subjects of their own; false: they
 *     are written out</td></tr>
 * <tr><td>{@code schemabus.bootstrap.topic.<topic>.types}</td><td>classes, separated by commas; required</td></tr>
 * <tr><td>{@code schemabus.bootstrap.topic.<topic>.compatibility}</td><td>the subjects' own level</td></tr>
 * <tr><td>{@code schemabus.bootstrap.topic.<topic>.format}</td><td>avro (default) or json</td></tr>
 * <tr><td>{@code schemabus.bootstrap.topic.<topic>.naming}</td><td>TOPIC_RECORD (default), TOPIC, RECORD</td></tr>
 * </table>
 */
public final class BootstrapProperties {

    /** The global level. */
    public static final String COMPATIBILITY = "schemabus.bootstrap.compatibility";

    /** Whether shared types have subjects of their own. */
    public static final String REFERENCES = "schemabus.bootstrap.references";

    private static final String PREFIX = "schemabus.bootstrap.";

    /** What stands before a topic and one of its settings. */
    public static final String TOPIC_PREFIX = "schemabus.bootstrap.topic.";

    private static final Set<String> SETTINGS = new TreeSet<>(Set.of("types", "compatibility", "format", "naming"));

    private BootstrapProperties() {}

    static RegistryBootstrap read(Map<String, ?> properties) {
        RegistryBootstrap.Builder builder = RegistryBootstrap.builder();
        Object global = properties.get(COMPATIBILITY);
        if (global != null) {
            builder.globalCompatibility(parsed(COMPATIBILITY, global, CompatibilityLevel::parse));
        }
        Object references = properties.get(REFERENCES);
        if (references != null) {
            builder.references(parsed(REFERENCES, references, BootstrapProperties::flag));
        }
        for (String topic : topics(properties)) {
            String prefix = TOPIC_PREFIX + topic + ".";
            Object types = properties.get(prefix + "types");
            if (types == null) {
                throw new IllegalArgumentException(
                        prefix + "types is missing: name the record or sealed interface that " + topic + " carries");
            }
            Stream.of(types.toString().split(",", -1)).map(String::strip).forEach(name -> {
                TopicTypes one = new TopicTypes(topic, parsed(prefix + "types", name, BootstrapProperties::load));
                builder.add(with(one, prefix, properties));
            });
        }
        return builder.build();
    }

    private static TopicTypes with(TopicTypes types, String prefix, Map<String, ?> properties) {
        TopicTypes result = types;
        Object level = properties.get(prefix + "compatibility");
        if (level != null) {
            result = result.withCompatibility(parsed(prefix + "compatibility", level, CompatibilityLevel::parse));
        }
        Object format = properties.get(prefix + "format");
        if (format != null) {
            result = result.withFormat(parsed(prefix + "format", format, SchemaFormat::parse));
        }
        Object naming = properties.get(prefix + "naming");
        if (naming != null) {
            result = result.withNaming(parsed(prefix + "naming", naming, BootstrapProperties::naming));
        }
        return result;
    }

    private static Set<String> topics(Map<String, ?> properties) {
        Set<String> topics = new TreeSet<>();
        for (String key : new TreeMap<>(properties).keySet()) {
            if (key.startsWith(TOPIC_PREFIX)) {
                int end = key.lastIndexOf('.');
                if (end < TOPIC_PREFIX.length() || !SETTINGS.contains(key.substring(end + 1))) {
                    throw new IllegalArgumentException(key + " is no setting of a topic: write " + TOPIC_PREFIX
                            + "<topic>. and one of " + SETTINGS);
                }
                topics.add(key.substring(TOPIC_PREFIX.length(), end));
            } else if (key.startsWith(PREFIX) && !key.equals(COMPATIBILITY) && !key.equals(REFERENCES)) {
                throw new IllegalArgumentException(key + " is no setting of the bootstrap: write " + COMPATIBILITY
                        + ", " + REFERENCES + ", or " + TOPIC_PREFIX + "<topic>. and one of " + SETTINGS);
            }
        }
        return topics;
    }

    private static SubjectNaming naming(String text) {
        return SubjectNaming.named(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown naming '" + text + "': use TOPIC_RECORD, TOPIC or RECORD"));
    }

    private static boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static Class<?> load(String className) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(
                    className, false, loader == null ? BootstrapProperties.class.getClassLoader() : loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "there is no class '" + className
                            + "' on the class path (the name of a nested class has a $: com.acme.Orders$OrderPlaced)",
                    e);
        }
    }

    private static <V> V parsed(String key, Object value, Function<String, V> parse) {
        try {
            return parse.apply(value.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
