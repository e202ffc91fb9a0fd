package dev.schemabus.bus.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was published with which outcome, what stands in the topic, and what was handed to handlers, when. Written down by
 * many threads while faults happen; judged by {@link HistoryCheck} afterwards.
 *
 * <p>Events are numbered per key, ascending in the order in which they were published.
 */
final class History {

    /** What the publisher was told. */
    enum Outcome {
        ACKED,
        /** Surely not written. */
        REJECTED,
        /** Perhaps written. */
        INDETERMINATE,
        /** Written in a transaction that was aborted. */
        ABORTED
    }

    /**
     * The end of publishing one event.
     *
     * @param partition -1 unless acked
     * @param offset -1 unless acked
     */
    record Publication(String key, long number, Outcome outcome, int partition, long offset) {}

    /** A record that stands in the topic. */
    record Logged(int partition, long offset, String key, long number) {}

    /**
     * A call of a handler.
     *
     * @param attempt from 1
     * @param start in {@link System#nanoTime} terms, which all processes of a machine share
     * @param end the same; {@link #NEVER} if the handler never returned
     */
    record Delivery(
            String member, int partition, long offset, String key, long number, int attempt, long start, long end) {

        static final long NEVER = Long.MIN_VALUE;
    }

    private final ConcurrentLinkedQueue<Publication> publications = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Logged> log = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger delivered = new AtomicInteger();

    void add(Publication publication) {
        publications.add(publication);
    }

    void add(Logged record) {
        log.add(record);
    }

    void add(Delivery delivery) {
        deliveries.add(delivery);
        delivered.incrementAndGet();
    }

    List<Publication> publications() {
        return new ArrayList<>(publications);
    }

    List<Publication> publications(Outcome outcome) {
        return publications.stream()
                .filter(publication -> publication.outcome() == outcome)
                .toList();
    }

    List<Logged> log() {
        return new ArrayList<>(log);
    }

    List<Delivery> deliveries() {
        return new ArrayList<>(deliveries);
    }

    /** How often a handler was called so far. */
    int deliveryCount() {
        return delivered.get();
    }

    /** How many different records were handed out. */
    int distinctDeliveries() {
        return (int) deliveries.stream()
                .map(delivery -> (long) delivery.partition() << 48 | delivery.offset())
                .distinct()
                .count();
    }

    /** How often a record was handed out again, not counting further attempts. */
    int redeliveries() {
        return (int) deliveries.stream()
                        .filter(delivery -> delivery.attempt() == 1)
                        .count()
                - distinctDeliveries();
    }
}
