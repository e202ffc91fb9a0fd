package dev.schemabus.benchmarks.hand;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Avro's plain types into an array: each method takes the place to write to and gives the place after what it wrote. None
 * asks whether there is room; the array does, and {@link Scratch} starts again with a larger one.
 */
final class Put {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private Put() {}

    /** A long, or an int, which Avro writes alike. */
    static int number(byte[] out, int at, long value) {
        long zigZag = (value << 1) ^ (value >> 63);
        int next = at;
        while ((zigZag & ~0x7FL) != 0) {
            out[next++] = (byte) (zigZag | 0x80);
            zigZag >>>= 7;
        }
        out[next++] = (byte) zigZag;
        return next;
    }

    static int real(byte[] out, int at, double value) {
        DOUBLE.set(out, at, value);
        return at + Double.BYTES;
    }

    /**
     * A text. The JDK's own encoder, though it makes a copy that is thrown away: loops over characters save the copy, and
     * are as fast on JDK 17 at best, but twice as slow on JDK 25 (see docs/performance.md).
     */
    static int text(byte[] out, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int start = number(out, at, bytes.length);
        System.arraycopy(bytes, 0, out, start, bytes.length);
        return start + bytes.length;
    }

    /** A decimal of that scale and at most 18 digits: the fewest bytes of its unscaled value's two's complement. */
    static int decimal(byte[] out, int at, BigDecimal value, int precision, int scale) {
        if (value.scale() != scale || value.precision() > precision) {
            throw new IllegalArgumentException(value + " is no decimal(" + precision + ", " + scale + ")");
        }
        long unscaled = value.scaleByPowerOfTen(scale).longValue();
        int bits = Long.SIZE - Long.numberOfLeadingZeros(unscaled ^ (unscaled >> 63));
        int length = bits / Byte.SIZE + 1;
        out[at] = (byte) (length << 1);
        LONG.set(out, at + 1, unscaled << (Long.SIZE - length * Byte.SIZE));
        return at + 1 + length;
    }
}
