package dev.schemabus.serde;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a writer has prepared for the events of one class, by topic, and by schema where that is the event's own affair
 * (Avro's generic records). It hangs on the class, which the prepared encoder knows: a field of the writer would keep both
 * alive.
 */
final class PreparedWrites<T> {

    /** More than any service has topics; schemas that are made anew for each record must not fill the memory. */
    static final int MOST = 10_000;

    /**
     * Which preparation.
     *
     * @param avroSchema the schema that the event carries; null for an event whose class says it
     */
    record Key(Class<?> type, String topic, @Nullable Schema avroSchema) {}

    /** A preparation and for what it is. */
    static final class Entry<T> {
        final Class<?> type;
        final String topic;
        final @Nullable Schema avroSchema;
        final PreparedWrite<T> write;

        Entry(Key key, PreparedWrite<T> write) {
            this.type = key.type;
            this.topic = key.topic;
            this.avroSchema = key.avroSchema;
            this.write = write;
        }

        /** Whether it is for this event. Schemas are the same here only if they are one object. */
        @SuppressWarnings("ReferenceEquality") // to compare or hash a schema costs more than to write a record
        boolean isFor(Object event, String wantedTopic) {
            return type == event.getClass()
                    && topic.equals(wantedTopic)
                    && (avroSchema == null || avroSchema == ((IndexedRecord) event).getSchema());
        }

        /** Whether both are for the same events. */
        @SuppressWarnings("ReferenceEquality") // as in isFor
        boolean isForTheSame(Entry<T> other) {
            return type == other.type && topic.equals(other.topic) && avroSchema == other.avroSchema;
        }
    }

    private final Map<Key, Entry<T>> all = new ConcurrentHashMap<>();

    @Nullable
    Entry<T> find(Key key) {
        return all.get(key);
    }

    /** Keeps a preparation, in place of one that is outdated. */
    Entry<T> keep(Key key, PreparedWrite<T> made) {
        if (all.size() >= MOST) {
            all.clear();
        }
        Entry<T> entry = new Entry<>(key, made);
        all.put(key, entry);
        return entry;
    }
}
