package dev.schemabus.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Renders one shape as an Avro schema. */
final class AvroRenderer {

    /** Named types are written once; later uses refer to them by name (Avro specification, "Names"). */
    private final Map<String, Schema> named = new HashMap<>();

    EventSchema render(Shape shape) {
        return EventSchema.of(SchemaFormat.AVRO, schema(shape).toString());
    }

    private Schema schema(Shape shape) {
        if (shape instanceof Shape.OfScalar scalar) {
            return Schema.create(type(scalar.scalar()));
        }
        if (shape instanceof Shape.OfLogical logical) {
            return logical(logical.forms().avro());
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return enumeration(enumeration);
        }
        if (shape instanceof Shape.OfList list) {
            return Schema.createArray(schema(list.element()));
        }
        if (shape instanceof Shape.OfMap map) {
            return Schema.createMap(schema(map.value()));
        }
        if (shape instanceof Shape.OfOptional optional) {
            return optional(optional.value());
        }
        if (shape instanceof Shape.OfUnion union) {
            return Schema.createUnion(branches(union));
        }
        return record((RecordShape) shape);
    }

    private Schema logical(Representation<?, ?> form) {
        Schema schema = form.fixedType()
                .map(fixed -> Schema.createFixed(fixed.fullName(), null, null, fixed.size()))
                .orElseGet(() -> Schema.create(type(form.scalar())));
        form.attributes().forEach(schema::addProp);
        if (form.fixedType().isEmpty()) {
            return schema;
        }
        Schema known = named.putIfAbsent(schema.getFullName(), schema);
        if (known != null && !known.equals(schema)) {
            throw new SchemaException("Two types are named " + schema.getFullName() + ": " + known + " and " + schema
                    + ". Give one Representation.FixedType another name");
        }
        return schema;
    }

    private List<Schema> branches(Shape.OfUnion union) {
        return union.branches().stream().map(this::record).toList();
    }

    /** A union within a union is not allowed (Avro specification, "Unions"), so a sealed type's branches join the null. */
    private Schema optional(Shape value) {
        List<Schema> all = new ArrayList<>();
        all.add(Schema.create(Schema.Type.NULL));
        if (value instanceof Shape.OfUnion union) {
            all.addAll(branches(union));
        } else {
            all.add(schema(value));
        }
        return Schema.createUnion(all);
    }

    private Schema enumeration(Shape.OfEnum shape) {
        Schema known = named.get(shape.fullName());
        if (known != null) {
            return known;
        }
        Schema schema = Schema.createEnum(
                shape.fullName(),
                shape.doc().orElse(null),
                null,
                List.copyOf(shape.symbols().values()),
                shape.unknown().map(shape.symbols()::get).orElse(null));
        shape.aliases().forEach(schema::addAlias);
        named.put(shape.fullName(), schema);
        return schema;
    }

    private Schema record(RecordShape shape) {
        Schema known = named.get(shape.fullName());
        if (known != null) {
            return known;
        }
        Schema schema = Schema.createRecord(shape.fullName(), shape.doc().orElse(null), null, false);
        shape.aliases().forEach(schema::addAlias);
        named.put(shape.fullName(), schema);
        List<Schema.Field> fields = new ArrayList<>();
        for (Component component : shape.components()) {
            fields.add(field(component, shape));
        }
        schema.setFields(fields);
        return schema;
    }

    private Schema.Field field(Component component, RecordShape owner) {
        try {
            Schema.Field field = new Schema.Field(
                    component.name(), schema(component.shape()), component.doc().orElse(null), defaultOf(component));
            component.aliases().forEach(field::addAlias);
            return field;
        } catch (AvroRuntimeException e) {
            throw new SchemaException(
                    owner.javaType().getSimpleName() + "." + component.javaName() + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable Object defaultOf(Component component) {
        if (component.shape() instanceof Shape.OfOptional) {
            return JsonProperties.NULL_VALUE;
        }
        return component
                .defaultValue()
                .map(value -> json(Defaults.plain(component.shape(), value, SchemaFormat.AVRO)))
                .orElse(null);
    }

    /** Bytes stand in a default as text, one character per byte (Avro specification, "Complex Types", field default). */
    private static Object json(Object plain) {
        if (plain instanceof List<?> elements) {
            return elements.stream().map(AvroRenderer::json).toList();
        }
        if (plain instanceof Map<?, ?> entries) {
            Map<Object, Object> all = new LinkedHashMap<>();
            entries.forEach((key, value) -> all.put(key, json(value)));
            return all;
        }
        return plain instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : plain;
    }

    private static Schema.Type type(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> Schema.Type.BOOLEAN;
            case INT -> Schema.Type.INT;
            case LONG -> Schema.Type.LONG;
            case FLOAT -> Schema.Type.FLOAT;
            case DOUBLE -> Schema.Type.DOUBLE;
            case STRING -> Schema.Type.STRING;
            case BYTES -> Schema.Type.BYTES;
            case FIXED -> Schema.Type.FIXED;
            case NUMBER -> throw new SchemaException("A logical type's Avro form can't be a NUMBER: use BYTES");
        };
    }
}
