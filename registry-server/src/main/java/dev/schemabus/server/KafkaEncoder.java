package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes changes as the reference writes them to its topic: names and order of the fields are its own, and what it leaves
 * out (a type that is AVRO, references that are none) is left out.
 */
final class KafkaEncoder {

    /** The reference's order; what it doesn't know comes after. */
    private static final List<String> CONFIG_FIELDS = List.of(
            "alias",
            "normalize",
            "validateFields",
            "compatibilityLevel",
            "compatibilityGroup",
            "defaultMetadata",
            "overrideMetadata",
            "defaultRuleSet",
            "overrideRuleSet");

    private KafkaEncoder() {}

    static KafkaMessage encode(Change change) {
        return new KafkaMessage(
                KafkaKeys.of(change), value(change).map(Json::write).orElse(null));
    }

    /** As {@link #encode(Change)}, with fields that another registry has added to the version. */
    static KafkaMessage encode(Change.SchemaStored change, ObjectNode unknown) {
        return new KafkaMessage(KafkaKeys.of(change), Json.write(schema(change).setAll(unknown)));
    }

    private static Optional<JsonNode> value(Change change) {
        if (change instanceof Change.SchemaStored stored) {
            return Optional.of(schema(stored));
        } else if (change instanceof Change.SubjectDeleted deleted) {
            return Optional.of(object().put("subject", deleted.subject()).put("version", deleted.version()));
        } else if (change instanceof Change.SubjectCleared cleared) {
            return Optional.of(withSubject(cleared.subject()));
        } else if (change instanceof Change.ContextStored stored) {
            return Optional.of(object().put("tenant", KafkaKeys.TENANT).put("context", stored.context()));
        } else if (change instanceof Change.ConfigStored stored) {
            return Optional.of(config(stored));
        } else if (change instanceof Change.ModeStored stored) {
            return Optional.of(
                    withSubject(stored.subject()).put("mode", stored.mode().name()));
        } else if (change instanceof Change.IdsUsed used) {
            return Optional.of(idsUsed(used));
        }
        return Optional.empty();
    }

    private static ObjectNode schema(Change.SchemaStored change) {
        StoredSchema schema = change.schema();
        ObjectNode value = object().put("subject", change.subject())
                .put("version", change.version())
                .put("id", change.id());
        if (!schema.type().equals("AVRO")) {
            value.put("schemaType", schema.type());
        }
        if (!schema.references().isEmpty()) {
            schema.references()
                    .forEach(reference -> value.withArray("references")
                            .addObject()
                            .put("name", reference.name())
                            .put("subject", reference.subject())
                            .put("version", reference.version()));
        }
        schema.metadata().ifPresent(metadata -> value.set("metadata", metadata));
        schema.ruleSet().ifPresent(rules -> value.set("ruleSet", rules));
        return value.put("schema", schema.text()).put("deleted", change.deleted());
    }

    private static ObjectNode config(Change.ConfigStored change) {
        JsonNode fields = change.config().fields();
        ObjectNode value = withSubject(change.subject());
        for (String name : CONFIG_FIELDS) {
            if (fields.has(name)) {
                value.set(name, fields.get(name));
            }
        }
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (!value.has(field.getKey())) {
                value.set(field.getKey(), field.getValue());
            }
        }
        return value;
    }

    private static ObjectNode idsUsed(Change.IdsUsed change) {
        ObjectNode value = object();
        ObjectNode highest = value.putObject(KafkaKeys.HIGHEST_IDS);
        new TreeMap<>(change.highest()).forEach(highest::put);
        return value;
    }

    private static ObjectNode withSubject(Optional<String> subject) {
        ObjectNode value = object();
        subject.ifPresent(name -> value.put("subject", name));
        return value;
    }

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }
}
