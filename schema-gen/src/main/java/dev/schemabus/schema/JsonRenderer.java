package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Renders one shape as a JSON Schema, draft 7, with a closed content model ({@code additionalProperties: false}): under
 * it, adding an optional property is a backward compatible change.
 */
final class JsonRenderer {

    private static final String DIALECT = "http://json-schema.org/draft-07/schema#";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode definitions = NODES.objectNode();

    EventSchema render(Shape shape) {
        ObjectNode root = NODES.objectNode();
        root.put("$schema", DIALECT);
        if (shape instanceof RecordShape record) {
            fill(root, record, false);
        } else if (shape instanceof Shape.OfUnion union) {
            root.put("title", union.javaType().getCanonicalName());
            root.set("oneOf", branches(union));
        } else {
            throw new IllegalArgumentException("The root of a schema is a record or a sealed interface: " + shape);
        }
        if (!definitions.isEmpty()) {
            root.set("definitions", definitions);
        }
        return EventSchema.of(SchemaFormat.JSON, root.toString());
    }

    private ObjectNode schema(Shape shape) {
        ObjectNode node = NODES.objectNode();
        if (shape instanceof Shape.OfScalar scalar) {
            scalar(node, scalar.scalar());
        } else if (shape instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().json();
            scalar(node, form.scalar());
            form.attributes().forEach(node::putPOJO);
        } else if (shape instanceof Shape.OfEnum enumeration) {
            enumeration.doc().ifPresent(doc -> node.put("description", doc));
            node.put("type", "string");
            ArrayNode symbols = node.putArray("enum");
            enumeration.symbols().values().forEach(symbols::add);
        } else if (shape instanceof Shape.OfList list) {
            node.put("type", "array").set("items", schema(list.element()));
            if (list.javaType() == Set.class) {
                node.put("uniqueItems", true);
            }
        } else if (shape instanceof Shape.OfMap map) {
            node.put("type", "object").set("additionalProperties", schema(map.value()));
            keys(map.key()).ifPresent(keys -> node.set("propertyNames", keys));
        } else if (shape instanceof Shape.OfOptional optional) {
            optional(node, optional.value());
        } else if (shape instanceof Shape.OfUnion union) {
            node.set("oneOf", branches(union));
        } else if (shape instanceof RecordShape record) {
            node.put("$ref", define(record, false));
        }
        return node;
    }

    /** What a map's keys look like, as texts; empty if any text is one. */
    private Optional<JsonNode> keys(Shape key) {
        ObjectNode node = schema(key);
        if (node.path("type").asText().equals("integer")) {
            return Optional.of(NODES.objectNode().put("pattern", "^(0|-?[1-9][0-9]*)$"));
        }
        if (node.path("type").asText().equals("boolean")) {
            return Optional.of(NODES.objectNode().put("pattern", "^(true|false)$"));
        }
        node.remove(List.of("type", "description"));
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }

    private void optional(ObjectNode node, Shape value) {
        ArrayNode choices;
        if (value instanceof Shape.OfUnion union) {
            choices = branches(union);
        } else {
            choices = NODES.arrayNode().add(schema(value));
        }
        node.putArray("oneOf").add(NODES.objectNode().put("type", "null")).addAll(choices);
    }

    private ArrayNode branches(Shape.OfUnion union) {
        ArrayNode branches = NODES.arrayNode();
        for (RecordShape branch : union.branches()) {
            branches.add(NODES.objectNode().put("$ref", define(branch, true)));
        }
        return branches;
    }

    /** Puts a record under {@code definitions} once, before its components, which may lead back to it. */
    private String define(RecordShape record, boolean discriminated) {
        String key = record.fullName() + (discriminated ? Shape.OfUnion.DISCRIMINATOR : "");
        if (!definitions.has(key)) {
            ObjectNode definition = NODES.objectNode();
            definitions.set(key, definition);
            fill(definition, record, discriminated);
        }
        return "#/definitions/" + key;
    }

    private void fill(ObjectNode node, RecordShape record, boolean discriminated) {
        node.put("title", record.fullName());
        record.doc().ifPresent(doc -> node.put("description", doc));
        node.put("type", "object");
        node.put("additionalProperties", false);
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        if (discriminated) {
            properties.putObject(Shape.OfUnion.DISCRIMINATOR).put("const", Shape.OfUnion.branchName(record));
            required.add(Shape.OfUnion.DISCRIMINATOR);
        }
        for (Component component : record.components()) {
            ObjectNode property = schema(component.shape());
            component.doc().ifPresent(doc -> property.put("description", doc));
            component
                    .defaultValue()
                    .ifPresent(value ->
                            property.set("default", json(Defaults.plain(component.shape(), value, SchemaFormat.JSON))));
            properties.set(component.name(), property);
            if (!component.hasDefault()) {
                required.add(component.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
    }

    private static JsonNode json(Object plain) {
        if (plain instanceof List<?> elements) {
            ArrayNode array = NODES.arrayNode();
            elements.forEach(element -> array.add(json(element)));
            return array;
        }
        if (plain instanceof Map<?, ?> entries) {
            ObjectNode object = NODES.objectNode();
            entries.forEach((key, value) -> object.set((String) key, json(value)));
            return object;
        }
        if (plain instanceof byte[] bytes) {
            return NODES.textNode(Base64.getEncoder().encodeToString(bytes));
        }
        return plain instanceof BigDecimal number ? NODES.numberNode(number) : NODES.pojoNode(plain);
    }

    private static void scalar(ObjectNode node, Scalar scalar) {
        switch (scalar) {
            case BOOLEAN -> node.put("type", "boolean");
            case INT ->
                node.put("type", "integer").put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
            case LONG -> node.put("type", "integer");
            case FLOAT, DOUBLE, NUMBER -> node.put("type", "number");
            case STRING -> node.put("type", "string");
            case BYTES -> node.put("type", "string").put("contentEncoding", "base64");
            case FIXED -> throw new SchemaException("A logical type's JSON form can't be FIXED: use BYTES or STRING");
        }
    }
}
