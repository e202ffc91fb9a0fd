package dev.schemabus.server;

import java.net.URI;
import java.time.Duration;

/**
 * SPI, inside: a log that several processes share. One of them leads: it decides and appends; the others follow, and send
 * the leader what would change anything.
 */
interface ClusterLog extends ChangeLog {

    /**
     * Makes this process one that may lead. Before, and after {@link #withdraw}, it only follows.
     *
     * @param url where the others reach it, unless they were told another
     */
    void join(URI url);

    /** Gives the lead to another, if it has it, and leaves it to the others. Doing it twice is fine. */
    void withdraw();

    /** How far the follower is: everything before this position has been applied. Comparable between processes. */
    long position();

    /**
     * Waits until the follower is at a position.
     *
     * @return false if that takes longer
     */
    boolean awaitPosition(long wanted, Duration atMost);

    /** The term of the leader that was chosen last, as far as this process knows: a number that only grows. */
    long term();

    /** A number that changes when {@link #mayWrite} or {@link #leader} may have changed. */
    long leadership();

    /** Waits until {@link #leadership} is another than this, or the time is over. */
    void awaitLeadershipAfter(long seen, Duration atMost);
}
