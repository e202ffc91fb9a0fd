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
sealed interface WriteStep extends PlanStep {

    /**
     * Writes a value; throws {@link PathException} if it doesn't fit its schema, and {@link IndexOutOfBoundsException} if it
     * doesn't fit the array.
     *
     * @param at where to begin
     * @return the place after it
     */
    int write(@Nullable Object value, AvroOutput out, byte[] to, int at);

    /**
     * A plain value.
     *
     * @param scalar what it is
     * @param wire as what it is written; another one if it is promoted
     * @param size the number of bytes if it is a FIXED, else 0
     */
    record OfScalar(Scalar scalar, Scalar wire, int size) implements WriteStep {

        @Override
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            return switch (scalar) {
                case BOOLEAN -> AvroOutput.writeBoolean(to, at, Values.required(Boolean.class, value));
                case INT -> number(Values.required(Integer.class, value), to, at);
                case LONG -> number(Values.required(Long.class, value), to, at);
                case FLOAT -> number(Values.required(Float.class, value), to, at);
                case DOUBLE -> number(Values.required(Double.class, value), to, at);
                case STRING -> out.writeString(to, at, Values.required(String.class, value));
                case BYTES -> out.writeBytes(to, at, Values.required(byte[].class, value));
                case FIXED -> AvroOutput.writeFixed(to, at, Values.required(byte[].class, value), size);
                case NUMBER -> throw new AssertionError("Avro has no such scalar");
            };
        }

        private int number(Number number, byte[] to, int at) {
            return switch (wire) {
                case INT -> AvroOutput.writeInt(to, at, number.intValue());
                case LONG -> AvroOutput.writeLong(to, at, number.longValue());
                case FLOAT -> AvroOutput.writeFloat(to, at, number.floatValue());
                case DOUBLE -> AvroOutput.writeDouble(to, at, number.doubleValue());
                default -> throw new AssertionError("no number is written as " + wire);
            };
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** A value behind a {@link dev.schemabus.schema.LogicalType}. */
    record OfLogical(Shape.OfLogical shape, OfScalar plain) implements WriteStep {

        Representation<?, ?> form() {
            return shape.forms().avro();
        }

        @Override
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            Object present = Values.required(value);
            Object encoded;
            try {
                encoded = form().toScalar(present);
            } catch (RuntimeException e) {
                throw new PathException(String.valueOf(e.getMessage()), e);
            }
            return plain.write(encoded, out, to, at);
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
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
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            Object present = Values.required(value);
            if (!(present instanceof Enum<?> constant) || constant.getDeclaringClass() != shape.javaType()) {
                throw new PathException("is a " + present.getClass().getName() + ", not a "
                        + shape.javaType().getName());
            }
            int index = indexes[constant.ordinal()];
            if (index < 0) {
                throw new PathException("the writer schema doesn't know the symbol " + constant);
            }
            return AvroOutput.writeInt(to, at, index);
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

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** A list, set or array. */
    record OfList(Shape.OfList shape, WriteStep element) implements WriteStep {

        @Override
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            out.enter();
            Collection<?> list = Values.elements(shape, value);
            int left = list.size();
            int next = out.writeItems(to, at, left);
            int index = 0;
            for (Object item : list) {
                try {
                    next = element.write(item, out, to, next);
                } catch (PathException e) {
                    throw e.under("[" + index + "]");
                }
                index++;
            }
            out.leave();
            return AvroOutput.writeEnd(to, next, left - index);
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of(element);
        }

        @Override
        public boolean isLevel() {
            return true;
        }
    }

    /** A map. */
    record OfMap(Shape.OfMap shape, WriteStep value) implements WriteStep {

        @Override
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            out.enter();
            Map<?, ?> map = Values.required(Map.class, value);
            int left = map.size();
            int next = out.writeItems(to, at, left);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                try {
                    next = out.writeString(to, next, Values.keyText(shape, entry.getKey()));
                    next = this.value.write(entry.getValue(), out, to, next);
                } catch (PathException e) {
                    throw e.under("{}");
                }
                left--;
            }
            out.leave();
            return AvroOutput.writeEnd(to, next, left);
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of(value);
        }

        @Override
        public boolean isLevel() {
            return true;
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
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            Object inner = Values.open(shape, value);
            if (inner != null) {
                return present.write(inner, out, to, at);
            }
            if (absent < 0) {
                throw new PathException(NO_NULL);
            }
            return AvroOutput.writeInt(to, at, absent);
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of(present);
        }
    }

    /** One branch of a union. */
    record Branch(int index, WriteStep step) implements WriteStep {

        @Override
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            Values.required(value);
            return step.write(value, out, to, AvroOutput.writeInt(to, at, index));
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of(step);
        }
    }

    /** A sealed value: one of several records, told by its class. */
    record OfSealed(Shape.OfUnion shape, List<WriteStep> branches) implements WriteStep {

        @Override
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            Object present = Values.required(shape.javaType(), value);
            return branches.get(shape.branchOf(present.getClass())).write(present, out, to, at);
        }

        @Override
        public List<? extends PlanStep> parts() {
            return branches;
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
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            out.enter();
            Object record = Values.required(shape.javaType(), value);
            int next = at;
            for (Field field : fields) {
                Component component = field.component();
                if (component == null || field.value() == null) {
                    next = AvroOutput.writeRaw(to, next, Objects.requireNonNull(field.constant()));
                    continue;
                }
                try {
                    next = field.value().write(Values.component(component, record), out, to, next);
                } catch (PathException e) {
                    throw e.under("." + component.javaName());
                }
            }
            out.leave();
            return next;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return fields.stream().map(Field::value).filter(Objects::nonNull).toList();
        }

        @Override
        public boolean isLevel() {
            return true;
        }
    }
}
