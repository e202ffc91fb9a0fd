package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan for reading a shape from one writer schema: what is in the bytes, in their order, and what becomes of it. Made once by
 * {@link AvroReadPlan}.
 */
@SuppressWarnings("ArrayRecordComponent") // steps are never compared, and generated code wants the array
sealed interface ReadStep extends PlanStep {

    /** Reads a value; throws {@link PathException} if there is none. */
    @Nullable
    Object read(AvroInput in);

    /** The fewest bytes it reads. */
    int leastBytes();

    /**
     * A plain value.
     *
     * @param wire as what it was written
     * @param scalar as what it is read; another one if the writer's type is promoted
     * @param size the number of bytes if it is a FIXED, else 0
     */
    record OfScalar(Scalar wire, Scalar scalar, int size) implements ReadStep {

        @Override
        public Object read(AvroInput in) {
            try {
                return promoted(plain(in));
            } catch (IndexOutOfBoundsException e) {
                throw PlannedReads.endsTooEarly(e);
            }
        }

        private Object plain(AvroInput in) {
            return switch (wire) {
                case BOOLEAN -> in.readBoolean();
                case INT -> in.readInt();
                case LONG -> in.readLong();
                case FLOAT -> in.readFloat();
                case DOUBLE -> in.readDouble();
                // The text and its bytes are written alike.
                case STRING, BYTES -> scalar == Scalar.STRING ? in.readString() : in.readBytes();
                case FIXED -> in.readFixed(size);
                case NUMBER -> throw new AssertionError("Avro has no such scalar");
            };
        }

        private Object promoted(Object plain) {
            if (wire == scalar || !(plain instanceof Number number)) {
                return plain;
            }
            return switch (scalar) {
                case LONG -> number.longValue();
                case FLOAT -> number.floatValue();
                case DOUBLE -> number.doubleValue();
                default -> throw new AssertionError("no number is promoted to " + scalar);
            };
        }

        @Override
        public int leastBytes() {
            return switch (wire) {
                case FLOAT -> Float.BYTES;
                case DOUBLE -> Double.BYTES;
                case FIXED -> size;
                default -> 1;
            };
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** A value behind a {@link dev.schemabus.schema.LogicalType}. */
    record OfLogical(Shape.OfLogical shape, OfScalar plain) implements ReadStep {

        Representation<?, ?> form() {
            return shape.forms().avro();
        }

        @Override
        public Object read(AvroInput in) {
            Object scalar = plain.read(in);
            try {
                return form().fromScalar(scalar);
            } catch (RuntimeException e) {
                throw new PathException("is no " + shape.javaType().getSimpleName() + ": " + e.getMessage(), e);
            }
        }

        @Override
        public int leastBytes() {
            return plain.leastBytes();
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /**
     * An enum.
     *
     * @param symbols the writer's
     * @param constants what they are read as, in the same order; null for one that the type doesn't know
     */
    record OfEnum(
            Shape.OfEnum shape,
            List<String> symbols,
            @Nullable Enum<?>[] constants) implements ReadStep {

        @Override
        public Object read(AvroInput in) {
            int index = PlannedReads.index(in, constants.length, "symbols of the writer's enum");
            Enum<?> constant = constants[index];
            if (constant == null) {
                throw new PathException("the symbol " + symbols.get(index) + " is none of "
                        + shape.symbols().values() + ": add the constant, or mark one with @EnumDefault");
            }
            return constant;
        }

        @Override
        public int leastBytes() {
            return 1;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** A list, set or array. */
    record OfList(Shape.OfList shape, ReadStep element) implements ReadStep {

        @Override
        public Object read(AvroInput in) {
            ItemBuffer items = PlannedReads.items(in, element.leastBytes(), element::read);
            return shape.of(items.toList());
        }

        @Override
        public int leastBytes() {
            return 1;
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
    record OfMap(Shape.OfMap shape, ReadStep value) implements ReadStep {

        /** The fewest bytes of an entry. */
        int leastEntryBytes() {
            return PlannedReads.leastEntryBytes(value.leastBytes());
        }

        @Override
        public Object read(AvroInput in) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            PlannedReads.entries(in, leastEntryBytes(), key -> Values.put(entries, shape, key, value.read(in)));
            return Collections.unmodifiableMap(entries);
        }

        @Override
        public int leastBytes() {
            return 1;
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

    /** The null of an optional value. */
    record Absent(Shape.OfOptional shape) implements ReadStep {

        @Override
        public @Nullable Object read(AvroInput in) {
            return shape.close(null);
        }

        @Override
        public int leastBytes() {
            return 0;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** An optional value that is there. */
    record Present(Shape.OfOptional shape, ReadStep value) implements ReadStep {

        @Override
        public @Nullable Object read(AvroInput in) {
            return shape.close(value.read(in));
        }

        @Override
        public int leastBytes() {
            return value.leastBytes();
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of(value);
        }
    }

    /** A union of the writer's. */
    record OfUnion(List<ReadStep> branches) implements ReadStep {

        @Override
        public @Nullable Object read(AvroInput in) {
            int index = PlannedReads.index(in, branches.size(), "branches of the writer's union");
            return branches.get(index).read(in);
        }

        @Override
        public int leastBytes() {
            return 1;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return branches;
        }
    }

    /** What can't be read: an error only for values that have it. */
    record Refusal(String path, String problem) implements ReadStep {

        @Override
        public Object read(AvroInput in) {
            throw new PathException(problem).under(path);
        }

        @Override
        public int leastBytes() {
            return 0;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** The value of a component that the writer didn't have. */
    record OfDefault(Shape shape, Object value) implements ReadStep {

        @Override
        public Object read(AvroInput in) {
            return fresh();
        }

        /** Who changes an array in there must not change it for all others. */
        Object fresh() {
            return Values.fresh(shape, value);
        }

        @Override
        public int leastBytes() {
            return 0;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** A record. A class of its own, because a record may contain itself: its fields are known only after it is. */
    final class OfRecord implements ReadStep {

        /**
         * What is done at one place.
         *
         * @param component the index of the component it makes, or -1 if it is passed over
         */
        record Field(
                int component,
                @Nullable ReadStep value,
                @Nullable SkipStep skipped) {

            PlanStep step() {
                return value != null ? value : Objects.requireNonNull(skipped);
            }
        }

        private final RecordShape shape;
        private List<Field> fields = List.of();
        private int leastBytes;

        OfRecord(RecordShape shape) {
            this.shape = shape;
        }

        /** @param all in the order of the bytes; those that come from defaults at the end */
        void complete(List<Field> all) {
            fields = List.copyOf(all);
            long least = 0;
            for (Field field : fields) {
                least += field.value() != null
                        ? field.value().leastBytes()
                        : Objects.requireNonNull(field.skipped()).leastBytes();
            }
            leastBytes = (int) Math.min(Integer.MAX_VALUE, least);
        }

        RecordShape shape() {
            return shape;
        }

        List<Field> fields() {
            return fields;
        }

        @Override
        public Object read(AvroInput in) {
            in.enter();
            List<Component> components = shape.components();
            @Nullable Object[] values = new @Nullable Object[components.size()];
            for (Field field : fields) {
                if (field.value() == null) {
                    skip(Objects.requireNonNull(field.skipped()), in);
                    continue;
                }
                try {
                    values[field.component()] = field.value().read(in);
                } catch (PathException e) {
                    throw e.under("." + components.get(field.component()).javaName());
                }
            }
            in.leave();
            return Values.create(shape, values);
        }

        private static void skip(SkipStep step, AvroInput in) {
            try {
                step.skip(in);
            } catch (IndexOutOfBoundsException e) {
                throw PlannedReads.endsTooEarly(e);
            }
        }

        @Override
        public int leastBytes() {
            return leastBytes; // 0 while it is being planned, that is within itself
        }

        @Override
        public List<? extends PlanStep> parts() {
            return fields.stream().map(Field::step).toList();
        }

        @Override
        public boolean isLevel() {
            return true;
        }
    }
}
