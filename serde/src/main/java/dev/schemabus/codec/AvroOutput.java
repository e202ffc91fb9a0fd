package dev.schemabus.codec;

import dev.schemabus.schema.UnscaledDecimal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Internal: takes Avro's binary encoding (Avro specification, "Binary Encoding") of one value at a time. Public only because
 * generated classes, which stand in the packages of the records, call it.
 *
 * <p>Its methods take the array and the place to write to, and give the place after what they wrote: so that is a local variable of who calls
 * them. They do not make room. What doesn't fit ends in an {@link IndexOutOfBoundsException}, and {@link AvroEncoder} starts again
 * with a larger array: so the many values that fit pay for no check but the one that every array has.
 */
public final class AvroOutput {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle BIG_ENDIAN_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /**
     * Whether strings are looked through letter by letter, which makes no garbage. Newer compilers don't inline that as soon as
     * the JVM has seen any text beyond Latin-1; there, the platform's encoder is faster (docs/performance.md).
     */
    private static final boolean BY_LETTERS = Runtime.version().feature() < 22;

    /** The longest string whose length takes one byte: one bit says that no other byte follows, one is the sign. */
    private static final int SHORT = 63;

    private final Limits limits;
    private final int shortBytes;
    private int nodes;
    private int depth;

    /** For one value, or for many of a kind that has neither lists nor maps and doesn't contain itself. */
    AvroOutput(Limits limits) {
        this.limits = limits;
        this.shortBytes = Math.min(SHORT, limits.stringBytes());
    }

    /** A boolean. */
    public static int writeBoolean(byte[] to, int at, boolean value) {
        to[at] = (byte) (value ? 1 : 0);
        return at + 1;
    }

    /** An int, or the index of an enum's symbol or a union's branch. */
    public static int writeInt(byte[] to, int at, int value) {
        int zigZag = (value << 1) ^ (value >> 31);
        int next = at;
        while ((zigZag & ~0x7F) != 0) {
            to[next++] = (byte) (zigZag | 0x80);
            zigZag >>>= 7;
        }
        to[next++] = (byte) zigZag;
        return next;
    }

    /**
     * The index of an enum's symbol.
     *
     * @param index negative if the writer schema doesn't know the symbol
     */
    public static int writeSymbol(byte[] to, int at, int index) {
        if (index < 0) {
            throw new PathException("the writer schema doesn't know the symbol");
        }
        return writeInt(to, at, index);
    }

    /** A long. */
    public static int writeLong(byte[] to, int at, long value) {
        long zigZag = (value << 1) ^ (value >> 63);
        int next = at;
        while ((zigZag & ~0x7FL) != 0) {
            to[next++] = (byte) (zigZag | 0x80);
            zigZag >>>= 7;
        }
        to[next++] = (byte) zigZag;
        return next;
    }

    /** A float. */
    public static int writeFloat(byte[] to, int at, float value) {
        INTS.set(to, at, Float.floatToRawIntBits(value));
        return at + Float.BYTES;
    }

    /** A double. */
    public static int writeDouble(byte[] to, int at, double value) {
        LONGS.set(to, at, Double.doubleToRawLongBits(value));
        return at + Double.BYTES;
    }

    /** Bytes as they are. */
    public static int writeRaw(byte[] to, int at, byte[] value) {
        System.arraycopy(value, 0, to, at, value.length);
        return at + value.length;
    }

    /** Bytes that must have the size of a fixed type. */
    public static int writeFixed(byte[] to, int at, byte[] value, int size) {
        if (value.length != size) {
            throw new PathException("its logical type gives " + value.length + " bytes for a fixed type of " + size);
        }
        return writeRaw(to, at, value);
    }

    /** A string; one with half a surrogate pair is refused. */
    public int writeString(byte[] to, int at, String text) {
        if (BY_LETTERS) {
            int length = text.length();
            int all = 0;
            for (int i = 0; i < length; i++) {
                all |= text.charAt(i);
            }
            if (all < 0x80) { // each letter takes one byte
                return writeAscii(to, at, text, length);
            }
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (Utf8.mayHideSurrogates(utf8)) {
            Utf8.requirePairs(text);
        }
        return writeBytes(to, at, utf8);
    }

    private int writeAscii(byte[] to, int at, String text, int length) {
        int start;
        if (length <= shortBytes) {
            to[at] = (byte) (length << 1);
            start = at + 1;
        } else {
            requireLimit(length);
            start = writeInt(to, at, length);
        }
        copyLowBytes(text, length, to, start);
        return start + length;
    }

    @SuppressWarnings("deprecation") // drops the high bytes, which are 0
    private static void copyLowBytes(String text, int length, byte[] to, int at) {
        text.getBytes(0, length, to, at);
    }

    /** Bytes. */
    public int writeBytes(byte[] to, int at, byte[] value) {
        int size = value.length;
        requireLimit(size);
        int start = writeInt(to, at, size);
        System.arraycopy(value, 0, to, start, size);
        return start + size;
    }

    private void requireLimit(int size) {
        if (size > limits.stringBytes()) {
            throw new PathException("takes " + size + " bytes, more than " + limits.stringBytes()
                    + ", the limit (schemabus.limits.string.bytes)");
        }
    }

    /**
     * A decimal's unscaled number. One that fits a long makes no garbage.
     *
     * @param form how it is written if that is not so simple
     */
    public int writeDecimal(
            byte[] to, int at, BigDecimal value, Function<BigDecimal, byte[]> form, int precision, int scale) {
        if (value.scale() != scale || value.precision() > precision || precision > UnscaledDecimal.LONG_PRECISION) {
            return writeBytes(to, at, form.apply(value));
        }
        long unscaled = value.scaleByPowerOfTen(scale).longValue();
        int size = (Long.SIZE - Long.numberOfLeadingZeros(unscaled ^ (unscaled >> 63))) / Byte.SIZE + 1;
        if (size > limits.stringBytes()) {
            return writeBytes(to, at, form.apply(value)); // which refuses it
        }
        to[at] = (byte) (size << 1);
        BIG_ENDIAN_LONGS.set(to, at + 1, unscaled << (Long.SIZE - Byte.SIZE * size)); // what is too much is overwritten
        return at + 1 + size;
    }

    /** How many items an array or map has; {@link #writeEnd} follows them. */
    public int writeItems(byte[] to, int at, int count) {
        if (count > limits.items()) {
            throw new PathException(
                    "has " + count + " items, more than " + limits.items() + ", the limit (schemabus.limits.items)");
        }
        if (count > limits.nodes() - nodes) {
            throw new PathException("lists and maps have more than " + limits.nodes()
                    + " items in all, the limit (schemabus.limits.nodes)");
        }
        nodes += count;
        return count > 0 ? writeInt(to, at, count) : at;
    }

    /**
     * The end of an array or map.
     *
     * @param left how many of the announced items were not written; not 0 if the collection changed meanwhile
     */
    public static int writeEnd(byte[] to, int at, int left) {
        if (left != 0) {
            throw new PathException("changed while it was written: hand over a copy that nobody changes");
        }
        to[at] = 0;
        return at + 1;
    }

    /** Goes one level down; {@link #leave} goes back. */
    public void enter() {
        if (++depth > limits.depth()) {
            throw new PathException(limits.tooDeep());
        }
    }

    /** The end of {@link #enter}. */
    public void leave() {
        depth--;
    }

    /** Refuses a value. */
    public RuntimeException refuse(String problem) {
        return new PathException(problem);
    }
}
