package dev.schemabus.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Renders one component from its shape, with the constraints on each part of its type. Records become references, which
 * victools resolves.
 */
record ComponentSchema(FieldScope field, SchemaGenerationContext context, Constraints constraints) {

    /** The schema; null for a record, which victools refers to by itself. */
    @Nullable
    ObjectNode render() {
        ShapeType type = ShapeType.declaring(field);
        Component component = type.component(field);
        TypePart use = TypePart.of(Objects.requireNonNull(type.record()), component, field.getRawMember());
        if (component.shape() instanceof RecordShape record) {
            constraints.check(record, use);
            return null;
        }
        return schema(component.shape(), use);
    }

    static ArrayNode branches(Shape.OfUnion union, SchemaGenerationContext context) {
        ArrayNode branches = context.getGeneratorConfig().createArrayNode();
        for (RecordShape branch : union.branches()) {
            branches.add(context.createDefinitionReference(ShapeType.branch(branch)));
        }
        return branches;
    }

    /** A value record is written as what it holds, so the constraints in there count here. */
    private void addHeld(ObjectNode node, Class<?> type, Scalar scalar, TypePart use) {
        if (type.isAnnotationPresent(Value.class)) {
            RecordComponent only = type.getRecordComponents()[0];
            TypePart held = use.held(only);
            Shape plain = new Shape.OfScalar(only.getType(), scalar);
            constraints.check(plain, held);
            constraints.addTo(node, plain, held, this);
            addHeld(node, only.getType(), scalar, held);
        }
    }

    /** What keys look like as the texts that they are in JSON; empty if any text is one. */
    private static Optional<ObjectNode> keys(ObjectNode key) {
        switch (key.path("type").asText()) {
            case "integer" -> key.removeAll().put("pattern", "^(0|-?[1-9][0-9]*)$");
            case "number" -> key.removeAll().put("pattern", "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$");
            case "boolean" -> key.removeAll().put("pattern", "^(true|false)$");
            default -> key.remove(List.of("type", "description"));
        }
        return key.isEmpty() ? Optional.empty() : Optional.of(key);
    }

    private ObjectNode schema(Shape shape, TypePart use) {
        constraints.check(shape, use);
        if (shape instanceof RecordShape record) {
            return context.createDefinitionReference(ShapeType.of(record));
        }
        ObjectNode node = context.getGeneratorConfig().createObjectNode();
        if (shape instanceof Shape.OfScalar scalar) {
            JsonValues.putType(node, scalar.scalar());
        } else if (shape instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().json();
            JsonValues.putType(node, form.scalar());
            form.attributes().forEach((name, value) -> node.set(name, JsonValues.attribute(value)));
            addHeld(node, logical.javaType(), form.scalar(), use);
        } else if (shape instanceof Shape.OfEnum enumeration) {
            enumeration.doc().ifPresent(doc -> node.put("description", doc));
            ArrayNode symbols = node.put("type", "string").putArray("enum");
            enumeration.symbols().values().forEach(symbols::add);
        } else if (shape instanceof Shape.OfList list) {
            node.put("type", "array").set("items", schema(list.element(), use.element()));
            if (list.javaType() == Set.class) {
                node.put("uniqueItems", true);
            }
        } else if (shape instanceof Shape.OfMap map) {
            node.put("type", "object").set("additionalProperties", schema(map.value(), use.value()));
            keys(schema(map.key(), use.key())).ifPresent(keys -> node.set("propertyNames", keys));
        } else if (shape instanceof Shape.OfOptional optional) {
            ArrayNode choices = node.putArray("oneOf");
            choices.addObject().put("type", "null");
            ObjectNode present = schema(optional.value(), use.present(optional));
            if (optional.value() instanceof Shape.OfUnion) {
                choices.addAll((ArrayNode) present.get("oneOf"));
            } else {
                choices.add(present);
            }
        } else if (shape instanceof Shape.OfUnion union) {
            node.set("oneOf", branches(union, context));
        }
        constraints.addTo(node, shape, use, this);
        return node;
    }
}
