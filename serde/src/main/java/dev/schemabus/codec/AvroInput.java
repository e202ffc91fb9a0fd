package dev.schemabus.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Internal: Avro's binary encoding (Avro specification, "Binary Encoding") of one payload that nobody vouches for. Public
 * only because generated classes, which stand in the packages of the records, call it.
 *
 * <p>The payload ends where its array ends, and that is the check for truncation: whoever reads beyond gets an
 * {@link IndexOutOfBoundsException}, at no cost for those who don't.
 */
public final class AvroInput {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle BIG_ENDIAN_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int start;
    private final Limits limits;
    private int position;
    private int nodes;
    private int depth;

    /** @param source holds the payload, and isn't changed */
    public AvroInput(byte[] source, int offset, int length, Limits limits) {
        boolean whole = offset + length == source.length;
        this.bytes = whole ? source : Arrays.copyOfRange(source, offset, offset + length);
        this.start = whole ? offset : 0;
        this.position = start;
        this.limits = limits;
    }

    /** How many bytes of the payload were read. */
    int offset() {
        return position - start;
    }

    /** How many bytes of the payload weren't read. */
    int unread() {
        return bytes.length - position;
    }

    /** Refuses a payload that goes on behind its value. */
    public void requireEnd() {
        if (position != bytes.length) {
            throw new PathException("bytes follow the value");
        }
    }

    /** A boolean: the byte 0 or 1. */
    public boolean readBoolean() {
        byte value = bytes[position++];
        if ((value & ~1) != 0) {
            throw new PathException("a boolean is the byte " + value + ", not 0 or 1");
        }
        return value != 0;
    }

    /** An int, also where it takes more bytes than it needs. */
    public int readInt() {
        int at = position;
        int next = bytes[at++];
        int zigZag = next & 0x7F;
        if (next < 0) {
            next = bytes[at++];
            zigZag |= (next & 0x7F) << 7;
            if (next < 0) {
                next = bytes[at++];
                zigZag |= (next & 0x7F) << 14;
                if (next < 0) {
                    next = bytes[at++];
                    zigZag |= (next & 0x7F) << 21;
                    if (next < 0) {
                        return readWideInt();
                    }
                }
            }
        }
        position = at;
        return (zigZag >>> 1) ^ -(zigZag & 1);
    }

    private int readWideInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new PathException("the int " + value + " takes more than 32 bits");
        }
        return (int) value;
    }

    /** A long. */
    public long readLong() {
        int at = position;
        long next = bytes[at++];
        if (next >= 0) {
            position = at;
            return (next >>> 1) ^ -(next & 1);
        }
        long zigZag = next & 0x7F;
        for (int shift = 7; shift < Long.SIZE; shift += 7) {
            next = bytes[at++];
            zigZag |= (next & 0x7F) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                position = at;
                return (zigZag >>> 1) ^ -(zigZag & 1);
            }
        }
        throw tooWide();
    }

    private static PathException tooWide() {
        return new PathException("an int or long takes more than 64 bits");
    }

    /** A float. */
    public float readFloat() {
        float value = Float.intBitsToFloat((int) INTS.get(bytes, position));
        position += Float.BYTES;
        return value;
    }

    /** A double. */
    public double readDouble() {
        double value = Double.longBitsToDouble((long) LONGS.get(bytes, position));
        position += Double.BYTES;
        return value;
    }

    /** A string, which must be UTF-8. */
    public String readString() {
        int length = readLength();
        int at = position;
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        position = at + length;
        // Java writes this letter for bytes that are no UTF-8. Where all letters are Latin-1 the search ends at once.
        if (text.indexOf('\uFFFD') >= 0) {
            requireUtf8(bytes, at, length);
        }
        return text;
    }

    private static void requireUtf8(byte[] bytes, int at, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
        } catch (CharacterCodingException e) {
            throw new PathException("a string of " + length + " bytes is not UTF-8", e);
        }
    }

    /** Bytes that are the caller's own. */
    public byte[] readBytes() {
        return readFixed(readLength());
    }

    /** A fixed number of bytes, which are the caller's own. */
    public byte[] readFixed(int size) {
        int end = position + require(size);
        byte[] value = Arrays.copyOfRange(bytes, position, end);
        position = end;
        return value;
    }

    /**
     * The unscaled number of a decimal as a long.
     *
     * @param size its bytes, from 1 to 8, most significant first
     */
    private long unscaled(int size) {
        int at = position;
        position = at + size;
        if (at <= bytes.length - Long.BYTES) {
            return (long) BIG_ENDIAN_LONGS.get(bytes, at) >> (Long.SIZE - Byte.SIZE * size);
        }
        long value = bytes[at]; // carries the sign
        for (int i = 1; i < size; i++) {
            value = (value << 8) | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    /** A decimal's unscaled number, written as bytes; up to 8 of them make no garbage. */
    public BigDecimal readDecimal(int scale) {
        return readFixedDecimal(readLength(), scale);
    }

    /** A decimal's unscaled number of a fixed size. */
    public BigDecimal readFixedDecimal(int size, int scale) {
        return size >= 1 && size <= Long.BYTES
                ? BigDecimal.valueOf(unscaled(size), scale)
                : new BigDecimal(new BigInteger(readFixed(size)), scale);
    }

    /**
     * How many items the next block of an array or map has; 0 after the last.
     *
     * @param before how many items it had in the blocks before
     * @param leastBytes the fewest bytes that an item takes
     */
    public int readItems(int before, int leastBytes) {
        long count = readLong();
        if (count <= 0) {
            if (count == 0) {
                return 0;
            }
            readBlockSize(); // as a negative number says
            count = -count;
        }
        return counted(count, before, leastBytes);
    }

    private int counted(long count, int before, int leastBytes) {
        if (count < 0 || count > Integer.MAX_VALUE || count * leastBytes > unread()) {
            throw new PathException("a list or map claims " + count + " items, and " + unread() + " bytes follow");
        }
        if (count > limits.items() - before) {
            throw new PathException(
                    "a list or map has more than " + limits.items() + " items, the limit (schemabus.limits.items)");
        }
        takeNodes((int) count);
        return (int) count;
    }

    /** Counts values in memory, some of which may take no byte here. */
    void takeNodes(int count) {
        if (count > limits.nodes() - nodes) {
            throw new PathException(
                    "there are more than " + limits.nodes() + " values in all, the limit (schemabus.limits.nodes)");
        }
        nodes += count;
        // Whatever takes a byte can't be there more often than there are bytes; how many take none is bounded, too.
        if (nodes - Limits.EMPTY_ITEMS > bytes.length - start) {
            throw new PathException("there are more than " + Limits.EMPTY_ITEMS + " values in all that take no byte");
        }
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

    /** Passes over bytes. */
    public void skip(int size) {
        position += require(size);
    }

    /** Passes over an int, a long, or the index of an enum or union. */
    public void skipVarint() {
        int at = position;
        while (bytes[at++] < 0) {
            // the highest bit says that more bytes follow
        }
        if (at - position > 10) {
            throw new PathException("an int or long takes more than 10 bytes");
        }
        position = at;
    }

    /** Passes over a string or bytes. */
    public void skipString() {
        skip(readLength());
    }

    /**
     * Passes over the blocks of an array or map whose size is given.
     *
     * @return how many items the caller must pass over; 0 at the end
     */
    int skipBlocks(int leastBytes) {
        long count = readLong();
        while (count < 0) {
            skip(readBlockSize());
            count = readLong();
        }
        return count == 0 ? 0 : counted(count, 0, leastBytes);
    }

    /** Refuses a value that its plan knows to be unreadable. */
    public RuntimeException refuse(String problem) {
        return new PathException(problem);
    }

    /** How many bytes a block takes; that is no string, whose limit is smaller. */
    private int readBlockSize() {
        long wide = wideLength(bytes, position);
        position = (int) (wide >>> Integer.SIZE);
        return (int) wide;
    }

    private int readLength() {
        int length = bytes[position];
        if ((length & 0x81) == 0) { // one byte, not negative
            position++;
            length >>= 1;
        } else {
            long wide = wideLength(bytes, position);
            position = (int) (wide >>> Integer.SIZE);
            length = (int) wide;
        }
        if (length > limits.stringBytes()) {
            throw new PathException("a string takes " + length + " bytes, more than " + limits.stringBytes()
                    + ", the limit (schemabus.limits.string.bytes)");
        }
        return length;
    }

    /**
     * Reads a length that takes more than a byte. Static, for where the JVM doesn't inline it, a call with {@code this} would make
     * it keep the whole input in memory.
     *
     * @return the length, and above it the position behind it
     */
    private static long wideLength(byte[] bytes, int at) {
        int end = at;
        long next = bytes[end++];
        long zigZag = next & 0x7F;
        for (int shift = 7; next < 0; shift += 7) {
            next = bytes[end++];
            zigZag |= (next & 0x7F) << shift;
            if (shift == 63 && next != 0 && next != 1) {
                throw tooWide();
            }
        }
        long length = (zigZag >>> 1) ^ -(zigZag & 1);
        if (length < 0) {
            throw new PathException("a length is negative: " + length);
        }
        if (length > bytes.length - end) {
            throw endsTooEarly(length, bytes.length - end);
        }
        return (long) end << Integer.SIZE | length;
    }

    private int require(int size) {
        if (size > unread()) {
            throw endsTooEarly(size, unread());
        }
        return size;
    }

    private static PathException endsTooEarly(long wanted, int left) {
        return new PathException("it ends too early: " + wanted + " bytes are wanted, " + left + " are left");
    }
}
