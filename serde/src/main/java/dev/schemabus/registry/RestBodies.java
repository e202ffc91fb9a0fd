package dev.schemabus.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.schema.SchemaFormat;
import java.util.Optional;

/** What is sent to a registry, as JSON. */
final class RestBodies {

    private RestBodies() {}

    static ObjectNode schema(SchemaContent content) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        // Absent means Avro, and to registries from before there was a choice it must be absent.
        if (!content.type().equals(SchemaFormat.AVRO.name())) {
            request.put("schemaType", content.type());
        }
        request.put("schema", content.text());
        if (!content.references().isEmpty()) {
            ArrayNode references = request.putArray("references");
            for (SubjectReference reference : content.references()) {
                references
                        .addObject()
                        .put("name", reference.name())
                        .put("subject", reference.target().subject().name())
                        .put("version", reference.target().version());
            }
        }
        content.metadata().ifPresent(metadata -> request.set("metadata", JsonObjects.tree(metadata.json())));
        content.ruleSet().ifPresent(rules -> request.set("ruleSet", JsonObjects.tree(rules.json())));
        return request;
    }

    static String config(SubjectConfig config) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        config.others().forEach((name, json) -> request.set(name, JsonObjects.tree(json)));
        config.level().ifPresent(level -> request.put("compatibility", level.name()));
        config.normalize().ifPresent(normalize -> request.put("normalize", normalize));
        config.alias().ifPresent(alias -> request.put("alias", alias.name()));
        config.compatibilityGroup().ifPresent(group -> request.put("compatibilityGroup", group));
        put(request, "defaultMetadata", config.defaultMetadata().map(SchemaMetadata::json));
        put(request, "overrideMetadata", config.overrideMetadata().map(SchemaMetadata::json));
        put(request, "defaultRuleSet", config.defaultRuleSet().map(RuleSet::json));
        put(request, "overrideRuleSet", config.overrideRuleSet().map(RuleSet::json));
        return request.toString();
    }

    private static void put(ObjectNode request, String name, Optional<String> json) {
        json.ifPresent(text -> request.set(name, JsonObjects.tree(text)));
    }

    static String mode(RegistryMode mode) {
        return JsonNodeFactory.instance.objectNode().put("mode", mode.name()).toString();
    }
}
