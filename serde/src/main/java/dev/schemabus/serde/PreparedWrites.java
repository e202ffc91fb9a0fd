package dev.schemabus.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a writer has prepared for the events of one class, by topic, and by schema where that is the event's own affair
 * (Avro's generic records). Asked for every record: what was prepared first is found by looking at a few entries of an
 * array, without a lock, a hash or an allocation.
 *
 * <p>It hangs on the class, which the prepared codec knows: a field of the writer would keep both alive.
 */
final class PreparedWrites<T> {

    /** More in front costs those that come last more than a hash. */
    private static final int IN_FRONT = 8;

    /** More than any service has topics; schemas that are made anew for each record must not fill the memory. */
    static final int MOST = 10_000;

    /**
     * Which preparation.
     *
     * @param schema the schema that the event carries; null for an event whose class says it
     */
    record Key(String topic, @Nullable Object schema) {}

    private record Entry<T>(String topic, @Nullable Object schema, PreparedWrite<T> write) {}

    /** Whether each event carries its schema, and the class says none. */
    final boolean carrySchemas;

    private volatile Entry<T>[] front = entries(0);
    private final Map<Key, PreparedWrite<T>> all = new ConcurrentHashMap<>();

    PreparedWrites(boolean carrySchemas) {
        this.carrySchemas = carrySchemas;
    }

    /** What was prepared, if it was; schemas are the same here only if they are one object. */
    @Nullable
    PreparedWrite<T> find(String topic, @Nullable Object schema) {
        for (Entry<T> entry : front) {
            if (entry.schema == schema && entry.topic.equals(topic)) {
                return entry.write;
            }
        }
        return null;
    }

    /** As {@link #find}, for what isn't in front, and for equal schemas. */
    @Nullable
    PreparedWrite<T> search(Key key) {
        PreparedWrite<T> known = all.get(key);
        return known == null ? null : inFront(key, known);
    }

    /** Keeps a preparation, unless another thread was quicker. */
    PreparedWrite<T> keep(Key key, PreparedWrite<T> made) {
        if (all.size() >= MOST) {
            forget();
        }
        PreparedWrite<T> first = all.putIfAbsent(key, made);
        return inFront(key, first == null ? made : first);
    }

    /** Replaces a preparation that is outdated. */
    PreparedWrite<T> replace(Key key, PreparedWrite<T> newer) {
        synchronized (all) {
            all.put(key, newer);
            front = entries(0);
        }
        return newer;
    }

    private void forget() {
        synchronized (all) {
            all.clear();
            front = entries(0);
        }
    }

    private PreparedWrite<T> inFront(Key key, PreparedWrite<T> write) {
        if (front.length < IN_FRONT) {
            synchronized (all) {
                Entry<T>[] old = front;
                if (old.length < IN_FRONT && find(key.topic, key.schema) == null) {
                    Entry<T>[] longer = entries(old.length + 1);
                    System.arraycopy(old, 0, longer, 0, old.length);
                    longer[old.length] = new Entry<>(key.topic, key.schema, write);
                    front = longer;
                }
            }
        }
        return write;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
    private static <T> Entry<T>[] entries(int length) {
        return new Entry[length];
    }
}
