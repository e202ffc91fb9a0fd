package dev.schemabus.bus;

import dev.schemabus.serde.EventReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Internal: what all records of a subscription go through.
 *
 * @param reader from bytes to an event
 * @param lookups asks the registry before the reader has to
 * @param handlers from an event to what it does
 * @param calls the handlers that run now
 * @param circuit says whether handlers are called at all
 * @param retries where records go that are to be tried again elsewhere
 * @param deadLetters where records go that fail
 * @param signals told what happens
 * @param unknownSchemas since when the registry doesn't know one
 * @param infraLog keeps an outage from filling the log
 * @param outputs makes records of what handlers publish through their context; empty if they can't
 * @param finished told of each record's end
 */
record RecordRoad<T>(
        SubscriptionSettings settings,
        EventReader<T> reader,
        SchemaLookups lookups,
        Handlers<T> handlers,
        HandlerCalls calls,
        Circuit circuit,
        RetryWriter retries,
        DeadLetterWriter deadLetters,
        Lifecycle lifecycle,
        Counters counters,
        Signals signals,
        UnknownSchemas unknownSchemas,
        RateLimit infraLog,
        Optional<EventRecords> outputs,
        Consumer<Finished> finished) {

    /**
     * The end of a record.
     *
     * @param bytes what it took in flight
     * @param complete whether its offset may be committed; false if it was given up
     * @param outputs what its handler published through its context
     */
    record Finished(Assignment assignment, long offset, long bytes, boolean complete, List<Outputs.Output> outputs) {}
}
