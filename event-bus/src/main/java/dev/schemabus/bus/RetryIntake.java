package dev.schemabus.bus;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: what stands between the poll and the lanes for the sake of retries. Records of retry topics wait here until
 * they are due. With key order, a source partition waits until the retry partition of the same number has been read to
 * its end, so that it is known which keys are parked. Used by the poll thread alone.
 */
final class RetryIntake {

    private static final Logger LOG = LoggerFactory.getLogger(RetryIntake.class);

    private static final Duration END_WAIT = Duration.ofSeconds(1);

    private final SubscriptionSettings settings;
    private final RetryTopics topics;
    private final Delays delays;
    private final Set<TopicPartition> assigned = new HashSet<>();
    /** With key order: what is known of each assigned retry partition. */
    private final Map<TopicPartition, Term> terms = new HashMap<>();

    private final RateLimit apartLog = new RateLimit(Duration.ofMinutes(1));

    /** The time during which this member has a retry partition. */
    private static final class Term {
        final ParkedKeys parked;

        @Nullable
        Long first;

        /** Where it ended once it was ours: all that its former owner completed by it stands before that. */
        @Nullable
        Long end;

        boolean read;

        /** Copies that were complete before this term: they lock their key until they are committed. */
        final List<Incoming> finished = new ArrayList<>();

        Term(ParkedKeys parked) {
            this.parked = parked;
        }
    }

    private final OffsetLedger ledger;
    private int inFlight;

    /**
     * @param limits how much may wait for its delay, beside what is in flight
     * @param ledger knows what was completed before, and what is committed
     */
    RetryIntake(SubscriptionSettings settings, RetryTopics topics, PollLimits limits, OffsetLedger ledger) {
        this.settings = settings;
        this.topics = topics;
        this.delays = new Delays(Clock.systemUTC(), System::nanoTime, limits);
        this.ledger = ledger;
    }

    /** Notes partitions that have come, and holds back those whose records must wait. */
    void assigned(Collection<TopicPartition> partitions, Intake intake) {
        assigned.addAll(partitions);
        for (TopicPartition partition : partitions) {
            if (topics.keepsOrder() && topics.isRetry(partition)) {
                terms.put(
                        partition,
                        new Term(new ParkedKeys(
                                settings.maxParkedKeys(), settings.maxParkedRecords(), System::nanoTime)));
            }
        }
        intake.holdOnly(holding(), this);
    }

    /** Forgets partitions that have gone. */
    void forget(Collection<TopicPartition> partitions) {
        assigned.removeAll(partitions);
        partitions.forEach(terms::remove);
        delays.forget(partitions);
    }

    /** With key order, the source partitions of those among these that are retry partitions. */
    Set<TopicPartition> orderedSources(Collection<TopicPartition> partitions) {
        return partitions.stream().filter(terms::containsKey).map(this::source).collect(Collectors.toSet());
    }

    /** Takes a record that was polled; empty if it doesn't go on, or not now. */
    Optional<Incoming> take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = Incoming.partition(record);
        Duration longest = topics.delay(record.topic());
        if (longest == null) {
            if (TopicNames.source(record.topic(), settings.group()).isPresent()) {
                // That of replays, or of an earlier policy.
                return Optional.of(retried(record, null));
            }
            Term term = term(partition);
            return Optional.of(Incoming.ofSource(record, lane(record), term == null ? null : term.parked));
        }
        Term term = terms.get(partition);
        if (topics.keepsOrder() && term == null) {
            return Optional.empty();
        }
        Incoming incoming = retried(record, term == null ? null : term.parked);
        if (term != null) {
            long origin =
                    RetryState.isMoved(record.headers()) ? incoming.event().offset() : ParkedKeys.NO_ORIGIN;
            if (!term.read) {
                term.first = term.first == null ? Long.valueOf(record.offset()) : term.first;
                term.parked.found(incoming.lane(), origin, record.offset());
                if (ledger.isCompletedAhead(partition, record.offset(), record.leaderEpoch())) {
                    term.finished.add(incoming);
                }
                return Optional.empty();
            }
            term.parked.arrived(incoming.lane(), origin, record.offset());
        }
        delays.add(incoming, longest);
        return Optional.empty();
    }

    /** What has become due. */
    List<Incoming> due() {
        return delays.due();
    }

    /** A record that was read from a retry topic goes to its lane. */
    void started() {
        inFlight++;
    }

    /** A record is finished or given up. */
    void finished(TopicPartition partition) {
        if (TopicNames.source(partition.topic(), settings.group()).isPresent()) {
            inFlight--;
        }
    }

    /**
     * Goes on with what takes more than one poll: goes back to the start of retry partitions that have been read to their
     * end, and frees keys whose last record is committed.
     */
    void afterPoll(Consumer<?, ?> consumer) {
        askEnds(consumer);
        terms.forEach((partition, term) -> {
            TopicPartition source = source(partition);
            if (term.read) {
                term.parked.committed(ledger.committed(partition));
                term.parked.sourceCommitted(ledger.committed(source));
            } else if (isAtEnd(consumer, partition, term)) {
                if (term.first != null) {
                    consumer.seek(partition, term.first);
                }
                term.read = true;
                // Not before all copies are known: of those with the same origin only the last counts.
                term.finished.forEach(Incoming::finished);
                term.finished.clear();
                position(consumer, source).ifPresent(term.parked::sourceCommitted);
                LOG.info("Group {}: {} keys are parked in {}", settings.group(), term.parked.size(), partition);
            }
        });
    }

    /**
     * Says what must not be fetched now.
     *
     * @param all whether that is everything
     * @param full whether too much is in flight: then retry topics go on, within their own limit, because what is in
     *     flight may wait for room there
     */
    void holdBack(Intake intake, boolean all, boolean full) {
        intake.holdOnly(holding(), this);
        boolean room = inFlight < settings.maxRecords() / 2 + 1;
        intake.holdAllBut(partition -> !all && room && topics.isRetry(partition), all || full);
    }

    /** Partitions that must not be fetched now. */
    private Set<TopicPartition> holding() {
        Set<TopicPartition> held = delays.holding();
        if (delays.full()) {
            // What is read to find out which keys are parked doesn't wait there, and sources wait for it.
            assigned.stream()
                    .filter(partition -> topics.isRetry(partition) && !(topics.keepsOrder() && !isRead(partition)))
                    .forEach(held::add);
        }
        if (topics.keepsOrder()) {
            for (TopicPartition partition : assigned) {
                if (isHeldForOrder(partition)) {
                    held.add(partition);
                }
            }
        }
        return held;
    }

    private boolean isHeldForOrder(TopicPartition partition) {
        if (topics.isRetry(partition)) {
            return isRead(partition) && !assigned.contains(source(partition)) && apart(partition);
        }
        Term term = term(partition);
        if (term == null) {
            return apart(partition);
        }
        return !term.read || term.parked.full();
    }

    /** Only members that subscribe to other topics than this one, as during a deployment, make the assignor do this. */
    private boolean apart(TopicPartition partition) {
        if (apartLog.permits()) {
            LOG.warn(
                    "{}: {} waits, because its source or retry partition belongs to another member: all members of the"
                            + " group need the same topics and the same retry policy",
                    settings.group(),
                    partition);
        }
        return true;
    }

    private boolean isRead(TopicPartition retry) {
        Term term = terms.get(retry);
        return term != null && term.read;
    }

    /** The term of the retry partition that belongs to a source partition. */
    private @Nullable Term term(TopicPartition source) {
        if (!topics.keepsOrder()) {
            return null;
        }
        return terms.get(new TopicPartition(TopicNames.retry(source.topic(), settings.group(), 0), source.partition()));
    }

    private TopicPartition source(TopicPartition retry) {
        return new TopicPartition(Objects.requireNonNull(topics.source(retry.topic())), retry.partition());
    }

    /** Whether all that stood in a partition when it was assigned has been polled. */
    private static boolean isAtEnd(Consumer<?, ?> consumer, TopicPartition partition, Term term) {
        OptionalLong position = position(consumer, partition);
        return term.end != null && position.isPresent() && position.getAsLong() >= term.end;
    }

    /** What fetches tell won't do: a new leader's may be behind what was acknowledged, and this question waits for it. */
    private void askEnds(Consumer<?, ?> consumer) {
        Set<TopicPartition> unknown = terms.entrySet().stream()
                .filter(entry -> entry.getValue().end == null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (unknown.isEmpty()) {
            return;
        }
        try {
            consumer.endOffsets(unknown, END_WAIT)
                    .forEach((partition, end) -> Objects.requireNonNull(terms.get(partition)).end = end);
        } catch (TimeoutException e) {
            LOG.debug("Group {}: the ends of {} are not known yet", settings.group(), unknown, e);
        }
    }

    private static OptionalLong position(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.assignment().contains(partition)
                    ? OptionalLong.of(consumer.position(partition, Duration.ZERO))
                    : OptionalLong.empty();
        } catch (TimeoutException | InvalidOffsetException e) {
            // The next poll finds out too, and knows what to do about it.
            return OptionalLong.empty();
        }
    }

    private Incoming retried(ConsumerRecord<byte[], byte[]> record, @Nullable ParkedKeys parked) {
        ConsumerRecord<byte[], byte[]> event = Origin.restored(record, settings.group());
        return new Incoming(
                Incoming.partition(record),
                record.offset(),
                record.leaderEpoch(),
                event,
                RetryState.of(record.headers()),
                lane(event),
                parked);
    }

    private Object lane(ConsumerRecord<byte[], byte[]> event) {
        TopicPartition partition = Incoming.partition(event);
        return switch (settings.ordering()) {
            case NONE -> new Object();
            case BY_PARTITION -> partition;
            case BY_KEY -> {
                byte @Nullable [] key = event.key();
                yield key == null ? partition : new KeyLane(event.topic(), ByteBuffer.wrap(key));
            }
        };
    }

    /** The lane of a key. */
    private record KeyLane(String topic, ByteBuffer key) {}
}
