package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plan for writing and reading a shape as JSON: a tree of nodes, made once. */
final class JsonPlan {

    /** Writes and reads the values of one shape. Throws {@link PathException} for a value that doesn't fit. */
    interface Node {
        void write(@Nullable Object value, JsonGenerator out) throws IOException;

        @Nullable
        Object read(JsonNode json);
    }

    private final Map<RecordShape, RecordNode> records = new HashMap<>();

    Node node(Shape shape) {
        if (shape instanceof Shape.OfScalar scalar) {
            return new ScalarNode(scalar.scalar());
        }
        if (shape instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().json();
            return new LogicalNode(logical.javaType(), form, new ScalarNode(form.scalar()));
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return new EnumNode(enumeration);
        }
        if (shape instanceof Shape.OfList list) {
            return new ListNode(list, node(list.element()));
        }
        if (shape instanceof Shape.OfMap map) {
            return new MapNode(map, node(map.value()));
        }
        if (shape instanceof Shape.OfOptional optional) {
            return new OptionalNode(optional, node(optional.value()));
        }
        if (shape instanceof Shape.OfUnion union) {
            List<RecordNode> branches =
                    union.branches().stream().map(this::record).toList();
            return new UnionNode(union, branches);
        }
        return record((RecordShape) shape);
    }

    private RecordNode record(RecordShape shape) {
        RecordNode known = records.get(shape);
        if (known != null) {
            return known;
        }
        RecordNode node = new RecordNode(shape);
        records.put(shape, node);
        shape.components().forEach(component -> node.components.add(node(component.shape())));
        return node;
    }

    private record ScalarNode(Scalar scalar) implements Node {
        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            switch (scalar) {
                case BOOLEAN -> out.writeBoolean(Values.required(Boolean.class, value));
                case INT -> out.writeNumber(Values.required(Integer.class, value));
                case LONG -> out.writeNumber(Values.required(Long.class, value));
                case FLOAT -> out.writeNumber(finite(Values.required(Float.class, value)));
                case DOUBLE -> out.writeNumber(finite(Values.required(Double.class, value)));
                case NUMBER -> out.writeNumber(Values.required(BigDecimal.class, value));
                case STRING -> out.writeString(Values.text(value));
                case BYTES -> out.writeBinary(Values.required(byte[].class, value));
                case FIXED -> throw noFixed();
            }
        }

        private static <N extends Number> N finite(N number) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new PathException("is " + number + ", which JSON can't write (RFC 8259, section 6)");
            }
            return number;
        }

        @Override
        public Object read(JsonNode json) {
            @Nullable
            Object value = switch (scalar) {
                case BOOLEAN -> json.isBoolean() ? json.booleanValue() : null;
                case INT -> json.canConvertToExactIntegral() && json.canConvertToInt() ? json.intValue() : null;
                case LONG -> json.canConvertToExactIntegral() && json.canConvertToLong() ? json.longValue() : null;
                case FLOAT -> json.isNumber() ? inRange(json.floatValue()) : null;
                case DOUBLE -> json.isNumber() ? inRange(json.doubleValue()) : null;
                case NUMBER -> json.isNumber() ? json.decimalValue() : null;
                case STRING -> json.textValue();
                case BYTES -> json.isTextual() ? bytes(json) : null;
                case FIXED -> throw noFixed();
            };
            if (value == null) {
                throw json.isNumber() && isWhole()
                        ? new PathException("is a number that " + scalar + " can't hold")
                        : unexpected(json, scalar.toString());
            }
            return value;
        }

        private static PathException noFixed() {
            return new PathException("has a FIXED as its JSON form: let its logical type use BYTES or STRING");
        }

        private boolean isWhole() {
            return scalar == Scalar.INT || scalar == Scalar.LONG;
        }

        private static <N extends Number> N inRange(N number) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new PathException("is a number beyond the range of its type");
            }
            return number;
        }

        private static byte[] bytes(JsonNode json) {
            try {
                return json.binaryValue();
            } catch (IOException e) {
                throw new PathException("is no Base64 text", e);
            }
        }
    }

    private record LogicalNode(Class<?> javaType, Representation<?, ?> form, Node scalar) implements Node {
        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            Object present = Values.required(value);
            Object plain;
            try {
                plain = form.toScalar(present);
            } catch (RuntimeException e) {
                throw new PathException(String.valueOf(e.getMessage()), e);
            }
            scalar.write(plain, out);
        }

        @Override
        public Object read(JsonNode json) {
            Object plain = Objects.requireNonNull(scalar.read(json));
            try {
                return form.fromScalar(plain);
            } catch (RuntimeException e) {
                throw new PathException("is no " + javaType.getSimpleName() + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class EnumNode implements Node {
        private final Shape.OfEnum shape;
        private final Map<String, Enum<?>> bySymbol = new HashMap<>();

        EnumNode(Shape.OfEnum shape) {
            this.shape = shape;
            shape.symbols().forEach((constant, symbol) -> bySymbol.put(symbol, constant));
        }

        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            out.writeString(shape.symbols().get(Values.required(shape.javaType(), value)));
        }

        @Override
        public Object read(JsonNode json) {
            Enum<?> constant = bySymbol.get(json.textValue());
            if (constant == null && json.isTextual()) {
                constant = shape.unknown().orElse(null);
            }
            if (constant == null) {
                throw unexpected(json, "one of " + shape.symbols().values());
            }
            return constant;
        }
    }

    private record ListNode(Shape.OfList shape, Node element) implements Node {
        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            out.writeStartArray();
            int index = 0;
            for (Object item : Values.elements(shape, value)) {
                try {
                    element.write(item, out);
                } catch (PathException e) {
                    throw e.under("[" + index + "]");
                }
                index++;
            }
            out.writeEndArray();
        }

        @Override
        public Object read(JsonNode json) {
            if (!json.isArray()) {
                throw unexpected(json, "an array");
            }
            List<@Nullable Object> values = new ArrayList<>(json.size());
            for (JsonNode item : json) {
                try {
                    values.add(element.read(item));
                } catch (PathException e) {
                    throw e.under("[" + values.size() + "]");
                }
            }
            return shape.of(values);
        }
    }

    private record MapNode(Shape.OfMap shape, Node element) implements Node {
        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            out.writeStartObject();
            Map<?, ?> map = Values.required(Map.class, value);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                try {
                    out.writeFieldName(Values.keyText(shape, entry.getKey()));
                    element.write(entry.getValue(), out);
                } catch (PathException e) {
                    throw e.under("{}");
                }
            }
            out.writeEndObject();
        }

        @Override
        public Object read(JsonNode json) {
            requireObject(json);
            Map<Object, @Nullable Object> values = new LinkedHashMap<>();
            json.properties().forEach(entry -> {
                try {
                    Values.put(values, shape, entry.getKey(), element.read(entry.getValue()));
                } catch (PathException e) {
                    throw e.under("{}");
                }
            });
            return Collections.unmodifiableMap(values);
        }
    }

    private record OptionalNode(Shape.OfOptional shape, Node present) implements Node {
        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            Object inner = Values.open(shape, value);
            if (inner == null) {
                out.writeNull();
            } else {
                present.write(inner, out);
            }
        }

        @Override
        public @Nullable Object read(JsonNode json) {
            Object inner = json.isNull() || json.isMissingNode() ? null : present.read(json);
            return shape.close(inner);
        }

        boolean isAbsent(@Nullable Object value) {
            return Values.open(shape, value) == null;
        }
    }

    /** A sealed value: the record's properties, and one that names the branch. */
    private record UnionNode(Shape.OfUnion shape, List<RecordNode> branches) implements Node {
        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            Object present = Values.required(shape.javaType(), value);
            RecordNode branch = branches.get(shape.branchOf(present.getClass()));
            out.writeStartObject();
            out.writeStringField(Shape.OfUnion.DISCRIMINATOR, Shape.OfUnion.branchName(branch.shape));
            branch.writeProperties(present, out);
            out.writeEndObject();
        }

        @Override
        public Object read(JsonNode json) {
            requireObject(json);
            String wanted = json.path(Shape.OfUnion.DISCRIMINATOR).asText();
            for (RecordNode branch : branches) {
                if (Shape.OfUnion.isBranch(branch.shape, wanted)) {
                    return branch.read(json);
                }
            }
            throw new PathException("has no property " + Shape.OfUnion.DISCRIMINATOR + " that names one of "
                    + branches.stream()
                            .map(b -> Shape.OfUnion.branchName(b.shape))
                            .toList());
        }
    }

    private static final class RecordNode implements Node {
        private final RecordShape shape;
        private final List<Node> components = new ArrayList<>();

        RecordNode(RecordShape shape) {
            this.shape = shape;
        }

        @Override
        public void write(@Nullable Object value, JsonGenerator out) throws IOException {
            Object record = Values.required(shape.javaType(), value);
            out.writeStartObject();
            writeProperties(record, out);
            out.writeEndObject();
        }

        void writeProperties(Object record, JsonGenerator out) throws IOException {
            for (int i = 0; i < components.size(); i++) {
                Component component = shape.components().get(i);
                Node node = components.get(i);
                try {
                    Object value = Values.component(component, record);
                    if (node instanceof OptionalNode optional && optional.isAbsent(value)) {
                        continue;
                    }
                    out.writeFieldName(component.name());
                    node.write(value, out);
                } catch (PathException e) {
                    throw e.under("." + component.javaName());
                }
            }
        }

        @Override
        public Object read(JsonNode json) {
            requireObject(json);
            @Nullable Object[] values = new @Nullable Object[components.size()];
            for (int i = 0; i < values.length; i++) {
                Component component = shape.components().get(i);
                try {
                    values[i] = component(component, components.get(i), json);
                } catch (PathException e) {
                    throw e.under("." + component.javaName());
                }
            }
            return Values.create(shape, values);
        }

        private static @Nullable Object component(Component component, Node node, JsonNode json) {
            JsonNode property = json.path(component.name());
            for (int i = 0; property.isMissingNode() && i < component.aliases().size(); i++) {
                property = json.path(component.aliases().get(i));
            }
            if (!property.isMissingNode()) {
                return node.read(property);
            }
            if (component.defaultValue().isPresent()) {
                return Values.fresh(component.shape(), component.defaultValue().get());
            }
            if (node instanceof OptionalNode) {
                return node.read(MissingNode.getInstance());
            }
            throw new PathException("is missing, and required");
        }
    }

    private static void requireObject(JsonNode json) {
        if (!json.isObject()) {
            throw unexpected(json, "an object");
        }
    }

    private static PathException unexpected(JsonNode json, String wanted) {
        return new PathException("is JSON " + json.getNodeType() + ", and " + wanted + " is wanted");
    }
}
