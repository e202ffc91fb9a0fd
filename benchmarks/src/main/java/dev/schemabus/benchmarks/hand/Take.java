package dev.schemabus.benchmarks.hand;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Avro's plain types from a part of an array. Each read relies on the array's own bounds checks; what reads beyond the part,
 * but not beyond the array, is found out at the end.
 */
final class Take {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] in;
    private final int end;
    private int at;

    Take(byte[] in, int offset, int length) {
        this.in = in;
        this.at = offset;
        this.end = Objects.checkFromIndexSize(offset, length, in.length) + length;
    }

    long number() {
        long first = in[at++];
        if (first >= 0) {
            return (first >>> 1) ^ -(first & 1);
        }
        return longNumber(first & 0x7F);
    }

    private long longNumber(long first) {
        long zigZag = first;
        for (int shift = 7; shift < Long.SIZE; shift += 7) {
            byte next = in[at++];
            zigZag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (zigZag >>> 1) ^ -(zigZag & 1);
            }
        }
        throw new IllegalArgumentException("a number takes more than 10 bytes");
    }

    int integer() {
        return Math.toIntExact(number());
    }

    boolean bool() {
        byte value = in[at++];
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("a boolean is " + value);
        }
        return value == 1;
    }

    double real() {
        double value = (double) DOUBLE.get(in, at);
        at += Double.BYTES;
        return value;
    }

    float smallReal() {
        float value = (float) FLOAT.get(in, at);
        at += Float.BYTES;
        return value;
    }

    String text() {
        int length = integer();
        String text = new String(in, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skipText() {
        int length = integer();
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("a length of " + length);
        }
        at += length;
    }

    /** The index of a union's branch or an enum's symbol. */
    int index() {
        return integer();
    }

    /** How many items follow; each takes at least a byte. */
    int items() {
        int count = integer();
        if (count < 0) {
            integer();
            count = -count;
        }
        if (count < 0 || count > end - at) {
            throw new IllegalArgumentException("a block of " + count + " items");
        }
        return count;
    }

    /** A decimal of at most 18 digits. */
    BigDecimal decimal(int scale) {
        int length = integer();
        if (length < 1 || length > Long.BYTES) {
            throw new IllegalArgumentException("a decimal of " + length + " bytes");
        }
        long unscaled;
        if (at + Long.BYTES <= in.length) {
            unscaled = (long) LONG.get(in, at) >> (Long.SIZE - length * Byte.SIZE);
        } else {
            unscaled = in[at];
            for (int i = 1; i < length; i++) {
                unscaled = (unscaled << Byte.SIZE) | (in[at + i] & 0xFF);
            }
        }
        at += length;
        return BigDecimal.valueOf(unscaled, scale);
    }

    void requireEnd() {
        if (at != end) {
            throw new IllegalArgumentException((end - at) + " bytes are left");
        }
    }
}
