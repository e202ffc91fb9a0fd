package dev.schemabus.server;

import java.util.function.Consumer;

/**
 * SPI, inside: where a registry's changes are kept, in order. A log has one follower; what it hears is the truth, so a
 * log on a shared medium may also deliver what other processes appended.
 */
interface ChangeLog extends AutoCloseable {

    /** Delivers everything the log holds, then returns; afterwards each new change, in order. Called once, first. */
    void follow(Consumer<Change> follower);

    /**
     * Appends a change, and returns only after the follower has applied it.
     *
     * @throws dev.schemabus.registry.RegistryUnavailableException if the log can't take it; then it did not happen
     */
    void append(Change change);

    @Override
    void close();
}
