package dev.schemabus.server;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who leads, as far as this node knows, for many threads to look at and to wait for. */
final class KafkaLeadership {

    /**
     * A node that has said that it leads.
     *
     * @param url where it answers
     * @param node what tells it from others, should two give the same URL
     * @param term the offset at which it has said so
     */
    record Leader(URI url, String node, long term) {}

    private final String self;
    private @Nullable URI ownUrl;
    private boolean mayWrite;
    private @Nullable Leader announced;
    private long changes;

    KafkaLeadership(String self) {
        this.self = self;
    }

    /** @param url where the other nodes reach this one */
    synchronized void joined(URI url) {
        ownUrl = url;
    }

    /** A leader's marker was read. Another's means that this node's term, if it had one, is over. */
    synchronized void announced(Leader leader) {
        announced = leader;
        mayWrite &= leader.node().equals(self);
        changed();
    }

    synchronized void mayWrite(boolean now) {
        mayWrite = now;
        changed();
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    synchronized boolean mayWrite() {
        return mayWrite;
    }

    /** The leader, if it is another node, and not what this one was before it was started again. */
    synchronized Optional<URI> other() {
        return Optional.ofNullable(announced)
                .filter(leader -> !leader.node().equals(self) && !leader.url().equals(ownUrl))
                .map(Leader::url);
    }

    /** The term of the leader that was announced last; -1 if none was. */
    synchronized long term() {
        return announced == null ? -1 : announced.term();
    }

    synchronized long changes() {
        return changes;
    }

    synchronized void awaitChangeAfter(long seen, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toMillis(); changes == seen && left > 0; ) {
                wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
