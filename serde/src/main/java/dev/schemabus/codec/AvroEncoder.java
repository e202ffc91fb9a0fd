package dev.schemabus.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Avro binary from values: by the generated class if there is one, and by its plan where that fails, to say why. */
final class AvroEncoder<T> implements Encoder<T> {

    /** A number or a decimal is written eight bytes at a time, though fewer may count. */
    private static final int SLACK = 16;

    private final Class<T> type;
    private final WriteStep plan;
    private final @Nullable GeneratedWriter generated;
    private final Limits limits;

    /** Room for the next value, if the last one was larger than what {@link Scratch} keeps. A guess that threads may spoil. */
    private int expected;

    AvroEncoder(Class<T> type, WriteStep plan, @Nullable GeneratedWriter generated, Limits limits) {
        this.type = type;
        this.plan = plan;
        this.generated = generated;
        this.limits = limits;
    }

    @Override
    public byte[] encode(T value, int headroom) {
        AvroOutput out = Scratch.take();
        try {
            if (expected > out.bytes().length) {
                out.resize(expected);
            }
            return generated == null ? interpret(value, headroom, out) : generate(generated, value, headroom, out);
        } finally {
            Scratch.give(out);
        }
    }

    private byte[] generate(GeneratedWriter writer, T value, int headroom, AvroOutput out) {
        try {
            out.start(headroom, limits);
            byte[] to = out.bytes();
            int end = writer.write(value, out, to, headroom);
            return result(to, headroom, end);
        } catch (IndexOutOfBoundsException e) {
            return grow(headroom, out) ? generate(writer, value, headroom, out) : interpret(value, headroom, out);
        } catch (RuntimeException | StackOverflowError e) {
            return interpret(value, headroom, out);
        }
    }

    /** Writes by the plan, which knows the path to what is wrong. (If nothing is any more, somebody changed the value.) */
    private byte[] interpret(T value, int headroom, AvroOutput out) {
        try {
            out.start(headroom, limits);
            byte[] to = out.bytes();
            return result(to, headroom, plan.write(value, out, to, headroom));
        } catch (PathException e) {
            throw new MismatchedValueException(e.describe(type), e.path(), e.getCause() == null ? e : e.getCause());
        } catch (IndexOutOfBoundsException e) {
            if (grow(headroom, out)) {
                return interpret(value, headroom, out);
            }
            throw new MismatchedValueException(tooLong().describe(type), e);
        } catch (RuntimeException e) {
            throw new MismatchedValueException(
                    type.getSimpleName() + ": the value can't be read ("
                            + e.getClass().getSimpleName() + "): was it changed meanwhile?",
                    e);
        } catch (StackOverflowError e) {
            throw new MismatchedValueException(
                    type.getSimpleName() + ": the value is nested too deep to be written", e);
        }
    }

    private byte[] result(byte[] written, int headroom, int end) {
        if (end > Scratch.LARGEST_KEPT || expected > 0) {
            expected = end > Scratch.LARGEST_KEPT ? end + end / 4 : 0;
        }
        if (end - headroom > limits.valueBytes()) {
            throw tooLong();
        }
        return Arrays.copyOf(written, end);
    }

    /** Makes room, if there is less than the largest value needs. */
    private boolean grow(int headroom, AvroOutput out) {
        long most = Math.min((long) headroom + limits.valueBytes() + SLACK, Integer.MAX_VALUE - SLACK);
        int capacity = out.bytes().length;
        if (capacity >= most) {
            return false;
        }
        out.resize((int) Math.min(most, capacity * 4L));
        return true;
    }

    private PathException tooLong() {
        return new PathException(
                "takes more than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)");
    }
}
