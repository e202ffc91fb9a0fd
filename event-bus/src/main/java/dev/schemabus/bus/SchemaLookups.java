package dev.schemabus.bus;

import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.serde.EventReader;
import dev.schemabus.wire.MalformedRecordException;
import dev.schemabus.wire.WireFormats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Internal: asks the registry for schemas that this subscription meets for the first time, on threads of its own. A
 * registry that hangs so holds up the records it is needed for and no worker, and many records of one new schema make one
 * request.
 */
final class SchemaLookups {

    /** More schemas than any subscription meets; a hostile topic must not fill the memory. */
    private static final int MOST = 10_000;

    private final EventReader<?> reader;
    private final Executor threads;
    private final Set<SchemaIdentifier> known = ConcurrentHashMap.newKeySet();
    private final Map<SchemaIdentifier, List<CompletableFuture<Void>>> underWay = new HashMap<>();

    SchemaLookups(EventReader<?> reader, Executor threads) {
        this.reader = reader;
        this.threads = threads;
    }

    /**
     * Starts what reading a record would have to ask the registry, or joins who asks already.
     *
     * @return null if reading asks nobody; else completes when reading won't wait any more, or exceptionally with the
     *     registry's error
     */
    @Nullable
    CompletableFuture<Void> start(ConsumerRecord<byte[], byte[]> record) {
        SchemaIdentifier schema = schema(record);
        if (schema == null || known.contains(schema)) {
            return null;
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        boolean first;
        synchronized (underWay) {
            if (known.contains(schema)) {
                return null;
            }
            List<CompletableFuture<Void>> waiting = underWay.computeIfAbsent(schema, id -> new ArrayList<>());
            first = waiting.isEmpty();
            waiting.add(mine);
        }
        if (first) {
            try {
                threads.execute(() -> answer(schema, ask(record)));
            } catch (RejectedExecutionException e) {
                // The subscription is over; the records will see so at their next turn.
                answer(schema, e);
            }
        }
        return mine;
    }

    /**
     * Reading prepares for the schema; what it makes of this one record doesn't matter here.
     *
     * @return the registry's error, or null
     */
    private @Nullable Throwable ask(ConsumerRecord<byte[], byte[]> record) {
        try {
            reader.read(record.topic(), record.headers(), record.value());
            return null;
        } catch (Throwable e) {
            if (ExceptionRules.isOutOfMemory(e)) {
                return e;
            }
            // About the record or the type: each record finds out for itself, without asking again.
            return FailureClass.whileDecoding(e) == FailureClass.POISON ? null : e;
        }
    }

    /** In the order in which they came, which a future with several waiters wouldn't keep. */
    private void answer(SchemaIdentifier schema, @Nullable Throwable error) {
        List<CompletableFuture<Void>> waiting;
        synchronized (underWay) {
            waiting = underWay.remove(schema);
            if (error == null) {
                if (known.size() >= MOST) {
                    known.clear();
                }
                known.add(schema);
            }
        }
        for (CompletableFuture<Void> each : waiting == null ? List.<CompletableFuture<Void>>of() : waiting) {
            if (error == null) {
                each.complete(null);
            } else {
                each.completeExceptionally(error);
            }
        }
    }

    /** What names the schema of a record; null if nothing does. */
    static @Nullable SchemaIdentifier schema(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return null;
        }
        Header header = record.headers().lastHeader(WireFormats.headerName(false));
        try {
            return WireFormats.DUAL
                    .open(header == null ? null : header.value(), value, 0, value.length)
                    .schema();
        } catch (MalformedRecordException e) {
            // Reading it will say what is wrong with it.
            return null;
        }
    }
}
