package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan for writing a shape under a writer schema: which part of the value goes where. Made once by {@link AvroWritePlan}.
 */
@SuppressWarnings("ArrayRecordComponent") // steps are never compared, and generated code wants the array
sealed interface WriteStep {

    /** Writes a value; throws {@link PathException} if it doesn't fit. */
    void write(@Nullable Object value, AvroOutput out);

    /**
     * A plain value.
     *
     * @param scalar what it is
     * @param wire as what it is written; another one if it is promoted
     * @param size the number of bytes if it is a FIXED, else 0
     */
    record OfScalar(Scalar scalar, Scalar wire, int size) implements WriteStep {

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            switch (scalar) {
                case BOOLEAN -> out.writeBoolean(Values.required(Boolean.class, value));
                case INT -> number(Values.required(Integer.class, value), out);
                case LONG -> number(Values.required(Long.class, value), out);
                case FLOAT -> number(Values.required(Float.class, value), out);
                case DOUBLE -> number(Values.required(Double.class, value), out);
                case STRING -> out.writeString(Values.required(String.class, value));
                case BYTES -> out.writeBytes(Values.required(byte[].class, value));
                case FIXED -> out.writeFixed(Values.required(byte[].class, value), size);
                case NUMBER -> throw new AssertionError("Avro has no such scalar");
            }
        }

        private void number(Number number, AvroOutput out) {
            switch (wire) {
                case INT -> out.writeInt(number.intValue());
                case LONG -> out.writeLong(number.longValue());
                case FLOAT -> out.writeFloat(number.floatValue());
                case DOUBLE -> out.writeDouble(number.doubleValue());
                default -> throw new AssertionError("no number is written as " + wire);
            }
        }
    }

    /** A value behind a {@link dev.schemabus.schema.LogicalType}. */
    record OfLogical(Shape.OfLogical shape, OfScalar plain) implements WriteStep {

        Representation<?, ?> form() {
            return shape.forms().avro();
        }

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            Object present = Values.required(value);
            Object encoded;
            try {
                encoded = form().toScalar(present);
            } catch (RuntimeException e) {
                throw new PathException(String.valueOf(e.getMessage()), e);
            }
            plain.write(encoded, out);
        }
    }

    /**
     * An enum.
     *
     * @param indexes the writer's index by ordinal, or -1 for a constant that its schema doesn't know
     */
    @SuppressWarnings("EnumOrdinal") // the ordinals of this run, for an array made in it
    record OfEnum(Shape.OfEnum shape, int[] indexes) implements WriteStep {

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            Object present = Values.required(value);
            if (!(present instanceof Enum<?> constant) || constant.getDeclaringClass() != shape.javaType()) {
                throw new PathException("is a " + present.getClass().getName() + ", not a "
                        + shape.javaType().getName());
            }
            int index = indexes[constant.ordinal()];
            if (index < 0) {
                throw new PathException("the writer schema doesn't know the symbol " + constant);
            }
            out.writeInt(index);
        }

        /** Whether indexes are ordinals. */
        boolean isPlain() {
            for (int i = 0; i < indexes.length; i++) {
                if (indexes[i] != i) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A list, set or array. */
    record OfList(Shape.OfList shape, WriteStep element) implements WriteStep {

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            out.enter();
            Collection<?> list = Values.elements(shape, value);
            int left = list.size();
            out.writeItems(left);
            int index = 0;
            for (Object item : list) {
                try {
                    element.write(item, out);
                } catch (PathException e) {
                    throw e.under("[" + index + "]");
                }
                index++;
            }
            out.writeEnd(left - index);
            out.leave();
        }
    }

    /** A map. */
    record OfMap(Shape.OfMap shape, WriteStep value) implements WriteStep {

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            out.enter();
            Map<?, ?> map = Values.required(Map.class, value);
            int left = map.size();
            out.writeItems(left);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                try {
                    out.writeString(Values.keyText(shape, entry.getKey()));
                    this.value.write(entry.getValue(), out);
                } catch (PathException e) {
                    throw e.under("{}");
                }
                left--;
            }
            out.writeEnd(left);
            out.leave();
        }
    }

    /**
     * An optional value under a union.
     *
     * @param absent the index of null, or -1 if the writer's union has none
     */
    record OfOptional(Shape.OfOptional shape, int absent, WriteStep present) implements WriteStep {

        static final String NO_NULL = "is absent, and the writer schema has no null there";

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            Object inner = Values.open(shape, value);
            if (inner != null) {
                present.write(inner, out);
            } else if (absent < 0) {
                throw new PathException(NO_NULL);
            } else {
                out.writeInt(absent);
            }
        }
    }

    /** One branch of a union. */
    record Branch(int index, WriteStep step) implements WriteStep {

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            Values.required(value);
            out.writeInt(index);
            step.write(value, out);
        }
    }

    /** A sealed value: one of several records, told by its class. */
    record OfSealed(Shape.OfUnion shape, List<WriteStep> branches) implements WriteStep {

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            Object present = Values.required(shape.javaType(), value);
            branches.get(shape.branchOf(present.getClass())).write(present, out);
        }
    }

    /** A record. A class of its own, because a record may contain itself: its fields are known only after it is. */
    final class OfRecord implements WriteStep {

        /**
         * A field of the writer's schema.
         *
         * @param component what is written, or null if the record hasn't got it
         * @param value how it is written, if the record has it
         * @param constant the bytes of the writer schema's default, if the record hasn't got it
         */
        record Field(
                @Nullable Component component, @Nullable WriteStep value, byte @Nullable [] constant) {}

        private final RecordShape shape;
        private List<Field> fields = List.of();

        OfRecord(RecordShape shape) {
            this.shape = shape;
        }

        void complete(List<Field> all) {
            fields = List.copyOf(all);
        }

        RecordShape shape() {
            return shape;
        }

        List<Field> fields() {
            return fields;
        }

        @Override
        public void write(@Nullable Object value, AvroOutput out) {
            out.enter();
            Object record = Values.required(shape.javaType(), value);
            for (Field field : fields) {
                Component component = field.component();
                if (component == null || field.value() == null) {
                    out.writeRaw(Objects.requireNonNull(field.constant()));
                    continue;
                }
                try {
                    field.value().write(Values.component(component, record), out);
                } catch (PathException e) {
                    throw e.under("." + component.javaName());
                }
            }
            out.leave();
        }
    }
}
