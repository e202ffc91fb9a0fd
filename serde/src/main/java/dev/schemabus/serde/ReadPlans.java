package dev.schemabus.serde;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reader has found out, by schema id. Looked at for every record: open addressing in a plain array, so that a hit
 * costs a comparison and no lock, object or statistics. An entry never changes, and its fields are final, so whoever sees
 * it sees all of it; who misses one asks again under the lock.
 *
 * <p>It never holds more than a fixed number: when it is full, it starts anew. Only ids that the registry knows get here.
 */
final class ReadPlans<V> {

    /** More ids than any topic uses. */
    static final int MOST = 10_000;

    private static final class Entry<V> {
        final int id;
        final V value;

        Entry(int id, V value) {
            this.id = id;
            this.value = value;
        }
    }

    /** Its length is a power of two, and at most half of it is taken. */
    private volatile @Nullable Entry<V>[] entries = empty(16);

    private int size;

    /** Those of schemas that are named by GUID, which is seldom. */
    private final Map<SchemaGuid, V> byGuid = new ConcurrentHashMap<>();

    @Nullable
    V search(SchemaIdentifier schema) {
        return schema instanceof SchemaId id ? get(id.value()) : byGuid.get((SchemaGuid) schema);
    }

    /** Keeps a value; the first one for a schema stays. */
    V keep(SchemaIdentifier schema, V value) {
        if (schema instanceof SchemaId id) {
            return keep(id.value(), value);
        }
        if (byGuid.size() >= MOST) {
            byGuid.clear();
        }
        V known = byGuid.putIfAbsent((SchemaGuid) schema, value);
        return known == null ? value : known;
    }

    @Nullable
    V get(int id) {
        @Nullable Entry<V>[] table = entries;
        for (int i = slot(id, table.length); ; i = (i + 1) & (table.length - 1)) {
            Entry<V> entry = table[i];
            if (entry == null) {
                return null;
            }
            if (entry.id == id) {
                return entry.value;
            }
        }
    }

    private synchronized V keep(int id, V value) {
        V known = get(id);
        if (known != null) {
            return known;
        }
        if (size >= MOST) {
            entries = empty(16);
            size = 0;
        }
        if (2 * (size + 1) > entries.length) {
            @Nullable Entry<V>[] larger = empty(2 * entries.length);
            for (Entry<V> entry : entries) {
                if (entry != null) {
                    put(larger, entry);
                }
            }
            entries = larger;
        }
        put(entries, new Entry<>(id, value));
        size++;
        return value;
    }

    private static <V> void put(@Nullable Entry<V>[] table, Entry<V> entry) {
        int i = slot(entry.id, table.length);
        while (table[i] != null) {
            i = (i + 1) & (table.length - 1);
        }
        table[i] = entry;
    }

    /** Registries count ids up, and multiples of a power of two must not meet in one slot. */
    private static int slot(int id, int length) {
        int mixed = id * 0x9E3779B9;
        return (mixed ^ (mixed >>> 16)) & (length - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
    private static <V> @Nullable Entry<V>[] empty(int length) {
        return new Entry[length];
    }
}
