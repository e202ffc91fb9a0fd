package dev.schemabus.codec;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary (Avro specification, "Binary Encoding") from a payload that nobody vouches for: what a length prefix
 * claims is compared with the bytes that are there before anything is made of it.
 *
 * <p>Why not Avro's own decoder: since 1.12.1 it tells the generic reader how many bytes remain, and the reader compares
 * that with the least size of the <em>reading</em> type's elements. A list whose elements gained a component, or were
 * promoted from int to double, is then refused as truncated although it is whole. This decoder doesn't tell, and does the
 * check itself.
 */
final class PayloadDecoder extends Decoder {

    /**
     * How many items of lists and maps may take no byte at all (records without components), above one per byte. Without
     * a limit, a payload of five bytes could ask for two billion of them.
     */
    private static final int EMPTY_ITEMS = 65_536;

    private final ByteBuffer in;
    private long itemsLeft;

    PayloadDecoder(ByteBuffer payload) {
        this.in = payload.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.itemsLeft = (long) payload.remaining() + EMPTY_ITEMS;
    }

    /** How many bytes of the payload weren't read. */
    int unread() {
        return in.remaining();
    }

    /** Unknown, as far as Avro may know: see above. */
    @Override
    public int remainingBytes() {
        return -1;
    }

    @Override
    public void readNull() {
        // takes no byte
    }

    @Override
    public boolean readBoolean() throws IOException {
        require(1);
        byte value = in.get();
        if (value != 0 && value != 1) {
            throw new IOException("a boolean is the byte " + value + ", not 0 or 1");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException("the int " + value + " takes more than 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigZag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            require(1);
            byte next = in.get();
            zigZag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (zigZag >>> 1) ^ -(zigZag & 1);
            }
        }
        throw new IOException("an int or long takes more than 10 bytes");
    }

    @Override
    public float readFloat() throws IOException {
        require(Float.BYTES);
        return in.getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        require(Double.BYTES);
        return in.getDouble();
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(take());
    }

    @Override
    public String readString() throws IOException {
        return readString(null).toString();
    }

    @Override
    public void skipString() throws IOException {
        skip(length());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(take());
    }

    @Override
    public void skipBytes() throws IOException {
        skip(length());
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        require(length);
        in.get(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        require(length);
        skip(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return items();
    }

    @Override
    public long arrayNext() throws IOException {
        return items();
    }

    @Override
    public long skipArray() throws IOException {
        return itemsToSkip();
    }

    @Override
    public long readMapStart() throws IOException {
        return items();
    }

    @Override
    public long mapNext() throws IOException {
        return items();
    }

    @Override
    public long skipMap() throws IOException {
        return itemsToSkip();
    }

    /** The number of items in the next block. A negative number says that the block's size in bytes follows. */
    private long items() throws IOException {
        long count = readLong();
        if (count < 0) {
            length();
            count = -count;
        }
        return counted(count);
    }

    /** Passes over the blocks whose size is given; the items of any other block the caller must skip. */
    private long itemsToSkip() throws IOException {
        long count = readLong();
        while (count < 0) {
            skip(length());
            count = readLong();
        }
        return counted(count);
    }

    private long counted(long items) throws IOException {
        if (items < 0 || items > itemsLeft) {
            throw new EOFException("a list or map claims " + items + " items, and " + in.remaining() + " bytes follow");
        }
        itemsLeft -= items;
        return items;
    }

    private byte[] take() throws IOException {
        byte[] bytes = new byte[length()];
        in.get(bytes);
        return bytes;
    }

    private int length() throws IOException {
        long length = readLong();
        if (length < 0) {
            throw new IOException("a length is negative: " + length);
        }
        require(length);
        return (int) length;
    }

    private void skip(int bytes) {
        in.position(in.position() + bytes);
    }

    private void require(long bytes) throws EOFException {
        if (bytes > in.remaining()) {
            throw new EOFException(
                    "it ends too early: " + bytes + " bytes are wanted, " + in.remaining() + " are left");
        }
    }
}
