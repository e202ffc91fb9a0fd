package dev.schemabus.serde;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Keys of Confluent's serdes that change bytes, security or waiting and aren't served: to ignore them would be a trap. */
final class UnservedKeys {

    private static final List<String> ALWAYS_REFUSED = List.of(
            "rule.executors",
            "rule.actions",
            "retries.wait.ms",
            "retries.max.wait.ms",
            "json.default.property.inclusion",
            "proxy.host",
            "proxy.port");

    private static final List<String> REFUSED_PREFIXES = List.of("bearer.auth.", "schema.registry.ssl.");

    /** Key to the one value that asks for nothing. */
    private static final Map<String, String> HARMLESS_VALUES =
            Map.of("max.retries", "0", "json.oneof.for.nullables", "true", "json.indent.output", "false");

    private UnservedKeys() {}

    /** For documentation: each key, or prefix with a star, and the value that asks for nothing, or an empty text. */
    static Map<String, String> refused() {
        Map<String, String> refused = new HashMap<>(HARMLESS_VALUES);
        ALWAYS_REFUSED.forEach(key -> refused.put(key, ""));
        REFUSED_PREFIXES.forEach(prefix -> refused.put(prefix + "*", ""));
        return refused;
    }

    static void refuse(Map<String, ?> properties) {
        new HashMap<>(properties).forEach((key, value) -> {
            if (value == null) {
                return;
            }
            Optional<String> harmless = Optional.ofNullable(HARMLESS_VALUES.get(key));
            boolean asksForNothing = harmless.isEmpty()
                    ? !ALWAYS_REFUSED.contains(key) && REFUSED_PREFIXES.stream().noneMatch(key::startsWith)
                    : harmless.get().equals(value.toString().toLowerCase(Locale.ROOT));
            if (!asksForNothing) {
                throw new ConfigException(key + " is not supported by this version of Schemabus: remove it"
                        + harmless.map(fine -> ", or set it to " + fine).orElse(""));
            }
        });
    }
}
