package dev.schemabus.server;

import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaRefusedException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One writer at a time: a decision and its changes belong together, so that ids and versions are handed out once. */
final class Writes {

    private final ReentrantLock writing = new ReentrantLock();
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
     * @throws RegistryUnavailableException 50004 if another process decides
     */
    <T> T decide(Supplier<T> decision) {
        if (readOnly) {
            throw new SchemaRefusedException(
                    42205, "This server only reads: send writes to one that was started without read-only");
        }
        writing.lock();
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

    /** Appends and waits until the changes are in effect. Only inside of {@link #decide}. */
    void append(List<? extends Change> changes) {
        log.append(List.copyOf(changes));
    }

    void append(Change change) {
        append(List.of(change));
    }
}
