package dev.schemabus.bus;

import dev.schemabus.bus.Handlers.Answer;
import dev.schemabus.schema.EventType;
import dev.schemabus.serde.EventReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a {@link Subscription}.
 *
 * @param <T> the type subscribed to
 */
public final class SubscriptionBuilder<T> {

    /** How long {@link #start} waits for a broker to answer. */
    private static final Duration TOPIC_WAIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionBuilder.class);

    private final EventBus bus;
    private final Class<T> root;
    private final Map<Class<?>, Answer<T>> answers = new LinkedHashMap<>();
    private final SubscriptionSettings.Builder settings;

    private @Nullable TombstoneHandler tombstones;
    private List<TopicPattern> patterns = List.of();
    private Optional<Batches<T>> batches = Optional.empty();

    SubscriptionBuilder(EventBus bus, Class<T> root) {
        this.bus = bus;
        this.root = root;
        this.settings = bus.subscriptionDefaults();
    }

    /** The consumer group: its members share the partitions, and its progress is kept by Kafka. Needed. */
    public SubscriptionBuilder<T> group(String name) {
        settings.group = name;
        return this;
    }

    /**
     * Subscribes to these topics instead of those that the naming gives the types: names, or patterns with {@code *} for
     * segments (see {@link TopicPattern}). Topics that match a pattern and come later are taken in within
     * {@code metadata.max.age.ms}, 30 seconds unless given. Records of other types than those subscribed to become dead
     * letters.
     *
     * @param namesOrPatterns at least one
     */
    public SubscriptionBuilder<T> topics(String... namesOrPatterns) {
        if (namesOrPatterns.length == 0) {
            throw new BusConfigurationException("topics(…) needs at least one name or pattern, such as shop.*");
        }
        patterns = Arrays.stream(namesOrPatterns).map(TopicPattern::new).toList();
        return this;
    }

    /** Which records are handled one after the other. Default: {@link Ordering#BY_KEY}. */
    public SubscriptionBuilder<T> ordering(Ordering kept) {
        settings.ordering = kept;
        return this;
    }

    /** How many handlers may run at the same time, at least 1. Default: 1. */
    public SubscriptionBuilder<T> concurrency(int handlers) {
        settings.concurrency = handlers;
        return this;
    }

    /**
     * Handles events of a type.
     *
     * @param type a record, or a sealed interface to handle all of its records that nothing nearer is said about
     */
    public <E extends T> SubscriptionBuilder<T> on(Class<E> type, EventHandler<? super E> handler) {
        Objects.requireNonNull(handler, () -> "The handler of " + type.getName() + " is null");
        return answer(type, new Answer<>((event, context) -> handler.handle(type.cast(event), context)));
    }

    /**
     * Handles several events at once instead of one by one: {@code .batch(500, ofMillis(200)).handle((events, batch) -> …)}.
     * A batch is handed over when it is full, or when an event has waited so long; {@code concurrency} batches at the same
     * time, each key in one of them at most. Not with {@link DeliveryMode#AT_MOST_ONCE}, {@link #once} or
     * {@link RetryPolicy#keepKeyOrder}.
     *
     * @param size the most events of a batch, at least 1
     * @param wait how long an event waits for others, not negative
     */
    public BatchBuilder<T> batch(int size, Duration wait) {
        if (size < 1 || wait.isNegative()) {
            throw new BusConfigurationException(
                    "A batch has at least 1 event and no negative wait: batch(" + size + ", " + wait + ")");
        }
        return new BatchBuilder<>(this, size, wait);
    }

    SubscriptionBuilder<T> batches(Batches<T> given) {
        // It answers for all that is not ignored.
        answer(root, new Answer<>((event, context) -> {
            throw new IllegalStateException("A batch handler takes all events");
        }));
        batches = Optional.of(given);
        return this;
    }

    /**
     * Handles events with the methods of an object: its public methods {@code void on(OrderPlaced event)} and
     * {@code void on(OrderPlaced event, Delivered context)}, found now, each for the type of its first parameter.
     *
     * @throws BusConfigurationException if it has none, or one named so that can't be called with an event
     */
    public SubscriptionBuilder<T> handler(Object handlers) {
        HandlerMethods.of(root, handlers).forEach(this::answer);
        return this;
    }

    /** Reads events of a type and does nothing with them. */
    public SubscriptionBuilder<T> ignore(Class<? extends T> type) {
        return answer(type, new Answer<>(null));
    }

    /**
     * Handles tombstones, the records without a value that delete a key of a compacted topic, whoever published them. Without
     * a handler they are skipped and count as ignored; so are those without a key. Not with {@link #batch}.
     */
    public SubscriptionBuilder<T> onTombstone(TombstoneHandler handler) {
        if (tombstones != null) {
            throw new BusConfigurationException(
                    "The subscription to " + root.getName() + " has two handlers for tombstones: keep one");
        }
        tombstones = Objects.requireNonNull(handler, "The handler of tombstones is null");
        return this;
    }

    /** How often a record takes effect. Default: {@link DeliveryMode#AT_LEAST_ONCE}. */
    public SubscriptionBuilder<T> delivery(DeliveryMode mode) {
        settings.delivery = mode;
        return this;
    }

    /**
     * What follows when a handler throws. Default: {@link RetryPolicy#DEFAULT}; with {@link DeliveryMode#AT_MOST_ONCE}, no
     * second attempt.
     */
    public SubscriptionBuilder<T> retry(RetryPolicy policy) {
        settings.retry = policy;
        settings.retryInCode = true;
        settings.retryForAll = false;
        return this;
    }

    /**
     * Stops calling handlers for a while when the handlers of several records fail and none succeeds between: then it is
     * not the records. Meanwhile records wait and spend no attempt. After the pause one record is let through; if its
     * handler returns all go on, else there is another pause. Default: never.
     *
     * @param failures how many different records; 0: never
     * @param pause how long no handler is called
     */
    public SubscriptionBuilder<T> circuitBreaker(int failures, Duration pause) {
        settings.circuitFailures = failures;
        settings.circuitPause = pause;
        return this;
    }

    /**
     * How long a handler may take for an event, or for a batch. One that takes longer is interrupted, once, and has failed
     * with {@link HandlerTimeoutException}, whatever it does then; the {@link #retry} policy says what follows. One that
     * ignores the interrupt keeps its worker and the records behind its own until it returns; {@link Subscription#health}
     * says so. Default: zero, which is no limit; at most a day.
     */
    public SubscriptionBuilder<T> handlerTimeout(Duration longest) {
        settings.handlerTimeout = longest;
        return this;
    }

    /**
     * How much may be parked with {@link RetryPolicy#keepKeyOrder}: keys of a partition, and records of a key. Beyond
     * that the partition pauses; nothing is dropped. Defaults: 10 000 keys, 1 000 records.
     */
    public SubscriptionBuilder<T> maxParked(int keys, int recordsPerKey) {
        settings.maxParkedKeys = keys;
        settings.maxParkedRecords = recordsPerKey;
        return this;
    }

    /** What becomes of records that can't be decoded or handled. Default: {@link DeadLetterPolicy#TOPIC}. */
    public SubscriptionBuilder<T> deadLetter(DeadLetterPolicy policy) {
        settings.deadLetters = policy;
        return this;
    }

    /**
     * How long a record waits whose schema id the registry does not know: it may be new. After that it counts as one
     * that can't be decoded. Default: 2 minutes.
     */
    public SubscriptionBuilder<T> unknownSchemaBudget(Duration budget) {
        settings.unknownSchemaBudget = budget;
        return this;
    }

    /**
     * How much may be in flight, received and not finished. The partitions are paused when another poll might bring more
     * ({@code max.poll.records}, {@code fetch.max.bytes}, which are at most half and a quarter of it unless given), and
     * resume at half. Defaults: 10 000 records, 64 MiB. A single record larger than the limit still comes.
     */
    public SubscriptionBuilder<T> maxInFlight(int records, long bytes) {
        settings.maxRecords = records;
        settings.maxBytes = bytes;
        return this;
    }

    /**
     * Handles no event twice that the store knows: one delivered again is skipped, and counts as ignored. An event is
     * recognised by its source and id ({@code ce_source}, {@code ce_id}); one without them by its topic, partition and
     * offset.
     */
    public SubscriptionBuilder<T> once(ConsumptionStore store) {
        settings.store = store;
        return this;
    }

    /**
     * The same with a table of a database ({@link JdbcConsumptionStore#TABLE}, which must exist): what handlers write with
     * {@link Delivered#connection} takes effect once per event.
     */
    public SubscriptionBuilder<T> onceInDatabase(DataSource database) {
        return once(new JdbcConsumptionStore(database));
    }

    /**
     * What to do when the group's position is not in the log any more: retention was faster, or the log was truncated.
     * Default: {@link OffsetReset#FAIL}. Where a new group starts is Kafka's {@code auto.offset.reset}, by default
     * earliest.
     */
    public SubscriptionBuilder<T> offsetReset(OffsetReset policy) {
        settings.offsetReset = policy;
        return this;
    }

    /**
     * Checks the settings and the topics, and starts.
     *
     * @throws BusConfigurationException if a permitted record is neither handled nor ignored, a topic's name is refused,
     *     or a setting is out of range
     * @throws dev.schemabus.schema.SchemaException if records of one topic have a key and others have none
     * @throws TopicMissingException if an event topic or a dead letter topic doesn't exist, and the bus was built without
     *     {@link EventBusBuilder#createTopics}
     * @throws BrokerUnavailableException if no broker answers within 10 seconds
     * @throws IllegalStateException if the bus is closed
     */
    public Subscription start() {
        bus.checkOpen();
        Handlers<T> handlers = Handlers.resolve(root, answers).onTombstone(tombstones);
        bus.applyGroupSettings(settings);
        SubscriptionSettings checked = settings.build();
        checkBatches(checked);
        TopicSelection topics = topics(handlers, checked);
        EventReader<T> reader =
                EventReader.<T>builder(bus.registry()).types(handlers.records()).build();
        SubscriptionThreads threads = SubscriptionThreads.of(checked);
        AwayTopics away = new AwayTopics(System::nanoTime, bus.settings().maxBlock());
        DeadLetterWriter writer =
                new DeadLetterWriter(bus.producer(), checked.group(), bus.writerSchemas(), threads.writes(), away);
        RetryWriter retries =
                new RetryWriter(topics.retries(), bus.producer(), checked.group(), threads.writes(), away);
        ConsumerSettings consumerSettings =
                ConsumerSettings.of(bus.settings(), checked, topics.pattern().isPresent());
        try {
            KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings.properties());
            return bus.started(Subscription.start(
                    checked,
                    topics,
                    reader,
                    handlers,
                    batches,
                    retries,
                    writer,
                    threads,
                    bus,
                    consumer,
                    consumerSettings));
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new BusConfigurationException(
                    "Kafka refuses the settings of the consumer of group " + checked.group() + ": "
                            + reason.getMessage(),
                    e);
        }
    }

    private void checkBatches(SubscriptionSettings checked) {
        if (batches.isPresent()) {
            if (checked.retry().kind() == RetryPolicy.Kind.KEEP_KEY_ORDER) {
                throw new BusConfigurationException(
                        "RetryPolicy.keepKeyOrder(…) moves records one by one and can't be had with batches: use"
                                + " RetryPolicy.inPlace(…), which keeps the order of keys too, or .on(…)");
            }
            if (checked.delivery() == DeliveryMode.AT_MOST_ONCE) {
                throw new BusConfigurationException(
                        "batch(…) and delivery(AT_MOST_ONCE) contradict each other: when an event of a batch fails,"
                                + " those of its key behind it are handed over again. Handle events one by one, or"
                                + " deliver AT_LEAST_ONCE");
            }
            if (checked.store().isPresent()) {
                throw new BusConfigurationException(
                        "batch(…) and once(…) contradict each other: an event of a batch has no transaction of its"
                                + " own. Handle events one by one, or let the handler skip those it knows");
            }
            if (tombstones != null) {
                throw new BusConfigurationException(
                        "batch(…) and onTombstone(…) contradict each other: a tombstone is no"
                                + " event of a batch. Handle events one by one, or subscribe twice with two groups");
            }
            answers.forEach((type, answer) -> {
                if (type != root && answer.handler() != null) {
                    throw new BusConfigurationException("The subscription to " + root.getName()
                            + " handles batches and has a handler for " + type.getSimpleName()
                            + " too: keep one, or subscribe twice with two groups");
                }
            });
        }
    }

    private TopicSelection topics(Handlers<T> handlers, SubscriptionSettings checked) {
        Set<String> names = new LinkedHashSet<>();
        Optional<Pattern> pattern = Optional.empty();
        if (patterns.stream().anyMatch(TopicPattern::hasWildcard)) {
            Pattern regex = TopicPattern.regex(patterns);
            pattern = Optional.of(TopicPattern.regexWithRetries(patterns, settings.group));
            bus.catalog().names(TOPIC_WAIT).stream()
                    .filter(name -> regex.matcher(name).matches())
                    .forEach(names::add);
        } else if (!patterns.isEmpty()) {
            patterns.forEach(name -> names.add(TopicNames.checked(name.text(), root.getName())));
        } else {
            // A naming may give each record a topic of its own.
            for (Class<? extends T> record : handlers.records()) {
                names.add(TopicNames.of(EventType.of(record), bus.naming()));
                SiblingKeys.check(record, bus.naming());
            }
        }
        names.forEach(topic -> TopicNames.checkGroup(topic, settings.group));
        if (pattern.isPresent() && checked.retry().kind() != RetryPolicy.Kind.IN_PLACE) {
            throw new BusConfigurationException(
                    "Retry topics and patterns of topics can't be had together: topics that come"
                            + " later would have none. Name the topics, or use RetryPolicy.inPlace(…)");
        }
        RetryTopics retries = RetryTopics.of(checked.retry(), names, checked.group());
        return new TopicSelection(prepare(names, retries), retries, pattern, this::prepareLate);
    }

    private Set<String> prepare(Set<String> topics, RetryTopics retries) {
        return new SubscriptionTopics(bus.catalog(), settings.group, TOPIC_WAIT)
                .prepare(topics, settings.deadLetters, retries);
    }

    private void prepareLate(String topic) {
        try {
            TopicNames.checkGroup(topic, settings.group);
            prepare(Set.of(topic), RetryTopics.NONE);
            LOG.info("Group {} takes in topic {}", settings.group, topic);
        } catch (RuntimeException e) {
            LOG.error(
                    "Group {} takes in topic {}, but what can't be handled there will wait: {}",
                    settings.group,
                    topic,
                    e.getMessage());
        }
    }

    private SubscriptionBuilder<T> answer(Class<? extends T> type, Answer<T> answer) {
        if (answers.putIfAbsent(type, answer) != null) {
            throw new BusConfigurationException("The subscription to " + root.getName() + " has two answers for "
                    + type.getSimpleName() + ": keep one .on or .ignore");
        }
        return this;
    }
}
