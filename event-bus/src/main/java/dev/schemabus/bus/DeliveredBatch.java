package dev.schemabus.bus;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of a batch come from, and which of them have failed. Only while its handler runs, on one thread at a
 * time.
 *
 * <p>A failed event is tried again as the {@link RetryPolicy} says, and so are the events of its key behind it in the batch,
 * which were handled too early; they are not charged with an attempt. All others are done.
 */
public final class DeliveredBatch<E> {

    private final List<E> events;
    private final List<Delivered> contexts;
    private final @Nullable Throwable[] failures;

    DeliveredBatch(List<E> events, List<Delivered> contexts) {
        this.events = events;
        this.contexts = contexts;
        this.failures = new Throwable[events.size()];
    }

    /** How many events there are. */
    public int size() {
        return events.size();
    }

    /** Where an event comes from. */
    public Delivered delivered(int index) {
        return contexts.get(index);
    }

    /**
     * Says that an event couldn't be handled.
     *
     * @param event one of the list, by identity: an equal one elsewhere in it is another event
     * @param error why; what the retry policy and the dead letter are told
     * @throws IllegalArgumentException if it isn't in the list
     */
    public void fail(E event, Throwable error) {
        for (int index = 0; index < events.size(); index++) {
            if (isSame(events.get(index), event)) {
                fail(index, error);
                return;
            }
        }
        throw new IllegalArgumentException(
                "This event is not one of the batch (by identity): name one of the list, or its" + " index");
    }

    /** The same by its place in the list, from 0. */
    public void fail(int index, Throwable error) {
        Objects.checkIndex(index, failures.length);
        failures[index] = Objects.requireNonNull(error, "An event that fails has an error");
    }

    /** What an event failed with, or null. */
    @Nullable
    Throwable failure(int index) {
        return failures[index];
    }

    /** Those that nobody named fail with what the handler threw. */
    void failRest(Throwable error) {
        for (int index = 0; index < failures.length; index++) {
            if (failures[index] == null) {
                failures[index] = error;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // Events are values, and a batch may hold two that are equal.
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
