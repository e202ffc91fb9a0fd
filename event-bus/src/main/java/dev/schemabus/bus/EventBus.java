package dev.schemabus.bus;

import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.SubjectNaming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Producer;

/**
 * Publishes events and subscribes to them. Events are records, usually the records of a sealed interface; their topic
 * comes from a {@link TopicNaming}, their bytes from their schema. Safe for use by many threads; one per service is
 * enough.
 *
 * <p>Publishing waits for all in-sync replicas ({@code acks=all}) and is idempotent. Subscribing is at least once: a
 * record ends handled, or dead-lettered and acknowledged, or the subscription stopped with its offset uncommitted.
 */
public final class EventBus implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final KafkaSettings settings;
    private final SchemaRegistry registry;
    private final Runnable closeRegistry;
    private final Signals signals;
    private final TopicNaming naming;
    private final WriterSchemas writerSchemas;
    private final TopicCatalog catalog;
    private final Producer<byte[], byte[]> producer;
    private final Publisher publisher;
    private final Transactions transactions;
    private final Optional<BusConfig> configuration;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    EventBus(
            KafkaSettings settings,
            SchemaRegistry registry,
            Runnable closeRegistry,
            Signals signals,
            TopicNaming naming,
            SubjectNaming subjects,
            TopicCatalog catalog,
            Producer<byte[], byte[]> producer,
            Publisher publisher,
            Transactions transactions,
            Optional<BusConfig> configuration) {
        this.settings = settings;
        this.registry = registry;
        this.closeRegistry = closeRegistry;
        this.signals = signals;
        this.naming = naming;
        this.writerSchemas = new WriterSchemas(registry, subjects);
        this.catalog = catalog;
        this.producer = producer;
        this.publisher = publisher;
        this.transactions = transactions;
        this.configuration = configuration;
    }

    /** Starts a bus; {@link EventBusBuilder#kafka} and {@link EventBusBuilder#registry(String)} are needed. */
    public static EventBusBuilder builder() {
        return new EventBusBuilder();
    }

    /**
     * Publishes an event and waits until all in-sync replicas have it, for at most {@code delivery.timeout.ms} (2
     * minutes) after it was handed to the producer.
     *
     * @param event a record
     * @return where it stands
     * @throws PublishRejectedException if it was surely not written; its reason says what to do
     * @throws PublishIndeterminateException if it may or may not have been written
     * @throws IllegalStateException in a continuation of {@link #publishAsync(Object)} that runs on the producer's own
     *     thread, which brings the acknowledgements: nothing may wait for one there
     */
    public Receipt publish(Object event) {
        return publish(event, With.NOTHING);
    }

    /** The same with a key, an id or headers of the caller's. */
    public Receipt publish(Object event, With with) {
        return Publisher.receipt(publisher.publish(event, with));
    }

    /**
     * Publishes events in the order of the list and waits for all of them. Each has an outcome of its own: one that fails
     * doesn't keep later ones back, so repeat in order what belongs to one key. {@link #inTransaction} publishes all or
     * none.
     *
     * @param events records
     * @return one outcome per event, in the same order. An interrupt ends the waiting: what is open then is
     *     {@link PublishOutcome.IndeterminateReason#INTERRUPTED}
     * @throws IllegalStateException as {@link #publish(Object)}
     */
    public List<PublishOutcome> publishAll(List<?> events) {
        return publishAll(events, With.NOTHING);
    }

    /**
     * The same with a key, headers or a deadline for all of them.
     *
     * @throws BusConfigurationException if there is an event id: two events don't share one
     */
    public List<PublishOutcome> publishAll(List<?> events, With with) {
        if (with.eventId().isPresent()) {
            throw new BusConfigurationException("publishAll can't give all events the id "
                    + with.eventId().get() + ": publish the one that has it by itself");
        }
        return publisher.publishAll(events, with);
    }

    /**
     * Deletes a key from a compacted topic: publishes a record without a value, and waits as {@link #publish(Object)}
     * does. It removes what all types of the topic have under that key.
     *
     * @param type a record; says the topic and how the key is written
     * @param key the values of the type's {@link dev.schemabus.schema.Key} components, in the order of declaration
     * @throws PublishException as {@link #publish(Object)}; {@link PublishOutcome.RejectionReason#INVALID_TOPIC} too if the
     *     topic isn't compacted, for there it would delete nothing
     */
    public Receipt publishTombstone(Class<?> type, Object... key) {
        return Publisher.receipt(publisher.publishTombstone(type, List.of(key), With.NOTHING));
    }

    /** The same without waiting for its acknowledgement, see {@link #publishAsync(Object)}. */
    public CompletionStage<PublishOutcome> publishTombstoneAsync(Class<?> type, Object... key) {
        return publisher.publishTombstoneAsync(type, List.of(key), With.NOTHING).minimalCompletionStage();
    }

    /**
     * Publishes an event without waiting for its acknowledgement. The call itself may block for the first event of a
     * class, while the topic is looked up (at most 5 s) and the schema registered, and while the producer's buffer is
     * full (at most {@code max.block.ms}, 5 s).
     *
     * @param event a record
     * @return its outcome; the stage never completes exceptionally. What is attached to it may run on the producer's own
     *     thread, and so must not wait
     */
    public CompletionStage<PublishOutcome> publishAsync(Object event) {
        return publishAsync(event, With.NOTHING);
    }

    /** The same with a key, an id or headers of the caller's. */
    public CompletionStage<PublishOutcome> publishAsync(Object event, With with) {
        return publisher.publishAsync(event, with).minimalCompletionStage();
    }

    /**
     * Publishes several events that become visible to {@code read_committed} consumers (all subscriptions are) at once or
     * never. What the work publishes through {@link EventBus} rather than its {@link Transaction} is not part of it. Waits
     * for the commit: for the events at most {@code delivery.timeout.ms}, then 30 s.
     *
     * <p>If the work throws, the transaction is aborted and the exception goes on to the caller.
     *
     * @param work publishes; must end well within {@code transaction.timeout.ms} (a minute), and not begin another one
     * @return where the events stand, in the order of their publication
     * @throws X what the work throws
     * @throws TransactionAbortedException if surely nothing was committed; its reason says what to do
     * @throws TransactionIndeterminateException if the commit was asked for and not answered
     */
    public <X extends Exception> List<Receipt> inTransaction(TransactionWork<X> work) throws X {
        publisher.checkMayWait();
        return transactions.run(work);
    }

    /**
     * Starts a subscription to events of a type; {@link SubscriptionBuilder#start} sets it going.
     *
     * @param type a sealed interface over records, or a record
     */
    public <T> SubscriptionBuilder<T> subscribe(Class<T> type) {
        return new SubscriptionBuilder<>(this, type);
    }

    /**
     * How the bus and its subscriptions are doing now: those that were not closed. Asks nobody. A bus without
     * subscriptions is live and ready until it is closed.
     */
    public Health health() {
        if (closed) {
            return new Health(false, false, false, List.of("The bus is closed"));
        }
        return Health.of(subscriptions.stream()
                .filter(subscription -> subscription.state() != Subscription.State.CLOSED)
                .map(Subscription::health)
                .toList());
    }

    /**
     * The dead letters that a group left of a topic: to look at them, and to replay them.
     *
     * @param topic where the events were published
     * @param group the consumer group that could not handle them
     */
    public DeadLetters deadLetters(String topic, String group) {
        TopicNames.checked(topic, "the dead letters of group " + group);
        TopicNames.checkGroup(topic, group);
        return new DeadLetters(this, topic, group);
    }

    /**
     * Closes the subscriptions (each within 30 s), then the producer (within 30 s), then the rest. In a handler it doesn't
     * wait: another thread closes, once the handler has returned.
     */
    @Override
    public void close() {
        closed = true;
        if (subscriptions.stream().anyMatch(Subscription::handling)) {
            new Thread(this::end, "schemabus-close").start();
        } else {
            end();
        }
    }

    private void end() {
        CompletableFuture.allOf(subscriptions.stream()
                        .map(subscription -> CompletableFuture.runAsync(
                                () -> subscription.close(CLOSE_TIMEOUT), r -> new Thread(r, "schemabus-close").start()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        try {
            transactions.close(CLOSE_TIMEOUT);
            publisher.close(CLOSE_TIMEOUT);
        } finally {
            // The producer gives up waiting when this thread is interrupted.
            catalog.close();
            closeRegistry.run();
        }
    }

    /** @throws BusClosedException if nothing may be started any more */
    void checkOpen() {
        if (closed) {
            throw new BusClosedException();
        }
    }

    KafkaSettings settings() {
        return settings;
    }

    SchemaRegistry registry() {
        return registry;
    }

    Signals signals() {
        return signals;
    }

    TopicNaming naming() {
        return naming;
    }

    /** What a subscription starts from before its builder says more. */
    SubscriptionSettings.Builder subscriptionDefaults() {
        SubscriptionSettings.Builder defaults = SubscriptionSettings.builder();
        configuration.ifPresent(config -> config.applyTo(defaults));
        return defaults;
    }

    /** What the configuration says of one group has the last word: it is the operator's, who can't change code. */
    void applyGroupSettings(SubscriptionSettings.Builder settings) {
        configuration.ifPresent(config -> config.applyTo(settings, settings.group));
    }

    WriterSchemas writerSchemas() {
        return writerSchemas;
    }

    TopicCatalog catalog() {
        return catalog;
    }

    Transactions transactions() {
        return transactions;
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    Subscription started(Subscription subscription) {
        subscriptions.removeIf(Subscription::ended);
        subscriptions.add(subscription);
        if (closed) {
            // The close may have come too early to see it.
            subscription.close(Duration.ZERO);
        }
        checkOpen();
        return subscription;
    }
}
