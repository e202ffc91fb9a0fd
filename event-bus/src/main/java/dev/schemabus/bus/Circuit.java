package dev.schemabus.bus;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: stops calling handlers for a while when one record after the other fails: then it is not the records. While
 * it is open records wait and spend no attempt; after the pause one of them is let through, and if its handler returns,
 * all are. The one that is let through spends an attempt, so a record that is itself at fault can't keep it open for ever.
 */
final class Circuit {

    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

    /** How often a record asks that waits for the outcome of another. */
    private static final Duration PROBE_WAIT = Duration.ofMillis(100);

    private final String group;
    private final int failures;
    private final Duration pause;
    private final Consumer<Boolean> told;
    private final LongSupplier nanoTime;
    private final Set<Object> failing = new HashSet<>();
    private volatile boolean open;
    private long openUntil;
    private @Nullable Object probe;

    /**
     * @param failures how many different records fail with no success between before it opens; 0: it never does
     * @param told hears when it opens (true) and closes
     */
    Circuit(String group, int failures, Duration pause, Consumer<Boolean> told, LongSupplier nanoTime) {
        this.group = group;
        this.failures = failures;
        this.pause = pause;
        this.told = told;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks to call the handler.
     *
     * @param record whose
     * @return empty: call it and tell the outcome; else when to ask again
     */
    Optional<Duration> ask(Object record) {
        return open ? askWhileOpen(record) : Optional.empty();
    }

    private synchronized Optional<Duration> askWhileOpen(Object record) {
        if (!open) {
            return Optional.empty();
        }
        long left = openUntil - nanoTime.getAsLong();
        if (left > 0) {
            return Optional.of(Duration.ofNanos(left));
        }
        if (probe != null && probe != record) {
            return Optional.of(PROBE_WAIT);
        }
        probe = record;
        return Optional.empty();
    }

    /** The handler returned. */
    void succeeded() {
        if (failures > 0) {
            close();
        }
    }

    private synchronized void close() {
        failing.clear();
        probe = null;
        if (open) {
            open = false;
            LOG.info("Group {}: a handler succeeded, all go on", group);
            told.accept(false);
        }
    }

    /** The handler threw. */
    void failed(Object record) {
        if (failures > 0) {
            note(record);
        }
    }

    private synchronized void note(Object record) {
        if (open) {
            if (probe == record) {
                probe = null;
                openUntil = nanoTime.getAsLong() + pause.toNanos();
            }
            return;
        }
        failing.add(record);
        if (failing.size() >= failures) {
            failing.clear();
            open = true;
            openUntil = nanoTime.getAsLong() + pause.toNanos();
            LOG.error(
                    "Group {}: the handlers of {} records in a row failed: none is called for {}, then one",
                    group,
                    failures,
                    pause);
            told.accept(true);
        }
    }

    /** The record is gone, whatever became of it: it can't be the one that is waited for. */
    void gone(Object record) {
        if (open) {
            release(record);
        }
    }

    private synchronized void release(Object record) {
        if (probe == record) {
            probe = null;
        }
    }

    /** Whether it is open; may be asked from any thread. */
    boolean isOpen() {
        return open;
    }
}
