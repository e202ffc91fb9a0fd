package dev.schemabus.codec;

import dev.schemabus.schema.UnscaledDecimal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Internal: takes Avro's binary encoding (Avro specification, "Binary Encoding") of one value at a time. Public only because
 * generated classes, which stand in the packages of the records, call it.
 *
 * <p>It does not grow. What doesn't fit ends in an {@link IndexOutOfBoundsException}, and the encoder starts again with more
 * room ({@link AvroEncoder}): so the many values that fit pay for no check but the one that every array has.
 */
public final class AvroOutput {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle BIG_ENDIAN_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The most bytes that are written without a look at the room that is left: a short string. */
    private static final int UNCHECKED = 80;

    private static final int FEW_LETTERS = 4;

    /** Whether somebody is writing; see {@link Scratch}. */
    boolean inUse;

    private byte[] bytes;
    private int position;
    private int nodesLeft;
    private int depthLeft;
    private Limits limits = Limits.standard();

    AvroOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    void start(int headroom, Limits ofThis) {
        Arrays.fill(bytes, 0, headroom, (byte) 0);
        position = headroom;
        limits = ofThis;
        nodesLeft = ofThis.nodes();
        depthLeft = ofThis.depth();
    }

    int capacity() {
        return bytes.length;
    }

    /** Makes room; what was written is gone. */
    void resize(int capacity) {
        bytes = new byte[capacity];
    }

    /**
     * Makes room, if the lack of it is why writing failed.
     *
     * @param most the longest that a result may be
     * @return whether it makes sense to start again
     */
    boolean makeRoom(Throwable failure, int most) {
        long wanted;
        if (failure instanceof NoRoomException full) {
            wanted = full.wanted();
        } else if (failure instanceof IndexOutOfBoundsException && position > bytes.length - UNCHECKED) {
            wanted = bytes.length;
        } else {
            return false;
        }
        if (wanted > most) {
            return false;
        }
        bytes = new byte[(int) Math.min(most + (long) UNCHECKED, Math.max(wanted + UNCHECKED, bytes.length * 4L))];
        return true;
    }

    /** All that was written. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, position);
    }

    int position() {
        return position;
    }

    /** A boolean. */
    public void writeBoolean(boolean value) {
        bytes[position++] = (byte) (value ? 1 : 0);
    }

    /** An int, or the index of an enum's symbol or a union's branch. */
    public void writeInt(int value) {
        int zigZag = (value << 1) ^ (value >> 31);
        byte[] to = bytes;
        int at = position;
        while ((zigZag & ~0x7F) != 0) {
            to[at++] = (byte) (zigZag | 0x80);
            zigZag >>>= 7;
        }
        to[at++] = (byte) zigZag;
        position = at;
    }

    /**
     * The index of an enum's symbol.
     *
     * @param index negative if the writer schema doesn't know the symbol
     */
    public void writeSymbol(int index) {
        if (index < 0) {
            throw new PathException("the writer schema doesn't know the symbol");
        }
        writeInt(index);
    }

    /** A long. */
    public void writeLong(long value) {
        long zigZag = (value << 1) ^ (value >> 63);
        byte[] to = bytes;
        int at = position;
        while ((zigZag & ~0x7FL) != 0) {
            to[at++] = (byte) (zigZag | 0x80);
            zigZag >>>= 7;
        }
        to[at++] = (byte) zigZag;
        position = at;
    }

    /** A float. */
    public void writeFloat(float value) {
        INTS.set(bytes, position, Float.floatToRawIntBits(value));
        position += Float.BYTES;
    }

    /** A double. */
    public void writeDouble(double value) {
        LONGS.set(bytes, position, Double.doubleToRawLongBits(value));
        position += Double.BYTES;
    }

    /** A string; one with half a surrogate pair is refused. */
    public void writeString(String text) {
        int length = text.length();
        if (length <= FEW_LETTERS) {
            writeFew(text, length);
            return;
        }
        byte[] utf8 =
                text.getBytes(StandardCharsets.UTF_8); // faster than any loop over letters, see docs/performance.md
        int size = utf8.length;
        if (size != length || size > UNCHECKED - 16 || Utf8.mayHideSurrogates(utf8)) {
            writeWide(text, utf8);
            return;
        }
        byte[] to = bytes;
        int at = position;
        to[at] = (byte) (size << 1);
        System.arraycopy(utf8, 0, to, at + 1, size);
        position = at + 1 + size;
    }

    /** So short a string isn't worth an array of its own. */
    private void writeFew(String text, int length) {
        byte[] to = bytes;
        int at = position;
        to[at++] = (byte) (length << 1);
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (letter >= 0x80) {
                writeWide(text, text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            to[at++] = (byte) letter;
        }
        position = at;
    }

    private void writeWide(String text, byte[] utf8) {
        requireString(utf8.length);
        Utf8.requirePairs(text);
        writeInt(utf8.length);
        writeRaw(utf8);
    }

    /** Bytes. */
    public void writeBytes(byte[] value) {
        requireString(value.length);
        writeInt(value.length);
        writeRaw(value);
    }

    /** Bytes that must have the size of a fixed type. */
    public void writeFixed(byte[] value, int size) {
        if (value.length != size) {
            throw new PathException("its logical type gives " + value.length + " bytes for a fixed type of " + size);
        }
        writeRaw(value);
    }

    /**
     * A decimal's unscaled number. One that fits a long makes no garbage.
     *
     * @param form how it is written if that is not so simple
     */
    public void writeDecimal(BigDecimal value, Function<BigDecimal, byte[]> form, int precision, int scale) {
        if (value.scale() != scale || value.precision() > precision || precision > UnscaledDecimal.LONG_PRECISION) {
            writeBytes(form.apply(value));
            return;
        }
        long unscaled = value.scaleByPowerOfTen(scale).longValue();
        int size = 8 - (Long.numberOfLeadingZeros(unscaled ^ (unscaled >> 63)) - 1) / 8;
        writeInt(size);
        BIG_ENDIAN_LONGS.set(
                bytes, position, unscaled << (Long.SIZE - Byte.SIZE * size)); // what is too much is overwritten
        position += size;
    }

    /** Bytes as they are. */
    public void writeRaw(byte[] value) {
        requireRoom(value.length);
        System.arraycopy(value, 0, bytes, position, value.length);
        position += value.length;
    }

    /** How many items an array or map has; {@link #writeEnd} follows them. */
    public void writeItems(int count) {
        if (count > limits.items()) {
            throw new PathException(
                    "has " + count + " items, more than " + limits.items() + ", the limit (schemabus.limits.items)");
        }
        nodesLeft -= count;
        if (nodesLeft < 0) {
            throw new PathException("lists and maps have more than " + limits.nodes()
                    + " items in all, the limit (schemabus.limits.nodes)");
        }
        if (count > 0) {
            writeInt(count);
        }
    }

    /**
     * The end of an array or map.
     *
     * @param left how many of the announced items were not written; not 0 if the collection changed meanwhile
     */
    public void writeEnd(int left) {
        if (left != 0) {
            throw new PathException("changed while it was written: hand over a copy that nobody changes");
        }
        bytes[position++] = 0;
    }

    /** Goes one level down; {@link #leave} goes back. */
    public void enter() {
        if (--depthLeft < 0) {
            throw new PathException("records, lists and maps are nested deeper than " + limits.depth()
                    + " levels, the limit (schemabus.limits.depth)");
        }
    }

    /** The end of {@link #enter}. */
    public void leave() {
        depthLeft++;
    }

    /** Refuses a value. */
    public RuntimeException refuse(String problem) {
        return new PathException(problem);
    }

    private void requireString(int size) {
        if (size > limits.stringBytes()) {
            throw new PathException("takes " + size + " bytes, more than " + limits.stringBytes()
                    + ", the limit (schemabus.limits.string.bytes)");
        }
    }

    private void requireRoom(int size) {
        if (size > bytes.length - position) {
            throw new NoRoomException(position + size);
        }
    }
}
