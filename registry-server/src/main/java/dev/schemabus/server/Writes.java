package dev.schemabus.server;

import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One writer at a time: a decision and its changes belong together, so that ids and versions are handed out once. */
final class Writes {

    /**
     * Those that decide or wait for it, each with a thread of whoever serves: few enough to leave threads to those who
     * only ask, whatever the log is about.
     */
    static final int MOST_AT_A_TIME = 40;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ChangeLog log;
    private final boolean readOnly;

    /** @param readOnly whether this server refuses every write, whatever the modes say */
    Writes(ChangeLog log, boolean readOnly) {
        this.log = log;
        this.readOnly = readOnly;
    }

    /**
     * Runs a decision that may {@link #append} what it decides.
     *
     * @throws SchemaRefusedException 42205 if this server only reads
     * @throws RegistryUnavailableException 50004 if another process decides, 50003 if too many wait, or it does for too
     *     long: nothing was changed
     */
    <T> T decide(Supplier<T> decision) {
        if (readOnly) {
            throw new SchemaRefusedException(
                    42205, "This server only reads: send writes to one that was started without read-only");
        }
        if (!places.tryAcquire()) {
            throw busy(MOST_AT_A_TIME + " writes wait already");
        }
        try {
            return alone(decision);
        } finally {
            places.release();
        }
    }

    private <T> T alone(Supplier<T> decision) {
        try {
            if (!writing.tryLock(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw busy("the writes before this one took more than " + LONGEST_WAIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("the server is stopping");
        }
        try {
            if (!log.mayWrite()) {
                throw new RegistryUnavailableException(
                        50004, "Another node decides about writes, and isn't known yet: try again");
            }
            return decision.get();
        } finally {
            writing.unlock();
        }
    }

    private static RegistryUnavailableException busy(String reason) {
        return new RegistryUnavailableException(50003, "Nothing was changed, since " + reason + ": try again later");
    }

    /** Appends and waits until the changes are in effect. Only inside of {@link #decide}. */
    void append(List<? extends Change> changes) {
        log.append(List.copyOf(changes));
    }

    void append(Change change) {
        append(List.of(change));
    }
}
