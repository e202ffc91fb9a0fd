package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Builds Java values from Avro's generic ones, which already have the shape of the type's own schema. */
final class AvroReading {

    @FunctionalInterface
    interface Node {
        @Nullable
        Object read(@Nullable Object generic);
    }

    private final Map<RecordShape, RecordNode> records = new HashMap<>();

    Node node(Shape shape) {
        if (shape instanceof Shape.OfScalar) {
            return AvroReading::plain;
        }
        if (shape instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().avro();
            return generic -> {
                try {
                    return form.fromScalar(Objects.requireNonNull(plain(generic)));
                } catch (RuntimeException e) {
                    throw new PathException("is no " + logical.javaType().getSimpleName() + ": " + e.getMessage(), e);
                }
            };
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            Map<String, Enum<?>> bySymbol = new HashMap<>();
            enumeration.symbols().forEach((constant, symbol) -> bySymbol.put(symbol, constant));
            return generic -> bySymbol.get(String.valueOf(generic));
        }
        if (shape instanceof Shape.OfList list) {
            Node element = node(list.element());
            return generic -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (Object item : (List<?>) Objects.requireNonNull(generic)) {
                    try {
                        values.add(element.read(item));
                    } catch (PathException e) {
                        throw e.under("[" + values.size() + "]");
                    }
                }
                return list.of(values);
            };
        }
        if (shape instanceof Shape.OfMap map) {
            Node element = node(map.value());
            return generic -> {
                Map<Object, @Nullable Object> values = new LinkedHashMap<>();
                ((Map<?, ?>) Objects.requireNonNull(generic)).forEach((key, value) -> {
                    try {
                        Values.put(values, map, String.valueOf(key), element.read(value));
                    } catch (PathException e) {
                        throw e.under("{}");
                    }
                });
                return Collections.unmodifiableMap(values);
            };
        }
        if (shape instanceof Shape.OfOptional optional) {
            Node present = node(optional.value());
            return generic -> optional.close(generic == null ? null : present.read(generic));
        }
        if (shape instanceof Shape.OfUnion union) {
            Map<String, Node> byName = new HashMap<>();
            union.branches().forEach(branch -> byName.put(branch.fullName(), node(branch)));
            return generic -> {
                GenericRecord record = (GenericRecord) Objects.requireNonNull(generic);
                Node branch = byName.get(record.getSchema().getFullName());
                return Objects.requireNonNull(branch, "resolved to a branch of the type's own schema")
                        .read(record);
            };
        }
        return record((RecordShape) shape);
    }

    private Node record(RecordShape shape) {
        RecordNode known = records.get(shape);
        if (known != null) {
            return known;
        }
        RecordNode node = new RecordNode(shape);
        records.put(shape, node);
        shape.components().forEach(component -> node.components.add(node(component.shape())));
        return node;
    }

    private static @Nullable Object plain(@Nullable Object generic) {
        if (generic instanceof CharSequence text) {
            return text.toString();
        }
        if (generic instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        if (generic instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        return generic;
    }

    private static final class RecordNode implements Node {
        private final RecordShape shape;
        private final List<Node> components = new ArrayList<>();

        RecordNode(RecordShape shape) {
            this.shape = shape;
        }

        @Override
        public Object read(@Nullable Object generic) {
            GenericRecord record = (GenericRecord) Objects.requireNonNull(generic);
            @Nullable Object[] values = new @Nullable Object[components.size()];
            for (int i = 0; i < values.length; i++) {
                Component component = shape.components().get(i);
                try {
                    values[i] = components.get(i).read(record.get(i));
                } catch (PathException e) {
                    throw e.under("." + component.javaName());
                }
            }
            return Values.create(shape, values);
        }
    }
}
