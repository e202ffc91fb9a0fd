package dev.schemabus.maven.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes a message that fits a shape and the constraints of its JSON Schema: every component present, one element in every
 * list, the first case of every sealed interface. The same declaration gives the same message.
 */
final class ExampleJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode schema;
    private final JsonTitles titles;
    /** The records under construction: one that leads back to itself ends there. */
    private final Deque<String> within = new ArrayDeque<>();

    /** @param schema the JSON Schema of the shape */
    ExampleJson(JsonNode schema) {
        this.schema = schema;
        this.titles = new JsonTitles(schema);
    }

    JsonNode of(RecordShape root) {
        return record(root, NODES.objectNode());
    }

    private JsonNode record(RecordShape record, ObjectNode node) {
        within.push(record.fullName());
        for (Component component : record.components()) {
            JsonNode property = titles.property(record.fullName(), component.name());
            if (!(component.shape() instanceof Shape.OfOptional optional && endless(optional.value()))) {
                node.set(component.name(), value(component.shape(), property, component.name()));
            }
        }
        within.pop();
        return node;
    }

    private JsonNode value(Shape shape, JsonNode declared, String name) {
        JsonNode constraints = TypeWords.present(declared, schema);
        if (shape instanceof Shape.OfScalar scalar) {
            return ExampleScalars.plain(scalar.scalar(), constraints, name);
        }
        if (shape instanceof Shape.OfLogical logical) {
            return ExampleScalars.logical(logical.forms(), constraints, name);
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return NODES.textNode(enumeration.symbols().values().iterator().next());
        }
        if (shape instanceof Shape.OfList list) {
            return list(list.element(), constraints, name);
        }
        if (shape instanceof Shape.OfMap map) {
            ObjectNode node = NODES.objectNode();
            if (!endless(map.value())) {
                node.set(
                        ExampleScalars.key(map.keyText()),
                        value(map.value(), constraints.path("additionalProperties"), name));
            }
            return node;
        }
        if (shape instanceof Shape.OfOptional optional) {
            return endless(optional.value()) ? NODES.nullNode() : value(optional.value(), constraints, name);
        }
        if (shape instanceof Shape.OfUnion union) {
            RecordShape branch = union.branches().stream()
                    .filter(candidate -> !endless(candidate))
                    .findFirst()
                    .orElse(union.branches().get(0));
            ObjectNode node = NODES.objectNode();
            node.put(Shape.OfUnion.DISCRIMINATOR, Shape.OfUnion.branchName(branch));
            return record(branch, node);
        }
        return record((RecordShape) shape, NODES.objectNode());
    }

    private ArrayNode list(Shape element, JsonNode constraints, String name) {
        ArrayNode node = NODES.arrayNode();
        int size = Math.max(1, constraints.path("minItems").asInt(1));
        for (int i = 1; i <= size && !endless(element); i++) {
            String singular = name.length() > 2 && name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
            node.add(value(element, constraints.path("items"), i == 1 ? singular : singular + i));
        }
        return node;
    }

    /** Whether a value would have to hold a record that is being made already. */
    private boolean endless(Shape shape) {
        if (shape instanceof RecordShape record) {
            return within.contains(record.fullName());
        }
        return shape instanceof Shape.OfUnion union && union.branches().stream().allMatch(this::endless);
    }
}
