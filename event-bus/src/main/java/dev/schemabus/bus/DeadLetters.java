package dev.schemabus.bus;

import dev.schemabus.serde.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The dead letters that a group left of a topic, by {@link EventBus#deadLetters}. Each call reads the dead letter topic
 * from end to end, as a member of no group: looking at letters moves nobody's offsets.
 */
public final class DeadLetters {

    static final Duration WAIT = Duration.ofSeconds(10);

    private final EventBus bus;
    private final String source;
    private final String group;
    private final LetterDecoder decoder;

    DeadLetters(EventBus bus, String source, String group) {
        this.bus = bus;
        this.source = source;
        this.group = group;
        this.decoder = new LetterDecoder(bus.registry());
    }

    /** The dead letter topic. */
    public String topic() {
        return TopicNames.deadLetter(source, group);
    }

    /**
     * The first dead letters, by partition and offset.
     *
     * @param limit how many at most, at least 1
     * @throws TopicMissingException if there is no dead letter topic
     * @throws BrokerUnavailableException if no broker answers
     */
    public List<DeadLetter> browse(DeadLetterFilter filter, int limit) {
        if (limit < 1) {
            throw new BusConfigurationException("browse(…) needs a limit of at least 1, not " + limit);
        }
        List<DeadLetter> found = new ArrayList<>();
        try (LetterScan scan = scan("browse")) {
            for (TopicPartition partition : scan.partitions()) {
                if (filter.wants(partition.partition())
                        && !scan.read(partition, scan.begin(partition), letter -> {
                            if (filter.matches(letter)) {
                                found.add(letter);
                            }
                            return found.size() < limit;
                        })) {
                    break;
                }
            }
        }
        return found;
    }

    /**
     * What a letter says, with the schema that it was written under and without the classes of its event. Safe for any
     * bytes: what can't be read gives the reason.
     */
    public DecodedLetter decode(DeadLetter letter) {
        return decoder.decode(source, letter.record().headers(), letter.value().orElse(null));
    }

    /**
     * A letter's event.
     *
     * @param type a record, or a sealed interface over records; nothing else is made
     * @throws RuntimeException as its subscription got it, if it can't be decoded
     */
    public <T> T event(DeadLetter letter, Class<T> type) {
        byte[] value = letter.value()
                .orElseThrow(() -> new IllegalArgumentException(letter + " has no value that could be decoded"));
        return EventReader.<T>builder(bus.registry())
                .type(type)
                .build()
                .read(source, letter.record().headers(), value);
    }

    /**
     * Replays dead letters, those that stand there now, oldest first in each partition: key, value and published headers
     * as they were, so also the event id. The letters stay where they are. Where a replay came to is kept by filter and
     * target, so the same replay, done again, goes on behind the last one; see {@link ReplayOption#fromStart}.
     *
     * @param target who gets them
     * @throws TopicMissingException if there is no dead letter topic; or, with {@link ReplayTarget#GROUP_ONLY}, none that
     *     only this group reads, and the bus doesn't create topics
     * @throws BusConfigurationException if {@link ReplayTarget#SOURCE_TOPIC} isn't confirmed, or the group's subscriptions
     *     don't read what is replayed to the group alone, because they were started before its topic was there
     * @throws BrokerUnavailableException if no broker answers
     */
    public ReplayReport replay(DeadLetterFilter filter, ReplayTarget target, ReplayOption... options) {
        ReplayPlan plan = ReplayPlan.of(source, group, filter, target, options);
        try (LetterScan scan = scan(plan.progressGroup())) {
            String to = target == ReplayTarget.SOURCE_TOPIC ? source : TopicNames.replay(source, group);
            if (target == ReplayTarget.GROUP_ONLY && !plan.dryRun()) {
                requireReader(to);
            }
            return new Replay(plan, scan, bus.producer(), to).run();
        }
    }

    private LetterScan scan(String name) {
        bus.checkOpen();
        int count = bus.catalog().find(topic(), WAIT).orElseThrow(() -> new TopicMissingException(topic()));
        return new LetterScan(bus.settings(), name, topic(), count);
    }

    /** A record that nobody reads would be replayed into the void. */
    private void requireReader(String to) {
        int partitions = bus.catalog().find(source, WAIT).orElse(1);
        int count = bus.catalog().requireDerived(to, partitions, WAIT);
        Optional<Boolean> read = bus.catalog().isRead(to, count, group, WAIT);
        if (read.isPresent() && !read.get()) {
            throw new BusConfigurationException("Group " + group + " does not read all of " + to
                    + ", because subscriptions of it were started before that topic was there: start them again, then"
                    + " replay");
        }
    }
}
