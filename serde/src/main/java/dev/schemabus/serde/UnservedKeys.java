package dev.schemabus.serde;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Keys of Confluent's serdes that change bytes, security or waiting and aren't served: to ignore them would be a trap. */
final class UnservedKeys {

    private static final List<String> ALWAYS_REFUSED =
            List.of("rule.executors", "rule.actions", "json.default.property.inclusion");

    private static final List<String> REFUSED_PREFIXES = List.of(
            "bearer.auth.", "rule.actions.", "rule.executors.", "schema.registry.basic.auth.", "schema.registry.ssl.");

    private static final Set<String> SERVED = SerdeDefinition.make().names();

    /** Key to the one value that asks for nothing. */
    private static final Map<String, String> HARMLESS_VALUES = Map.ofEntries(
            Map.entry("bearer.auth.scope.claim.name", "scope"),
            Map.entry("bearer.auth.sub.claim.name", "sub"),
            Map.entry("avro.reflection.allow.null", "false"),
            Map.entry("avro.remove.java.properties", "false"),
            Map.entry("avro.use.logical.type.converters", "false"),
            Map.entry("json.indent.output", "false"),
            Map.entry("json.oneof.for.nullables", "true"),
            Map.entry("propagate.schema.tags", "false"),
            Map.entry("rule.service.loader.enable", "false"),
            Map.entry("schema.reflection", "false"),
            Map.entry("schema.validate.fields", "false"));

    /** Key, or its beginning, to what to do instead. */
    private static final Map<String, String> INSTEAD = Map.of(
            "avro.use.logical.type.converters",
            ". Java records have BigDecimal, Instant and the like; a GenericRecord has what Avro writes (bytes, long):"
                    + " convert its values by Avro's Conversions, or write a record",
            "avro.reflection.allow.null",
            ". Events are Java records: declare what may be null Optional or @Nullable",
            "schema.reflection",
            ". Events are Java records: write one instead of the class",
            "schema.registry.basic.auth.",
            " and set basic.auth.user.info");

    private UnservedKeys() {}

    /** For documentation: each key, or prefix with a star, and the value that asks for nothing, or an empty text. */
    static Map<String, String> refused() {
        Map<String, String> refused = new HashMap<>(HARMLESS_VALUES);
        ALWAYS_REFUSED.forEach(key -> refused.put(key, ""));
        REFUSED_PREFIXES.forEach(prefix -> refused.put(
                prefix + (SERVED.stream().anyMatch(key -> key.startsWith(prefix)) ? "* that is not listed above" : "*"),
                ""));
        return refused;
    }

    static void refuse(Map<String, ?> properties) {
        new HashMap<>(properties).forEach((key, value) -> {
            if (value == null || SERVED.contains(key)) {
                return;
            }
            Optional<String> harmless = Optional.ofNullable(HARMLESS_VALUES.get(key));
            boolean asksForNothing = harmless.isEmpty()
                    ? !ALWAYS_REFUSED.contains(key) && REFUSED_PREFIXES.stream().noneMatch(key::startsWith)
                    : harmless.get().equals(value.toString().toLowerCase(Locale.ROOT));
            if (!asksForNothing) {
                throw new ConfigException(key + " is not supported by this version of Schemabus: remove it"
                        + harmless.map(fine -> ", or set it to " + fine).orElse("") + instead(key));
            }
        });
    }

    private static String instead(String key) {
        return INSTEAD.keySet().stream()
                .filter(key::startsWith)
                .findFirst()
                .map(INSTEAD::get)
                .orElse("");
    }
}
