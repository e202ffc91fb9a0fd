package dev.schemabus.server;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * SPI, inside: where a registry's changes are kept, in order. A log has one follower; what it hears is the truth, so a
 * log on a shared medium also delivers what other processes appended.
 */
interface ChangeLog extends AutoCloseable {

    /** Delivers everything the log holds, then returns; afterwards each new change, in order. Called once, first. */
    void follow(Consumer<Change> follower);

    /**
     * Appends changes, in order, and returns only after the follower has applied the last of them.
     *
     * @param changes at least one
     * @throws dev.schemabus.registry.RegistryUnavailableException 50001 or 50002 if the log can't take them, 50004 if
     *     this process may not write
     */
    void append(List<Change> changes);

    /** Whether this process decides. If not, {@link #leader} does. */
    default boolean mayWrite() {
        return true;
    }

    /** Whom to send a write to, if it is another process and known. */
    default Optional<URI> leader() {
        return Optional.empty();
    }

    /** What keeps it from being asked, as a sentence; empty if nothing does. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** How many messages it holds that could not be read. */
    default long skipped() {
        return 0;
    }

    @Override
    void close();
}
