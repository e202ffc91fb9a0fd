package dev.schemabus.bus;

import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.serde.EventWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The settings of an {@link EventBus}. */
public final class EventBusBuilder {

    private final Map<String, Object> kafka = new LinkedHashMap<>();
    private @Nullable String registryUrl;
    private Optional<RegistryConfig> registryConfig = Optional.empty();
    private CacheConfig caches = CacheConfig.standard();
    private Optional<BusConfig> configuration = Optional.empty();
    private @Nullable SchemaRegistry registry;
    private TopicNaming topics = TopicNamings.entityStream();
    private SubjectNaming subjects = SubjectNaming.TOPIC_RECORD;
    private SchemaFormat format = SchemaFormat.AVRO;
    private TopicChecks checks = TopicChecks.standard();
    private Optional<String> source = Optional.empty();
    private boolean integrityHeader = true;
    private Optional<String> transactionalId = Optional.empty();
    private int transactionalProducers = 4;
    private BusMetrics metrics = BusMetrics.NONE;
    private TraceContext tracing = TraceContext.COPIED;

    EventBusBuilder() {}

    /**
     * Reads the settings from properties: those of {@link BusKeys}, what the serdes' keys say of reaching the registry,
     * and Kafka's own for all clients of the bus. {@code docs/configuration.md} describes each. What the methods of this
     * class say afterwards wins.
     *
     * @throws BusConfigurationException if a value is wrong, a key is unknown or without effect, or two contradict each
     *     other; the message says what to write
     */
    public static EventBusBuilder fromProperties(Map<String, ?> properties) {
        BusConfig config = new BusConfig(properties);
        EventBusBuilder builder = new EventBusBuilder();
        builder.kafka(config.kafka());
        builder.registryConfig = config.registry();
        builder.caches = config.caches();
        builder.topics = config.naming();
        builder.subjects = config.subjects();
        builder.format = config.format();
        builder.checks = config.checks();
        builder.source = config.source();
        builder.integrityHeader = config.integrityHeader();
        builder.transactionalId = config.transactionalId();
        builder.transactionalProducers = config.transactionalProducers();
        builder.configuration = Optional.of(config);
        return builder;
    }

    /**
     * Kafka's own properties for all clients of the bus; {@code bootstrap.servers} is needed. What contradicts the bus's
     * promises ({@code acks} other than all, {@code enable.idempotence=false}, {@code enable.auto.commit=true}) is an
     * error at {@link #build}. Defaults that differ from Kafka's, and may be changed: {@code delivery.timeout.ms=120000},
     * {@code compression.type=lz4},
     * {@code max.block.ms=5000}, {@code auto.offset.reset=earliest}, {@code isolation.level=read_committed},
     * {@code session.timeout.ms=10000}, {@code partition.assignment.strategy} cooperative-sticky
     * with retry topics beside their sources.
     */
    public EventBusBuilder kafka(Map<String, ?> properties) {
        kafka.putAll(properties);
        return this;
    }

    /** The URL of the schema registry, such as {@code http://localhost:8081}; several separated by commas. */
    public EventBusBuilder registry(String url) {
        registryUrl = url;
        registryConfig = Optional.empty();
        registry = null;
        return this;
    }

    /** An open connection to the schema registry. The bus does not close it. */
    public EventBusBuilder registry(SchemaRegistry connection) {
        registry = connection;
        registryUrl = null;
        registryConfig = Optional.empty();
        return this;
    }

    /** Names the topics. Default: {@link TopicNamings#entityStream}. */
    public EventBusBuilder topics(TopicNaming naming) {
        topics = naming;
        return this;
    }

    /** Names the subjects. Default: {@link SubjectNaming#TOPIC_RECORD}, since a topic carries several types. */
    public EventBusBuilder subjects(SubjectNaming naming) {
        subjects = naming;
        return this;
    }

    /** The language of the schemas of published events. Default: Avro. */
    public EventBusBuilder format(SchemaFormat schemaFormat) {
        format = schemaFormat;
        return this;
    }

    /** What published events name as their origin ({@code ce_source}). Default: {@code urn:schemabus:<client.id>}. */
    public EventBusBuilder source(String uri) {
        source = Optional.of(uri);
        return this;
    }

    /**
     * Whether published events carry a checksum over topic, key and value, the header {@code sb-crc32c}; subscriptions
     * compare it wherever it is. Switch it off for topics that are mirrored under another name. Default: true.
     */
    public EventBusBuilder integrityHeader(boolean written) {
        integrityHeader = written;
        return this;
    }

    /**
     * The producers of {@link EventBus#inTransaction}, made when they are needed.
     *
     * @param idPrefix starts their transactional ids: unique for each running instance of a service, and better the same
     *     when that is started again, for then a transaction that a crash left open is aborted at the first one after it,
     *     not only after {@code transaction.timeout.ms}. Default: the client id and a random text
     * @param atMost how many transactions may run at the same time, at least 1. Default: 4
     */
    public EventBusBuilder transactions(String idPrefix, int atMost) {
        if (idPrefix.isBlank() || atMost < 1) {
            throw new BusConfigurationException("transactions(\"" + idPrefix + "\", " + atMost
                    + "): the prefix is not blank, and at least 1 transaction may run");
        }
        transactionalId = Optional.of(idPrefix);
        transactionalProducers = atMost;
        return this;
    }

    /** Whom the bus tells what it does. Default: nobody. With Micrometer: {@link MicrometerBusMetrics}. */
    public EventBusBuilder metrics(BusMetrics listener) {
        metrics = listener;
        return this;
    }

    /** Which trace published events belong to. Default: {@link TraceContext#COPIED}. */
    public EventBusBuilder tracing(TraceContext context) {
        tracing = context;
        return this;
    }

    /**
     * Creates topics that are missing, event topics with these numbers, dead letter and retry topics with as many
     * partitions as their source. Default: a missing topic is an error. Changes the {@link #topicChecks} set so far.
     *
     * @param partitions at least 1
     * @param replicationFactor at least 1, at most the number of brokers
     */
    public EventBusBuilder createTopics(int partitions, int replicationFactor) {
        checks = checks.missing(TopicCheck.CREATE)
                .partitions(partitions, TopicCheck.CREATE)
                .replicationFactor(replicationFactor, TopicCheck.CREATE);
        return this;
    }

    /** What is expected of event topics, and what follows otherwise. Default: {@link TopicChecks#standard}. */
    public EventBusBuilder topicChecks(TopicChecks expected) {
        checks = expected;
        return this;
    }

    /**
     * Builds the bus. Asks neither broker nor registry yet: those that are away show at the first publication or
     * subscription.
     *
     * @throws BusConfigurationException if a setting is missing or contradicts what the bus promises
     * @throws IllegalArgumentException if the registry's URL can't be used
     */
    public EventBus build() {
        KafkaSettings settings = new KafkaSettings(kafka);
        KafkaProducer<byte[], byte[]> producer;
        try {
            producer = new KafkaProducer<>(settings.producer());
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new BusConfigurationException(
                    "Kafka refuses the settings given in kafka(…), with bootstrap.servers="
                            + settings.bootstrapServers() + ": " + reason.getMessage(),
                    e);
        }
        try {
            return build(settings, producer);
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    private EventBus build(KafkaSettings settings, KafkaProducer<byte[], byte[]> producer) {
        SchemaRegistry used;
        Runnable closeRegistry;
        if (registry != null) {
            used = registry;
            closeRegistry = () -> {};
        } else if (registryUrl != null || registryConfig.isPresent()) {
            // What serdes with the same settings use, too.
            RegistryConnection own = RegistryConnection.shared(
                    registryConfig.orElseGet(() -> RegistryConfig.of(Objects.requireNonNull(registryUrl))), caches);
            used = own;
            closeRegistry = own::close;
        } else {
            throw new BusConfigurationException(
                    "The schema registry is missing: give it in registry(…), such as http://localhost:8081");
        }
        TopicCatalog catalog = new TopicCatalog(new ClusterAdmin(settings), checks);
        EventWriter<Object> writer = EventWriter.<Object>builder(used)
                .format(format)
                .naming(subjects)
                .build();
        Signals signals = new Signals(GuardedMetrics.of(metrics), new Tracing(tracing));
        String origin = source.orElse("urn:schemabus:" + settings.clientId());
        EventRecords records = new EventRecords(
                writer,
                new EventRecords.Settings(topics, origin, format.name().toLowerCase(Locale.ROOT), integrityHeader),
                catalog);
        Publisher publisher = new Publisher(new Dispatch(producer), records, signals);
        Transactions transactions = new Transactions(
                new TransactionalProducers(
                        transactionalId.orElseGet(() -> settings.clientId() + "-" + UUID.randomUUID()),
                        transactionalProducers,
                        id -> new KafkaProducer<>(settings.transactionalProducer(id))),
                records,
                signals,
                new TransactionVersion(settings.admin()));
        return new EventBus(
                settings,
                used,
                closeRegistry,
                signals,
                topics,
                subjects,
                catalog,
                producer,
                publisher,
                transactions,
                configuration);
    }
}
