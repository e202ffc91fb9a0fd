package dev.schemabus.server;

import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaRefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that is a topic of Kafka, and shared by the nodes of a registry.
 *
 * <p>What makes it sound: a node that is chosen begins a {@link KafkaTerm}, which ends that of any other; then it appends
 * a marker and waits until it has read it back. From there on it has seen everything that was ever appended, and nobody
 * else appends without ending its term. An append that fails in an unclear way ends the term, too: the node doesn't decide
 * again before it has read how that one came out.
 */
final class KafkaChangeLog implements ClusterLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaChangeLog.class);

    /** To read the topic when it starts. */
    private static final Duration REPLAY_LIMIT = Duration.ofMinutes(5);

    private static final Duration READ_BACK_LIMIT = Duration.ofSeconds(10);

    /** Kafka forgets a transactional id that isn't used, after a week unless told otherwise. */
    private static final Duration LONGEST_SILENCE = Duration.ofDays(1);

    private final String node = UUID.randomUUID().toString();
    private final KafkaStorage storage;
    private final KafkaClients clients;
    private final KafkaLeadership leadership = new KafkaLeadership(node);
    private final Object appending = new Object();

    private @Nullable KafkaIntake intake;
    private @Nullable KafkaReader reader;
    private @Nullable LeaderElection election;

    /** Guarded by {@link #appending}; null unless this node leads. */
    private @Nullable KafkaTerm term;

    private volatile long lastAppended;

    /** @throws IllegalArgumentException for client properties that can't be */
    KafkaChangeLog(KafkaStorage storage) {
        this.storage = storage;
        this.clients = new KafkaClients(storage, node.substring(0, 8));
    }

    /**
     * @throws IllegalStateException if the topic can't serve a registry; the message says why and what to do
     * @throws RegistryUnavailableException if Kafka doesn't answer in time
     */
    @Override
    public void follow(Consumer<Change> follower) {
        KafkaTopic.ensure(storage, clients);
        KafkaIntake taking = new KafkaIntake(leadership, follower);
        intake = taking;
        KafkaReader started = new KafkaReader(clients.reader(), storage.topic(), taking);
        reader = started;
        boolean complete;
        try {
            complete = started.start(REPLAY_LIMIT);
        } catch (KafkaException e) {
            throw new RegistryUnavailableException(
                    50001, "Topic " + storage.topic() + " can't be read: " + e.getMessage(), e);
        }
        if (!complete) {
            started.close();
            Optional<String> trouble = started.trouble();
            if (trouble.isPresent()) {
                throw new RegistryUnavailableException(50001, trouble.get());
            }
            throw new RegistryUnavailableException(
                    50002,
                    "Topic " + storage.topic() + " wasn't read within " + REPLAY_LIMIT.toMinutes()
                            + " min, only up to offset " + started.position() + ": look at the brokers' health");
        }
    }

    @Override
    public long skipped() {
        return taken().skipped();
    }

    private KafkaIntake taken() {
        return following(intake);
    }

    private KafkaReader reading() {
        return following(reader);
    }

    private static <T> T following(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("follow() comes first");
        }
        return part;
    }

    @Override
    public synchronized void join(URI url) {
        if (election == null) {
            URI advertised = storage.advertisedUrl().orElse(url);
            leadership.joined(advertised);
            LeaderElection joined =
                    new LeaderElection(clients.member(advertised), storage.topic(), new Office(advertised));
            election = joined;
            joined.start();
        }
    }

    @Override
    public synchronized void withdraw() {
        if (election != null) {
            election.close();
            election = null;
        }
    }

    private final class Office implements LeaderElection.Office {

        private final URI url;

        Office(URI url) {
            this.url = url;
        }

        @Override
        public boolean able() {
            return !reading().hasEnded();
        }

        @Override
        public boolean held() {
            return mayWrite() && System.nanoTime() - lastAppended < LONGEST_SILENCE.toNanos();
        }

        @Override
        public void take() {
            beginTerm(url);
        }

        @Override
        public void leave() {
            synchronized (appending) {
                endTerm();
            }
        }
    }

    /** Ends every other node's term and begins one of this node's. */
    void beginTerm(URI url) {
        synchronized (appending) {
            endTerm();
            KafkaTerm begun = KafkaTerm.begin(clients.writer(), storage.topic());
            try {
                appendAndReadBack(begun, KafkaAnnouncement.of(url, node));
                // Versions that others have deleted for good may still be there to be read, and soon be gone.
                Optional<Change> ids = taken().highestIds().unkept();
                if (ids.isPresent()) {
                    appendAndReadBack(begun, KafkaEncoder.encode(ids.get()));
                }
            } catch (KafkaTerm.TooLargeException | KafkaException e) {
                begun.close();
                throw new IllegalStateException("no term could begin: " + e.getMessage(), e);
            }
            term = begun;
            lastAppended = System.nanoTime();
            leadership.mayWrite(true);
            LOG.info("This node leads the registry on topic {}, at {}", storage.topic(), url);
        }
    }

    private void appendAndReadBack(KafkaTerm begun, KafkaMessage message) throws KafkaTerm.TooLargeException {
        long offset = begun.append(List.of(message));
        if (!reading().await(offset + 1, READ_BACK_LIMIT)) {
            throw new KafkaException("the topic wasn't read up to offset " + offset + " in time");
        }
    }

    private void endTerm() {
        KafkaTerm ending = term;
        if (ending != null) {
            term = null;
            leadership.mayWrite(false);
            ending.close();
        }
    }

    @Override
    public void append(List<Change> changes) {
        synchronized (appending) {
            KafkaTerm current = term;
            if (current == null || !mayWrite()) {
                throw new RegistryUnavailableException(
                        50004, "This node doesn't lead the registry, and nothing was changed: send the request again");
            }
            long last;
            try {
                last = current.append(messages(changes));
                lastAppended = System.nanoTime();
            } catch (KafkaTerm.TooLargeException e) {
                throw new SchemaRefusedException(
                        42209, "The schema is larger than topic " + storage.topic() + " takes: " + e.getMessage(), e);
            } catch (KafkaException e) {
                endTerm();
                LOG.warn("This node no longer leads the registry, since a write failed: {}", e.toString());
                throw new RegistryUnavailableException(
                        50001,
                        "Kafka didn't confirm the write, so it may or may not count: ask what is registered, or send"
                                + " the request again (" + e.getMessage() + ")",
                        e);
            }
            if (!reading().await(last + 1, READ_BACK_LIMIT)) {
                endTerm();
                throw new RegistryUnavailableException(
                        50002,
                        "The write is stored at offset " + last + " and wasn't read back within "
                                + READ_BACK_LIMIT.toSeconds() + " s: it counts, ask again what is registered");
            }
        }
    }

    private List<KafkaMessage> messages(List<Change> changes) {
        List<KafkaMessage> messages = new ArrayList<>();
        if (changes.stream().anyMatch(Change.SchemaRemoved.class::isInstance)) {
            taken().highestIds().unkept().map(KafkaEncoder::encode).ifPresent(messages::add);
        }
        changes.forEach(change -> messages.addAll(taken().foreign().messages(change)));
        return messages;
    }

    @Override
    public boolean mayWrite() {
        return leadership.mayWrite();
    }

    @Override
    public Optional<URI> leader() {
        return leadership.other();
    }

    @Override
    public Optional<String> trouble() {
        return reading().trouble();
    }

    @Override
    public long position() {
        return reading().position();
    }

    @Override
    public boolean awaitPosition(long wanted, Duration atMost) {
        return reading().await(wanted, atMost);
    }

    @Override
    public long term() {
        return leadership.term();
    }

    @Override
    public long leadership() {
        return leadership.changes();
    }

    @Override
    public void awaitLeadershipAfter(long seen, Duration atMost) {
        leadership.awaitChangeAfter(seen, atMost);
    }

    @Override
    public void close() {
        withdraw();
        synchronized (appending) {
            endTerm();
        }
        if (reader != null) {
            reader.close();
        }
    }
}
