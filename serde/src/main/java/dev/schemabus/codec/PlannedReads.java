package dev.schemabus.codec;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What plans read alike, whatever values they make of it. Unlike {@link AvroInput} itself, it says where an input ends too early. */
final class PlannedReads {

    private PlannedReads() {}

    /**
     * The index of an enum's symbol or a union's branch.
     *
     * @param count how many there are
     * @param of what they are, for messages
     */
    static int index(AvroInput in, int count, String of) {
        int index;
        try {
            index = in.readInt();
        } catch (IndexOutOfBoundsException e) {
            throw endsTooEarly(e);
        }
        if (index < 0 || index >= count) {
            throw new PathException("the index " + index + " is none of the " + count + " " + of);
        }
        return index;
    }

    /**
     * The items of an array, block by block.
     *
     * @param leastBytes the fewest bytes that an item takes
     */
    static ItemBuffer items(AvroInput in, int leastBytes, Function<AvroInput, @Nullable Object> item) {
        in.enter();
        ItemBuffer items = new ItemBuffer();
        int count = count(in, 0, leastBytes);
        while (count > 0) {
            items.makeRoom(count);
            for (int i = 0; i < count; i++) {
                try {
                    items.add(item.apply(in));
                } catch (PathException e) {
                    throw e.under("[" + items.size() + "]");
                }
            }
            count = count(in, items.size(), leastBytes);
        }
        in.leave();
        return items;
    }

    /**
     * The entries of a map, block by block.
     *
     * @param leastBytes the fewest bytes that an entry takes, see {@link #leastEntryBytes}
     * @param entry reads the value of a key
     */
    static void entries(AvroInput in, int leastBytes, Consumer<String> entry) {
        in.enter();
        int read = 0;
        int count = count(in, 0, leastBytes);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                try {
                    entry.accept(key(in));
                } catch (PathException e) {
                    throw e.under("{}");
                }
            }
            read += count;
            count = count(in, read, leastBytes);
        }
        in.leave();
    }

    /** The fewest bytes of a map's entry: of a key, and of the value. */
    static int leastEntryBytes(int ofValue) {
        return (int) Math.min(Integer.MAX_VALUE, 1L + ofValue);
    }

    private static String key(AvroInput in) {
        try {
            return in.readString();
        } catch (IndexOutOfBoundsException e) {
            throw endsTooEarly(e);
        }
    }

    private static int count(AvroInput in, int before, int leastBytes) {
        try {
            return in.readItems(before, leastBytes);
        } catch (IndexOutOfBoundsException e) {
            throw endsTooEarly(e);
        }
    }

    static PathException endsTooEarly(IndexOutOfBoundsException cause) {
        return new PathException("it ends too early", cause);
    }
}
