package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * The plan for writing a shape under a writer schema: a tree of nodes, made once. Throws {@link PathException} while
 * planning if the shape can't be written under that schema.
 */
final class AvroWriting {

    @FunctionalInterface
    interface Node {
        void write(@Nullable Object value, Encoder out) throws IOException;
    }

    private record RecordKey(RecordShape shape, String writerName) {}

    private final Map<RecordKey, RecordNode> records = new HashMap<>();

    Node node(Shape shape, Schema writer) {
        if (writer.getType() == Schema.Type.UNION) {
            return union(shape, writer);
        }
        if (shape instanceof Shape.OfScalar scalar) {
            return plain(scalar.scalar(), writer);
        }
        if (shape instanceof Shape.OfLogical logical) {
            return logical(logical, writer);
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return enumeration(enumeration, writer);
        }
        if (shape instanceof Shape.OfList list) {
            requireType(writer, Schema.Type.ARRAY, shape);
            return listNode(list, node(list.element(), writer.getElementType()));
        }
        if (shape instanceof Shape.OfMap map) {
            requireType(writer, Schema.Type.MAP, shape);
            return mapNode(map, node(map.value(), writer.getValueType()));
        }
        if (shape instanceof RecordShape record) {
            return record(record, writer);
        }
        throw new PathException(
                "an optional or sealed value needs a union, and the writer schema has " + writer.getType());
    }

    private Node record(RecordShape shape, Schema writer) {
        requireType(writer, Schema.Type.RECORD, shape);
        RecordKey key = new RecordKey(shape, writer.getFullName());
        RecordNode known = records.get(key);
        if (known != null) {
            return known;
        }
        RecordNode node = new RecordNode(shape.javaType());
        records.put(key, node);
        try {
            writer.getFields().forEach(field -> node.fields.add(field(shape, field)));
        } catch (PathException e) {
            // A union may have another branch to try: no half-made plan must be left for later uses of this record.
            records.remove(key);
            throw e;
        }
        return node;
    }

    private FieldNode field(RecordShape shape, Schema.Field field) {
        Optional<Component> component = shape.components().stream()
                .filter(c -> c.name().equals(field.name()) || c.aliases().contains(field.name()))
                .findFirst();
        if (component.isEmpty()) {
            return new FieldNode(null, absent(field));
        }
        try {
            return new FieldNode(component.get(), node(component.get().shape(), field.schema()));
        } catch (PathException e) {
            throw e.under("." + component.get().javaName());
        }
    }

    /** A field that the type doesn't have is written with the writer schema's own default. */
    private static Node absent(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            throw new PathException("the writer schema requires '" + field.name()
                    + "', which the record doesn't have: add the component");
        }
        Object value = GenericData.get().getDefaultValue(field);
        GenericDatumWriter<Object> writer = new GenericDatumWriter<>(field.schema());
        return (ignored, out) -> writer.write(value, out);
    }

    private Node union(Shape shape, Schema writer) {
        List<Schema> branches = writer.getTypes();
        if (shape instanceof Shape.OfOptional optional) {
            int absent = writer.getIndexNamed("null") == null ? -1 : writer.getIndexNamed("null");
            Node present = union(optional.value(), writer);
            return (value, out) -> {
                Object inner = Values.open(optional, value);
                if (inner != null) {
                    present.write(inner, out);
                } else if (absent < 0) {
                    throw new PathException("is absent, and the writer schema has no null there");
                } else {
                    out.writeIndex(absent);
                }
            };
        }
        if (shape instanceof Shape.OfUnion sealed) {
            Map<Class<?>, Node> byClass = new HashMap<>();
            for (RecordShape branch : sealed.branches()) {
                byClass.put(branch.javaType(), branch(branch, branches));
            }
            return (value, out) -> {
                Node branch = byClass.get(Values.required(value).getClass());
                Objects.requireNonNull(branch, "a sealed interface permits no other class")
                        .write(value, out);
            };
        }
        return branch(shape, branches);
    }

    private Node branch(Shape shape, List<Schema> branches) {
        @Nullable PathException last = null;
        for (int i = 0; i < branches.size(); i++) {
            Schema branch = branches.get(i);
            if (branch.getType() == Schema.Type.NULL || isOtherRecord(shape, branch)) {
                continue;
            }
            try {
                int index = i;
                Node node = node(shape, branch);
                return (value, out) -> {
                    Values.required(value);
                    out.writeIndex(index);
                    node.write(value, out);
                };
            } catch (PathException e) {
                last = e;
            }
        }
        throw last != null
                ? last
                : new PathException("the writer schema's union has no branch for "
                        + shape.javaType().getSimpleName());
    }

    private static boolean isOtherRecord(Shape shape, Schema branch) {
        return shape instanceof RecordShape record
                && branch.getType() == Schema.Type.RECORD
                && !branch.getFullName().equals(record.fullName())
                && !record.aliases().contains(branch.getFullName());
    }

    private static Node plain(Scalar scalar, Schema writer) {
        Schema.Type type = writer.getType();
        return switch (scalar) {
            case BOOLEAN -> {
                requireType(writer, Schema.Type.BOOLEAN, scalar);
                yield (value, out) -> out.writeBoolean(Values.required(Boolean.class, value));
            }
            case INT ->
                switch (type) {
                    case INT -> (value, out) -> out.writeInt(Values.required(Integer.class, value));
                    case LONG -> (value, out) -> out.writeLong(Values.required(Integer.class, value));
                    case DOUBLE -> (value, out) -> out.writeDouble(Values.required(Integer.class, value));
                    default -> throw mismatch(writer, scalar);
                };
            case LONG -> {
                requireType(writer, Schema.Type.LONG, scalar);
                yield (value, out) -> out.writeLong(Values.required(Long.class, value));
            }
            case FLOAT ->
                switch (type) {
                    case FLOAT -> (value, out) -> out.writeFloat(Values.required(Float.class, value));
                    case DOUBLE -> (value, out) -> out.writeDouble(Values.required(Float.class, value));
                    default -> throw mismatch(writer, scalar);
                };
            case DOUBLE -> {
                requireType(writer, Schema.Type.DOUBLE, scalar);
                yield (value, out) -> out.writeDouble(Values.required(Double.class, value));
            }
            case STRING -> {
                requireType(writer, Schema.Type.STRING, scalar);
                yield (value, out) -> out.writeString(Values.text(value));
            }
            case BYTES -> {
                requireType(writer, Schema.Type.BYTES, scalar);
                yield (value, out) -> out.writeBytes(Values.required(byte[].class, value));
            }
            case FIXED, NUMBER -> throw mismatch(writer, scalar);
        };
    }

    private static Node fixed(Representation.FixedType type, Schema writer) {
        requireType(writer, Schema.Type.FIXED, type);
        int size = writer.getFixedSize();
        // Which namespace a fixed is in doesn't matter (specification, "Schema Resolution").
        String name = type.fullName().substring(type.fullName().lastIndexOf('.') + 1);
        if (!name.equals(writer.getName()) || type.size() != size) {
            throw new PathException("the writer schema has the fixed type " + writer.getFullName() + " of " + size
                    + " bytes, the type " + type.fullName() + " of " + type.size());
        }
        return (value, out) -> {
            byte[] bytes = Values.required(byte[].class, value);
            if (bytes.length != size) {
                throw new PathException("its logical type gives " + bytes.length + " bytes for the fixed type "
                        + type.fullName() + " of " + size);
            }
            out.writeFixed(bytes);
        };
    }

    private static Node logical(Shape.OfLogical logical, Schema writer) {
        Representation<?, ?> form = logical.forms().avro();
        for (Map.Entry<String, Object> attribute : form.attributes().entrySet()) {
            if (!attribute.getValue().equals(writer.getObjectProp(attribute.getKey()))) {
                throw new PathException("the writer schema says " + attribute.getKey() + " "
                        + writer.getObjectProp(attribute.getKey()) + ", the type " + attribute.getValue()
                        + ": writing would change the meaning");
            }
        }
        Node plain = form.fixedType().map(type -> fixed(type, writer)).orElseGet(() -> plain(form.scalar(), writer));
        return (value, out) -> {
            Object present = Values.required(value);
            Object encoded;
            try {
                encoded = form.toScalar(present);
            } catch (RuntimeException e) {
                throw new PathException(String.valueOf(e.getMessage()), e);
            }
            plain.write(encoded, out);
        };
    }

    private static Node enumeration(Shape.OfEnum shape, Schema writer) {
        requireType(writer, Schema.Type.ENUM, shape);
        Map<Object, Integer> indexes = new HashMap<>();
        shape.symbols().forEach((constant, symbol) -> {
            if (writer.hasEnumSymbol(symbol)) {
                indexes.put(constant, writer.getEnumOrdinal(symbol));
            }
        });
        return (value, out) -> {
            Object constant = Values.required(value);
            Integer index = indexes.get(constant);
            if (index == null) {
                throw new PathException("the writer schema doesn't know the symbol " + constant);
            }
            out.writeEnum(index);
        };
    }

    private static Node listNode(Shape.OfList shape, Node element) {
        return (value, out) -> {
            Collection<?> list = Values.elements(shape, value);
            out.writeArrayStart();
            out.setItemCount(list.size());
            int index = 0;
            for (Object item : list) {
                out.startItem();
                try {
                    element.write(item, out);
                } catch (PathException e) {
                    throw e.under("[" + index + "]");
                }
                index++;
            }
            out.writeArrayEnd();
        };
    }

    private static Node mapNode(Shape.OfMap shape, Node element) {
        return (value, out) -> {
            Map<?, ?> map = Values.required(Map.class, value);
            out.writeMapStart();
            out.setItemCount(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.startItem();
                try {
                    out.writeString(Values.keyText(shape, entry.getKey()));
                    element.write(entry.getValue(), out);
                } catch (PathException e) {
                    throw e.under("{}");
                }
            }
            out.writeMapEnd();
        };
    }

    private record FieldNode(@Nullable Component component, Node node) {}

    private static final class RecordNode implements Node {
        private final Class<?> type;
        private final List<FieldNode> fields = new ArrayList<>();

        RecordNode(Class<?> type) {
            this.type = type;
        }

        @Override
        public void write(@Nullable Object value, Encoder out) throws IOException {
            Object record = Values.required(type, value);
            for (FieldNode field : fields) {
                Component component = field.component();
                if (component == null) {
                    field.node().write(null, out);
                    continue;
                }
                try {
                    field.node().write(Values.component(component, record), out);
                } catch (PathException e) {
                    throw e.under("." + component.javaName());
                }
            }
        }
    }

    private static void requireType(Schema writer, Schema.Type type, Object shape) {
        if (writer.getType() != type) {
            throw mismatch(writer, shape);
        }
    }

    private static PathException mismatch(Schema writer, Object shape) {
        return new PathException(
                "the writer schema has " + writer.getType() + ", which " + shape + " can't be written as");
    }
}
