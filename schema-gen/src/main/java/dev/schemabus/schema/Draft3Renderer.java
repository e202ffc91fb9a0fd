package dev.schemabus.schema;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.module.jsonSchema.JsonSchema;
import com.fasterxml.jackson.module.jsonSchema.types.ArraySchema;
import com.fasterxml.jackson.module.jsonSchema.types.BooleanSchema;
import com.fasterxml.jackson.module.jsonSchema.types.IntegerSchema;
import com.fasterxml.jackson.module.jsonSchema.types.NumberSchema;
import com.fasterxml.jackson.module.jsonSchema.types.ObjectSchema;
import com.fasterxml.jackson.module.jsonSchema.types.ReferenceSchema;
import com.fasterxml.jackson.module.jsonSchema.types.StringSchema;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Renders one shape as a JSON Schema of draft 3, with the model of {@code jackson-module-jsonSchema}. The only class that
 * knows that library, so that it is needed for this dialect only.
 *
 * <p>What is special to draft 3: {@code required} is a boolean of the property; alternatives are types, which may be schemas
 * ({@code "type": ["null", {…}]}); there is no {@code const}, but an {@code enum} of one; there are no
 * {@code definitions}: a record is written where it is first needed, and referred to by its {@code id} after that. The
 * library's model has no place for schemas among types and for defaults that aren't texts, so its parts are put
 * together as trees.
 */
final class Draft3Renderer {

    private static final JsonMapper JSON = new JsonMapper();

    private final boolean closed;
    private final Set<String> written = new HashSet<>();

    Draft3Renderer(boolean closed) {
        this.closed = closed;
    }

    EventSchema render(Shape root) {
        ObjectNode schema = JSON.createObjectNode().put("$schema", "http://json-schema.org/draft-03/schema#");
        if (root instanceof Shape.OfUnion union) {
            schema.put("title", union.fullName());
            union.doc().ifPresent(doc -> schema.put("description", doc));
        }
        schema.setAll(schema(root));
        return EventSchema.of(SchemaFormat.JSON, schema.toString());
    }

    private static ObjectNode tree(JsonSchema model) {
        ObjectNode tree = JSON.valueToTree(model);
        // The library writes types in the letters of the default locale: Turkish has a "strıng".
        return tree.put("type", model.getType().name().toLowerCase(Locale.ROOT));
    }

    private ObjectNode schema(Shape shape) {
        if (shape instanceof Shape.OfScalar scalar) {
            return tree(scalar(scalar.scalar()));
        } else if (shape instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().json();
            ObjectNode node = tree(scalar(form.scalar()));
            form.attributes().forEach((name, value) -> node.set(name, JsonValues.attribute(value)));
            return node;
        } else if (shape instanceof Shape.OfEnum enumeration) {
            StringSchema symbols = new StringSchema();
            symbols.setEnums(new LinkedHashSet<>(enumeration.symbols().values()));
            enumeration.doc().ifPresent(symbols::setDescription);
            return tree(symbols);
        } else if (shape instanceof Shape.OfList list) {
            ArraySchema model = new ArraySchema();
            if (list.javaType() == Set.class) {
                model.setUniqueItems(true);
            }
            ObjectNode node = tree(model);
            node.set("items", schema(list.element()));
            return node;
        } else if (shape instanceof Shape.OfMap map) {
            ObjectNode node = tree(new ObjectSchema());
            node.set("additionalProperties", schema(map.value()));
            return node;
        } else if (shape instanceof Shape.OfOptional optional) {
            ObjectNode node = JSON.createObjectNode();
            ArrayNode types = node.putArray("type").add("null");
            if (optional.value() instanceof Shape.OfUnion union) {
                addBranches(types, union);
            } else {
                types.add(schema(optional.value()));
            }
            return node;
        } else if (shape instanceof Shape.OfUnion union) {
            ObjectNode node = JSON.createObjectNode();
            addBranches(node.putArray("type"), union);
            return node;
        }
        return record((RecordShape) shape, false);
    }

    private static JsonSchema scalar(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> new BooleanSchema();
            case INT -> {
                IntegerSchema schema = new IntegerSchema();
                schema.setMinimum((double) Integer.MIN_VALUE);
                schema.setMaximum((double) Integer.MAX_VALUE);
                yield schema;
            }
            case LONG -> new IntegerSchema();
            case FLOAT, DOUBLE, NUMBER -> new NumberSchema();
            case STRING, BYTES -> new StringSchema();
            case FIXED -> throw new SchemaException("A logical type's JSON form can't be FIXED: use BYTES or STRING");
        };
    }

    private void addBranches(ArrayNode types, Shape.OfUnion union) {
        union.branches().forEach(branch -> types.add(record(branch, true)));
    }

    private ObjectNode record(RecordShape record, boolean branch) {
        String id =
                "urn:jsonschema:" + record.fullName().replace('.', ':') + (branch ? Shape.OfUnion.DISCRIMINATOR : "");
        if (!written.add(id)) {
            return tree(new ReferenceSchema(id));
        }
        ObjectSchema model = new ObjectSchema();
        model.setId(id);
        model.setTitle(record.fullName());
        record.doc().ifPresent(model::setDescription);
        if (closed) {
            model.rejectAdditionalProperties();
        }
        ObjectNode node = tree(model);
        ObjectNode properties = node.putObject("properties");
        if (branch) {
            StringSchema name = new StringSchema();
            name.setEnums(Set.of(Shape.OfUnion.branchName(record)));
            name.setRequired(true);
            properties.set(Shape.OfUnion.DISCRIMINATOR, tree(name));
        }
        for (Component component : record.components()) {
            properties.set(component.name(), property(component));
        }
        return node;
    }

    private ObjectNode property(Component component) {
        ObjectNode schema = schema(component.shape());
        if (component.shape() instanceof RecordShape) {
            // Nothing of this property may stand in a schema that others refer to.
            ObjectNode property = JSON.createObjectNode();
            property.putArray("extends").add(schema);
            schema = property;
        }
        ObjectNode property = schema;
        if (!component.hasDefault()) {
            property.put("required", true);
        }
        component.doc().ifPresent(doc -> property.put("description", doc));
        component.defaultValue().ifPresent(value -> property.set("default", JsonValues.json(component.shape(), value)));
        return property;
    }
}
