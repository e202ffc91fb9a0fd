package dev.schemabus.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Avro binary from values: by the generated class if there is one, and by its plan where that fails, to say why. */
final class AvroEncoder<T> implements Encoder<T> {

    /** A number or a decimal is written eight bytes at a time, though fewer may count. */
    private static final int SLACK = 16;

    /**
     * How often the generated class may find the array too small. It can't tell that from an accessor's own {@link IndexOutOfBoundsException}; the
     * plan can, and does it from then on.
     */
    private static final int TRIES = 4;

    private final Class<T> type;
    private final WriteStep plan;
    private final @Nullable GeneratedWriter generated;
    private final Limits limits;

    /** For values in which there is nothing to count. */
    private final @Nullable AvroOutput countless;

    /** Room for the next value, if the last one was larger than what {@link Scratch} keeps. A guess that threads may spoil. */
    private int expected;

    AvroEncoder(Class<T> type, WriteStep plan, @Nullable GeneratedWriter generated, Limits limits) {
        this.type = type;
        this.plan = plan;
        this.generated = generated;
        this.limits = limits;
        this.countless = generated == null || Nesting.mayCount(plan, limits.depth()) ? null : new AvroOutput(limits);
    }

    @Override
    public byte[] encode(T value, int headroom) {
        int start = Scratch.START + headroom;
        byte[] taken = Scratch.take();
        int wanted = expected; // once: another thread may change it
        byte[] to = wanted > taken.length ? new byte[wanted] : taken;
        GeneratedWriter writer = generated;
        try {
            for (int tries = 0; writer != null && tries < TRIES; tries++) {
                try {
                    AvroOutput out = countless == null ? new AvroOutput(limits) : countless;
                    return result(to, headroom, writer.write(value, out, to, start));
                } catch (IndexOutOfBoundsException e) {
                    to = grown(to, headroom);
                } catch (RuntimeException | StackOverflowError e) {
                    writer = null;
                }
            }
            return interpret(value, headroom, to);
        } finally {
            Scratch.give(taken, to);
        }
    }

    /** Writes by the plan, which knows the path to what is wrong. (If nothing is any more, somebody changed the value.) */
    private byte[] interpret(T value, int headroom, byte[] first) {
        byte[] to = first;
        while (true) {
            try {
                return result(to, headroom, plan.write(value, new AvroOutput(limits), to, Scratch.START + headroom));
            } catch (PathException e) {
                throw new MismatchedValueException(e.describe(type), e.path(), e.getCause() == null ? e : e.getCause());
            } catch (IndexOutOfBoundsException e) {
                if (to.length >= most(headroom)) {
                    throw new MismatchedValueException(tooLong().describe(type), e);
                }
                to = grown(to, headroom);
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
    }

    private byte[] result(byte[] written, int headroom, int end) {
        int length = end - Scratch.START;
        if (length > Scratch.LARGEST_KEPT || expected > 0) {
            expected = length > Scratch.LARGEST_KEPT ? length + length / 4 : 0;
        }
        if (length - headroom > limits.valueBytes()) {
            throw tooLong();
        }
        byte[] result = Arrays.copyOfRange(written, Scratch.START, end);
        for (int i = 0; i < headroom; i++) {
            result[i] = 0; // what an earlier value left there
        }
        return result;
    }

    /** More room than this is never needed. */
    private int most(int headroom) {
        return (int) Math.min((long) Scratch.START + headroom + limits.valueBytes() + SLACK, Integer.MAX_VALUE - 1024);
    }

    private byte[] grown(byte[] tooSmall, int headroom) {
        return new byte[(int) Math.min(most(headroom), tooSmall.length * 4L)];
    }

    private PathException tooLong() {
        return new PathException(
                "takes more than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)");
    }
}
