package dev.schemabus.codec;

import java.util.List;
import java.util.Objects;

/** A union at the root (Avro specification, "Binary Encoding", "Complex Types"): the branch's index, then its value. */
final class AvroUnionDecoder<T> implements Decoder<T> {

    /** An index of more bytes names no branch of any schema. */
    private static final int MOST_BYTES = 5;

    private final List<Decoder<? extends T>> branches;

    AvroUnionDecoder(List<? extends Decoder<? extends T>> branches) {
        this.branches = List.copyOf(branches);
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int size = 0;
        long zigZag = 0;
        byte next;
        do {
            if (size == length || size == MOST_BYTES) {
                throw malformed("it ends within the index of the union's branch, or the index is too long", size);
            }
            next = bytes[offset + size];
            zigZag |= (next & 0x7FL) << (7 * size);
            size++;
        } while (next < 0);
        long index = (zigZag >>> 1) ^ -(zigZag & 1);
        if (index < 0 || index >= branches.size()) {
            throw malformed("the index " + index + " is none of the " + branches.size() + " branches", size);
        }
        try {
            return branches.get((int) index).decode(bytes, offset + size, length - size);
        } catch (MalformedPayloadException e) {
            throw new MalformedPayloadException(
                    "Branch " + index + " of a union: " + e.getMessage(),
                    e.path(),
                    e.offset() < 0 ? e.offset() : e.offset() + size,
                    e);
        }
    }

    private static MalformedPayloadException malformed(String problem, int offset) {
        return new MalformedPayloadException("The payload is no value of a union: " + problem, "", offset, null);
    }
}
