package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/** Avro binary from values: by the generated class if there is one, and by its plan where that fails, to say why. */
final class AvroEncoder<T> implements Encoder<T> {

    private final Class<T> type;
    private final WriteStep plan;
    private final @Nullable GeneratedWriter generated;
    private final Limits limits;

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
            return write(value, headroom, out);
        } catch (RuntimeException | StackOverflowError e) {
            return recover(value, headroom, out, e);
        } finally {
            Scratch.give(out);
        }
    }

    private byte[] write(T value, int headroom, AvroOutput out) {
        out.start(headroom, limits);
        GeneratedWriter fast = generated;
        if (fast != null) {
            fast.write(value, out);
        } else {
            plan.write(value, out);
        }
        return result(out, headroom);
    }

    private byte[] result(AvroOutput out, int headroom) {
        if (out.position() - headroom > limits.valueBytes()) {
            throw tooLong();
        }
        return out.toByteArray();
    }

    private byte[] recover(T value, int headroom, AvroOutput out, Throwable first) {
        Throwable failure = first;
        while (out.makeRoom(failure, headroom + limits.valueBytes())) {
            try {
                return write(value, headroom, out);
            } catch (RuntimeException | StackOverflowError e) {
                failure = e;
            }
        }
        return interpret(value, headroom, out);
    }

    /** Gives the path to what is wrong. (If nothing is any more, the value was changed by somebody meanwhile.) */
    private byte[] interpret(T value, int headroom, AvroOutput out) {
        for (; ; ) {
            out.start(headroom, limits);
            try {
                plan.write(value, out);
                return result(out, headroom);
            } catch (PathException e) {
                throw new MismatchedValueException(e.describe(type), e.path(), e.getCause() == null ? e : e.getCause());
            } catch (StackOverflowError e) {
                throw new MismatchedValueException(
                        type.getSimpleName() + ": the value is nested too deep to be written", "", e);
            } catch (IndexOutOfBoundsException e) {
                if (!out.makeRoom(e, headroom + limits.valueBytes())) {
                    PathException why = e instanceof NoRoomException ? tooLong() : new PathException("fails", e);
                    throw new MismatchedValueException(why.describe(type), "", e);
                }
            } catch (RuntimeException e) {
                throw new MismatchedValueException(
                        type.getSimpleName() + ": the value can't be read ("
                                + e.getClass().getSimpleName() + "): was it changed meanwhile?",
                        "",
                        e);
            }
        }
    }

    private PathException tooLong() {
        return new PathException(
                "takes more than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)");
    }
}
