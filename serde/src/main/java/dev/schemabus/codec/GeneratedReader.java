package dev.schemabus.codec;

import dev.schemabus.schema.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Internal: what the class generated for a record extends, to read it. Public only because that class stands in the record's
 * package. {@link #read} throws whatever happens on the way; {@link AvroInterpreter} then finds out what is wrong and where.
 */
public abstract class GeneratedReader implements Decoder<Object> {

    private @Nullable AvroInterpreter<?> plan;

    /** For generated classes. */
    protected GeneratedReader() {}

    /** Makes it a decoder; before, it only reads. */
    void follow(AvroInterpreter<?> interpreter) {
        plan = interpreter;
    }

    private AvroInterpreter<?> plan() {
        return Objects.requireNonNull(plan, "not a decoder yet");
    }

    /** Reads a record. */
    public abstract Object read(AvroInput in);

    /** A decoder overrides this with what {@link #read} does: then there is one method from the bytes to the value. */
    @Override
    public Object decode(byte[] bytes, int offset, int length) {
        try {
            AvroInput in = new AvroInput(bytes, offset, length, limits(bytes, offset, length));
            Object value = read(in);
            in.requireEnd();
            return value;
        } catch (RuntimeException | StackOverflowError e) {
            return again(bytes, offset, length);
        }
    }

    /** The limits, for a payload within them and its array. */
    protected final Limits limits(byte[] bytes, int offset, int length) {
        return plan().limits(bytes, offset, length);
    }

    /** The same where reading has failed; throws what says why. */
    protected final Object again(byte[] bytes, int offset, int length) {
        return plan().decode(bytes, offset, length);
    }

    /** The constant of an enum for the index of a symbol. */
    public static Object constant(@Nullable Object[] constants, int index) {
        return Objects.requireNonNull(constants[index]);
    }

    /**
     * How long an array becomes that is too short: longer than needed, or a list in many small blocks would be copied for each.
     *
     * @param length how long it is
     * @param needed how long it must be; more than that
     */
    public static int capacity(int length, int needed) {
        return Math.max(needed, length + (length >> 1));
    }

    /** A list of these items, which must not change afterwards. */
    public static List<@Nullable Object> list(@Nullable Object[] items) {
        return Collections.unmodifiableList(Arrays.asList(items));
    }

    /**
     * A set or an array of these items.
     *
     * @param shape a {@link Shape.OfList}
     */
    public static Object collection(Object shape, @Nullable Object[] items) {
        return ((Shape.OfList) shape).of(Arrays.asList(items));
    }

    /** A map with room for so many entries. */
    public static Map<Object, @Nullable Object> map(int entries) {
        return new LinkedHashMap<>((int) Math.min(1L << 30, entries * 4L / 3 + 1));
    }

    /**
     * A map that can't be changed.
     *
     * @param entries how many were read: if the map has fewer, a key came twice
     */
    public static Map<Object, @Nullable Object> sealed(Map<Object, @Nullable Object> map, int entries) {
        if (map.size() != entries) {
            throw new IllegalStateException("a key came twice");
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Passes over what is not wanted.
     *
     * @param step a {@link SkipStep}
     */
    public static void skip(Object step, AvroInput in) {
        ((SkipStep) step).skip(in);
    }

    /** Stands for a record within itself until that is generated. */
    static final class Late extends GeneratedReader {
        private @Nullable GeneratedReader target;

        void bind(GeneratedReader made) {
            target = made;
        }

        @Override
        public Object read(AvroInput in) {
            return Objects.requireNonNull(target, "used before it was generated")
                    .read(in);
        }
    }
}
