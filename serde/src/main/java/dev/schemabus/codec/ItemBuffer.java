package dev.schemabus.codec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Internal: the items of a list while its blocks are read. As a rule there is one block, and no byte too many is taken. */
final class ItemBuffer {

    private static final @Nullable Object[] NONE = {};

    private @Nullable Object[] items = NONE;
    private int size;

    /** For a block of so many. */
    void makeRoom(int more) {
        if (size == 0) {
            items = new @Nullable Object[more];
        } else if (size + more > items.length) {
            items = Arrays.copyOf(items, GeneratedReader.capacity(items.length, size + more));
        }
    }

    void add(@Nullable Object item) {
        items[size++] = item;
    }

    int size() {
        return size;
    }

    List<@Nullable Object> toList() {
        return Arrays.asList(size == items.length ? items : Arrays.copyOf(items, size));
    }
}
