package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/** Avro binary from values by their plan; and what a {@link GeneratedWriter} needs beside itself, which is also the answer to its failures. */
final class AvroEncoder<T> implements Encoder<T> {

    /** A number or a decimal is written eight bytes at a time, though fewer may count. */
    private static final int SLACK = 16;

    /** The smallest array that is any larger than what {@link Scratch} begins with. */
    private static final int LEAST_GROWN = 1 << 12;

    /**
     * How often a generated class may find the array too small. It can't tell that from an accessor's own {@link
     * IndexOutOfBoundsException}; the plan can, and does it from then on.
     */
    private static final int TRIES = 4;

    private final Class<T> type;
    private final WriteStep plan;
    private final Limits limits;

    /** For values in which there is nothing to count. */
    private final @Nullable AvroOutput countless;

    /** Room for the next value, if the last one was larger than what {@link Scratch} keeps. A guess that threads may spoil. */
    private int expected;

    AvroEncoder(Class<T> type, WriteStep plan, Limits limits) {
        this.type = type;
        this.plan = plan;
        this.limits = limits;
        this.countless = Nesting.mayCount(plan, limits.depth()) ? null : new AvroOutput(limits);
    }

    @Override
    public byte[] encode(T value, int headroom) {
        return interpret(value, headroom, room());
    }

    /** An array to write into, from {@link Scratch#START} on; given back by whoever ends the writing. */
    byte[] room() {
        int wanted = expected; // once: another thread may change it
        return wanted > 0 ? Scratch.larger(wanted) : Scratch.take();
    }

    /** What counts along while a value is written. */
    AvroOutput output() {
        return countless == null ? new AvroOutput(limits) : countless;
    }

    /**
     * The end of the writing by a generated class: gives the array back.
     *
     * @param end where it ended
     * @throws PathException if it was too much; then the array isn't given back yet
     */
    byte[] finish(byte[] written, int headroom, int end) {
        byte[] result = result(written, headroom, end);
        Scratch.give(written);
        return result;
    }

    private byte[] result(byte[] written, int headroom, int end) {
        int length = end - Scratch.START;
        if (length > Scratch.LARGEST_KEPT || expected > 0) {
            expected = length > Scratch.LARGEST_KEPT ? length + length / 4 : 0;
        }
        if (length > limits.valueBytes()) {
            throw tooLong();
        }
        byte[] result = new byte[headroom + length];
        System.arraycopy(written, Scratch.START, result, headroom, length);
        return result;
    }

    /**
     * Goes on where a generated class failed: with more room if that was it, then by the plan, which knows the path to what is
     * wrong.
     *
     * @param first the array in which it failed
     */
    byte[] again(GeneratedWriter writer, T value, int headroom, byte[] first, Throwable failure) {
        byte[] to = first;
        @Nullable Throwable last = failure;
        for (int tries = 1; last instanceof IndexOutOfBoundsException && tries < TRIES; tries++) {
            to = grown(to);
            try {
                return finish(to, headroom, writer.write(value, output(), to, Scratch.START));
            } catch (RuntimeException | Error e) {
                last = e;
            }
        }
        if (last instanceof Error error && !(error instanceof StackOverflowError)) {
            Scratch.give(to);
            throw error;
        }
        return interpret(value, headroom, to);
    }

    private byte[] interpret(T value, int headroom, byte[] first) {
        byte[] to = first;
        try {
            while (true) {
                try {
                    return result(to, headroom, plan.write(value, new AvroOutput(limits), to, Scratch.START));
                } catch (IndexOutOfBoundsException e) {
                    if (to.length >= most()) {
                        throw tooLong();
                    }
                    to = grown(to);
                }
            }
        } catch (PathException e) {
            throw new MismatchedValueException(e.describe(type), e.path(), e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            throw new MismatchedValueException(
                    type.getSimpleName() + ": the value can't be read ("
                            + e.getClass().getSimpleName() + "): was it changed meanwhile?",
                    e);
        } catch (StackOverflowError e) {
            throw new MismatchedValueException(
                    type.getSimpleName() + ": the value is nested too deep to be written", e);
        } finally {
            Scratch.give(to);
        }
    }

    /** More room than this is never needed. */
    private int most() {
        return (int) Math.min((long) Scratch.START + limits.valueBytes() + SLACK, Integer.MAX_VALUE - 1024);
    }

    private byte[] grown(byte[] tooSmall) {
        long wanted = Math.max(LEAST_GROWN, tooSmall.length * 4L);
        byte[] larger = Scratch.larger((int) Math.max(Scratch.START, Math.min(most(), wanted)));
        Scratch.give(tooSmall);
        return larger;
    }

    private PathException tooLong() {
        return new PathException(
                "takes more than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)");
    }
}
