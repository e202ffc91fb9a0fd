package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a subject, of a context or of the whole registry: each is given or left to the next wider one. Fields
 * that this version doesn't know are kept for those who do.
 *
 * @param fields a JSON object with the protocol's names ({@code compatibilityLevel}, {@code normalize} …), never
 *     changed; what isn't set is absent
 */
record Config(JsonNode fields) {

    static final String LEVEL = "compatibilityLevel";
    static final String ALIAS = "alias";

    static final Config EMPTY = new Config(JsonNodeFactory.instance.objectNode());

    static Config of(CompatibilityLevel level) {
        return new Config(JsonNodeFactory.instance.objectNode().put(LEVEL, level.name()));
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    Optional<CompatibilityLevel> compatibilityLevel() {
        return text(LEVEL).map(CompatibilityLevel::parse);
    }

    /** The metadata property that parts the versions of a subject: only those with the same value are compared. */
    Optional<String> compatibilityGroup() {
        return text("compatibilityGroup");
    }

    /** The subject that is meant when this one is asked for. */
    Optional<String> alias() {
        return text(ALIAS);
    }

    /** Whether schemas are normalized although the request doesn't ask for it. */
    boolean normalize() {
        return fields.path("normalize").asBoolean();
    }

    Optional<JsonNode> defaultMetadata() {
        return object("defaultMetadata");
    }

    Optional<JsonNode> overrideMetadata() {
        return object("overrideMetadata");
    }

    Optional<JsonNode> defaultRuleSet() {
        return object("defaultRuleSet");
    }

    Optional<JsonNode> overrideRuleSet() {
        return object("overrideRuleSet");
    }

    private Optional<String> text(String name) {
        return Optional.of(fields.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    private Optional<JsonNode> object(String name) {
        return Optional.of(fields.path(name)).filter(JsonNode::isObject);
    }

    /** This, changed by what a request says: a field it leaves out stays, one that is null goes. */
    Config changedBy(JsonNode request) {
        ObjectNode changed = fields.deepCopy();
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            if (field.getValue().isNull()) {
                changed.remove(field.getKey());
            } else {
                changed.set(field.getKey(), field.getValue());
            }
        }
        return new Config(changed);
    }

    /** This, and what it leaves open from a wider one. An alias is a subject's own affair. */
    Config orElse(Config wider) {
        if (wider.isEmpty()) {
            return this;
        }
        ObjectNode filled = wider.fields.deepCopy();
        filled.remove(ALIAS);
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            filled.set(field.getKey(), field.getValue());
        }
        return new Config(filled);
    }
}
