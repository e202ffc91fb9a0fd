package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes with a schema and isn't part of it: metadata and rule sets, and how defaults come into them. */
final class Metadata {

    private static final String PROPERTIES = "properties";

    private Metadata() {}

    static Optional<String> property(StoredSchema schema, String name) {
        return schema.metadata()
                .map(metadata -> metadata.path(PROPERTIES).path(name))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .map(JsonNode::asText);
    }

    static boolean has(StoredSchema schema, Map<String, String> properties) {
        return properties.entrySet().stream()
                .allMatch(wanted -> property(schema, wanted.getKey())
                        .filter(wanted.getValue()::equals)
                        .isPresent());
    }

    /**
     * A schema as its settings want it: what it doesn't bring it keeps from its predecessor, then come the defaults, and
     * overrides count most.
     */
    static StoredSchema completed(StoredSchema schema, Optional<StoredSchema> predecessor, Config config) {
        Optional<JsonNode> metadata = schema.metadata().or(() -> predecessor.flatMap(StoredSchema::metadata));
        Optional<JsonNode> ruleSet = schema.ruleSet().or(() -> predecessor.flatMap(StoredSchema::ruleSet));
        return schema.with(
                merged(merged(config.defaultMetadata(), metadata), config.overrideMetadata()),
                mergedRules(mergedRules(config.defaultRuleSet(), ruleSet), config.overrideRuleSet()));
    }

    /** In maps the stronger one's values count, key by key; lists hold what either one has. */
    private static Optional<JsonNode> merged(Optional<JsonNode> weaker, Optional<JsonNode> stronger) {
        if (weaker.isEmpty() || stronger.isEmpty()) {
            return stronger.or(() -> weaker);
        }
        return Optional.of(merged(weaker.get(), stronger.get()));
    }

    private static JsonNode merged(JsonNode weaker, JsonNode stronger) {
        if (weaker.isObject() && stronger.isObject()) {
            ObjectNode merged = weaker.deepCopy();
            for (Map.Entry<String, JsonNode> field : stronger.properties()) {
                JsonNode other = merged.get(field.getKey());
                merged.set(field.getKey(), other == null ? field.getValue() : merged(other, field.getValue()));
            }
            return merged;
        }
        if (weaker.isArray() && stronger.isArray()) {
            Set<JsonNode> items = new LinkedHashSet<>();
            weaker.forEach(items::add);
            stronger.forEach(items::add);
            ArrayNode merged = JsonNodeFactory.instance.arrayNode();
            return merged.addAll(items);
        }
        return stronger;
    }

    /** A list of rules has one of each name: the stronger one's. */
    private static Optional<JsonNode> mergedRules(Optional<JsonNode> weaker, Optional<JsonNode> stronger) {
        if (weaker.isEmpty() || stronger.isEmpty()) {
            return stronger.or(() -> weaker);
        }
        ObjectNode merged = weaker.get().deepCopy();
        for (Map.Entry<String, JsonNode> list : stronger.get().properties()) {
            Map<String, JsonNode> rules = new LinkedHashMap<>();
            merged.path(list.getKey())
                    .forEach(rule -> rules.put(rule.path("name").asText(), rule));
            list.getValue().forEach(rule -> {
                String name = rule.path("name").asText();
                rules.remove(name);
                rules.put(name, rule);
            });
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            merged.set(list.getKey(), all.addAll(rules.values()));
        }
        return Optional.of(merged);
    }
}
