package dev.schemabus.benchmarks.hand;

/**
 * Avro binary for exactly one record, as a careful engineer would write it by hand: from the accessors into an array that
 * is used again, from the bytes into the canonical constructor.
 *
 * @param <T> the record
 */
public abstract class HandCodec<T> {

    /**
     * Writes a value.
     *
     * @param headroom how many bytes to leave free in front of it
     */
    public final byte[] encode(T value, int headroom) {
        Scratch scratch = Scratch.own();
        byte[] out = scratch.bytes;
        while (true) {
            try {
                return Scratch.cut(out, write(value, out, headroom));
            } catch (IndexOutOfBoundsException e) {
                out = scratch.larger(out, e);
            }
        }
    }

    /** Reads a value of the record's own schema that takes the whole array from the offset on. */
    public final T decode(byte[] bytes, int offset) {
        Take in = new Take(bytes, offset);
        T value = read(in);
        in.requireEnd();
        return value;
    }

    /** Reads a value of the older schema. */
    public final T decodeOlder(byte[] bytes, int offset) {
        Take in = new Take(bytes, offset);
        T value = readOlder(in);
        in.requireEnd();
        return value;
    }

    abstract int write(T value, byte[] out, int start);

    abstract T read(Take in);

    abstract T readOlder(Take in);
}
