package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.registry.SubjectVersion;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shared;
import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerde;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.testkit.contract.ContractEvent.OrderKey;
import dev.schemabus.testkit.contract.ContractEvent.Paid;
import dev.schemabus.testkit.contract.ContractEvent.Placed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@link EventSerializer}, {@link EventDeserializer} and {@link EventSerde} promise on a registry and a broker: run
 * it against your own registry to see whether Schemabus works there. Every test makes a topic and so subjects of its own,
 * and leaves them behind; the ones for {@code RecordNameStrategy} and for shared records use the subjects that are this
 * contract's record names.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class SerdeOnRegistryContract {

    private static final Map<String, String> BOTH_TYPES =
            Map.of("schemabus.event.types", Placed.class.getName() + "," + Paid.class.getName());

    @SuppressWarnings("NullAway.Init") // set before each test
    private ContractTopic topic;

    /** The registry under test, as {@code schema.registry.url} takes it. */
    protected abstract String registryUrl();

    /** A Kafka cluster that lets its clients create topics, as {@code bootstrap.servers} takes it. */
    protected abstract String bootstrapServers();

    @BeforeEach
    void createTopic() {
        topic = ContractTopic.create(bootstrapServers(), registryUrl());
    }

    @ParameterizedTest
    @EnumSource
    void keysAndValuesComeBackAsTheyWere(SchemaFormat format) {
        OrderKey key = new OrderKey("o-1", 7);
        topic.write(
                Map.of("key.serializer", EventSerializer.class.getName(), "schemabus.format", format.name()),
                key,
                ContractEvent.placed("o-1"),
                ContractEvent.placed("o-2"),
                null);

        List<ConsumerRecord<Object, Object>> records = topic.read(Map.of(
                "key.deserializer", EventDeserializer.class.getName(),
                "schemabus.key.type", OrderKey.class.getName(),
                "schemabus.value.type", Placed.class.getName()));

        assertThat(records).extracting(ConsumerRecord::key).containsOnly(key);
        assertThat(records)
                .extracting(ConsumerRecord::value)
                .containsExactly(ContractEvent.placed("o-1"), ContractEvent.placed("o-2"), null);
    }

    @Test
    void aTombstoneIsNullOnTheWire() {
        topic.write(Map.of("key.serializer", EventSerializer.class.getName()), null, new Object[] {null});

        ConsumerRecord<byte[], byte[]> tombstone = raw().get(0);
        assertThat(tombstone.key()).isNull();
        assertThat(tombstone.value()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy,                                                       TOPIC-value",
        "RecordNameStrategy,                                                      RECORD",
        "TopicRecordNameStrategy,                                                 TOPIC-RECORD",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy,                TOPIC-value",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy,               RECORD",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy,          TOPIC-RECORD"
    })
    void theStrategyNamesTheSubject(String strategy, String expected) {
        topic.write(Map.of("value.subject.name.strategy", strategy), "k", ContractEvent.placed("o-1"));

        String recordName = ContractEvent.class.getCanonicalName() + ".Placed";
        Subject subject = new Subject(expected.replace("TOPIC", topic.name()).replace("RECORD", recordName));
        try (RegistryConnection registry = RegistryConnection.open(registryUrl())) {
            assertThat(registry.latest(subject).id()).isEqualTo(writtenId(0));
        }
        assertThat(topic.read(Map.of("schemabus.value.type", Placed.class.getName())))
                .extracting(ConsumerRecord::value)
                .containsExactly(ContractEvent.placed("o-1"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAutoRegistrationTheSchemaMustBeThere(SchemaFormat format) {
        Map<String, String> settings = Map.of("auto.register.schemas", "false", "schemabus.format", format.name());
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> topic.write(settings, "k", ContractEvent.placed("o-1")));

        Subject subject = valueSubject();
        try (RegistryConnection registry = RegistryConnection.open(registryUrl())) {
            assertThat(registry.subjects()).doesNotContain(subject);
            SchemaId id =
                    registry.register(subject, schema(Placed.class, format)).id();
            topic.write(settings, "k", ContractEvent.placed("o-1"));

            assertThat(writtenId(0)).isEqualTo(id);
            assertThat(registry.versions(subject)).hasSize(1);
        }
        assertThat(topic.read(Map.of("schemabus.value.type", Placed.class.getName())))
                .extracting(ConsumerRecord::value)
                .containsExactly(ContractEvent.placed("o-1"));
    }

    @Shared
    record Money(String currency, long amount) {}

    record Invoice(Money total, List<Money> parts) {}

    @ParameterizedTest
    @EnumSource
    void aRecordThatOthersShareComesBackAsItWas(SchemaFormat format) {
        Invoice invoice = new Invoice(new Money("EUR", 3), List.of(new Money("EUR", 1), new Money("EUR", 2)));

        topic.write(Map.of("schemabus.format", format.name()), "k", invoice);

        assertThat(topic.read(Map.of("schemabus.value.type", Invoice.class.getName())))
                .extracting(ConsumerRecord::value)
                .containsExactly(invoice);
        try (RegistryConnection registry = RegistryConnection.open(registryUrl())) {
            EventSchema written = registry.latest(valueSubject()).schema();
            assertThat(written).isEqualTo(SchemaGenerator.standard().generate(Invoice.class, format));
            Subject money = SubjectNaming.shared(written.references().get(0));
            assertThat(registry.latest(money).schema())
                    .isEqualTo(SchemaGenerator.standard().generate(Money.class, format));
            assertThat(registry.usedBy(new SubjectVersion(money, 1))).contains(new SubjectVersion(valueSubject(), 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatOthersShareMayBeWrittenOut(SchemaFormat format) {
        Invoice invoice = new Invoice(new Money("EUR", 3), List.of());

        topic.write(Map.of("schemabus.format", format.name(), "schemabus.register.references", "false"), "k", invoice);

        assertThat(topic.read(Map.of("schemabus.value.type", Invoice.class.getName())))
                .extracting(ConsumerRecord::value)
                .containsExactly(invoice);
        try (RegistryConnection registry = RegistryConnection.open(registryUrl())) {
            assertThat(registry.latest(valueSubject()).schema().references()).isEmpty();
        }
    }

    @Test
    void theLatestVersionIsWrittenUnderIfAskedFor() {
        Subject subject = valueSubject();
        EventSchema own = schema(Paid.class, SchemaFormat.AVRO);
        String field = "\"fields\":[{\"name\":\"note\",\"type\":\"string\",\"default\":\"none\"},";
        EventSchema newer = EventSchema.of(SchemaFormat.AVRO, own.text().replaceFirst("\"fields\":\\[", field));
        try (RegistryConnection registry = RegistryConnection.open(registryUrl())) {
            registry.register(subject, own);
            SchemaId latest = registry.register(subject, newer).id();
            topic.write(Map.of("use.latest.version", "true"), "k", ContractEvent.paid("o-1"));

            assertThat(writtenId(0)).isEqualTo(latest);
            assertThat(registry.versions(subject)).hasSize(2);
        }
        assertThat(topic.read(Map.of("schemabus.value.type", Paid.class.getName())))
                .extracting(ConsumerRecord::value)
                .containsExactly(ContractEvent.paid("o-1"));
    }

    @Test
    void oneConsumerReadsAvroAndJsonOfSeveralTypes() {
        Map<String, String> perType = Map.of("value.subject.name.strategy", "TopicRecordNameStrategy");
        topic.write(perType, "k", ContractEvent.placed("o-1"));
        topic.write(
                Map.of("value.subject.name.strategy", "TopicRecordNameStrategy", "schemabus.format", "json"),
                "k",
                ContractEvent.paid("o-1"));
        topic.write(perType, "k", ContractEvent.placed("o-2"));

        Object[] expected = {
            ContractEvent.placed("o-1"), ContractEvent.paid("o-1"), ContractEvent.placed("o-2"),
        };
        assertThat(topic.read(Map.of("schemabus.value.type", ContractEvent.class.getName())))
                .extracting(ConsumerRecord::value)
                .containsExactly(expected);
        assertThat(topic.read(BOTH_TYPES)).extracting(ConsumerRecord::value).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aSealedInterfaceHasOneSchemaUnderTheTopicAndIsReadBesideRecordsOnTheirOwn(SchemaFormat format) {
        String type = ContractEvent.class.getName();
        topic.write(
                Map.of("schemabus.format", format.name(), "schemabus.value.type", type),
                "k",
                ContractEvent.placed("o-1"),
                ContractEvent.paid("o-1"));
        topic.write(
                Map.of(
                        "schemabus.format",
                        format.name(),
                        "schemabus.value.type",
                        type,
                        "value.subject.name.strategy",
                        "TopicRecordNameStrategy"),
                "k",
                ContractEvent.placed("o-2"));

        try (RegistryConnection registry = RegistryConnection.open(registryUrl())) {
            assertThat(registry.versions(valueSubject())).hasSize(1);
            assertThat(registry.latest(valueSubject()).id())
                    .isEqualTo(writtenId(0))
                    .isEqualTo(writtenId(1))
                    .isNotEqualTo(writtenId(2));
        }
        Object[] expected = {
            ContractEvent.placed("o-1"), ContractEvent.paid("o-1"), ContractEvent.placed("o-2"),
        };
        assertThat(topic.read(Map.of("schemabus.value.type", type)))
                .extracting(ConsumerRecord::value)
                .containsExactly(expected);
        assertThat(topic.read(BOTH_TYPES)).extracting(ConsumerRecord::value).containsExactly(expected);
    }

    @Test
    void avroIsReadAndWrittenAsGenericRecords() {
        topic.write(Map.of(), "k", ContractEvent.placed("o-1"));
        Object generic =
                topic.read(Map.of("specific.avro.reader", "false")).get(0).value();
        topic.write(Map.of(), "k", generic);

        assertThat(generic.getClass().getName()).isEqualTo("org.apache.avro.generic.GenericData$Record");
        assertThat(topic.read(Map.of("schemabus.value.type", "org.apache.avro.generic.GenericRecord")))
                .extracting(ConsumerRecord::value)
                .containsExactly(generic, generic);
        assertThat(topic.read(Map.of("schemabus.value.type", Placed.class.getName())))
                .extracting(ConsumerRecord::value)
                .containsExactly(ContractEvent.placed("o-1"), ContractEvent.placed("o-1"));
    }

    @Test
    void aConsumerCanSeekPastARecordThatCannotBeRead() {
        topic.write(Map.of(), "k", ContractEvent.placed("o-1"));
        byte[] poison = "{\"orderId\":\"o-2\"}".getBytes(StandardCharsets.UTF_8);
        topic.write(Map.of("value.serializer", ByteArraySerializer.class.getName()), "k", new Object[] {poison});
        topic.write(Map.of(), "k", ContractEvent.placed("o-3"));

        try (Consumer<Object, Object> consumer = new KafkaConsumer<>(
                topic.consuming(Map.of("schemabus.value.type", Placed.class.getName(), "max.poll.records", 1)))) {
            assertThatExceptionOfType(RecordDeserializationException.class)
                    .isThrownBy(() -> topic.read(consumer))
                    .satisfies(refused -> {
                        assertThat(refused.offset()).isEqualTo(1);
                        assertThat(refused.valueBuffer()).isEqualTo(ByteBuffer.wrap(poison));
                        assertThat(refused).hasCauseInstanceOf(SerializationException.class);
                        consumer.seek(refused.topicPartition(), refused.offset() + 1);
                    });
            assertThat(topic.read(consumer))
                    .extracting(ConsumerRecord::value)
                    .containsExactly(ContractEvent.placed("o-3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSerdeIsBothSides(SchemaFormat format) {
        try (EventSerde<ContractEvent> serde = new EventSerde<>()) {
            serde.configure(
                    Map.of(
                            "schema.registry.url", registryUrl(),
                            "schemabus.format", format.name(),
                            "schemabus.value.type", ContractEvent.class.getName()),
                    false);
            Map<String, Object> brokers = Map.of("bootstrap.servers", bootstrapServers(), "fetch.max.wait.ms", 10);
            try (Producer<String, ContractEvent> producer =
                    new KafkaProducer<>(brokers, new StringSerializer(), serde.serializer())) {
                ContractTopic.await(producer.send(new ProducerRecord<>(topic.name(), "k", ContractEvent.paid("o-1"))));
            }
            try (Consumer<String, ContractEvent> consumer =
                    new KafkaConsumer<>(brokers, new StringDeserializer(), serde.deserializer())) {
                assertThat(topic.read(consumer))
                        .extracting(ConsumerRecord::value)
                        .containsExactly(ContractEvent.paid("o-1"));
            }
        }
    }

    private Subject valueSubject() {
        return new Subject(topic.name() + "-value");
    }

    private static EventSchema schema(Class<?> type, SchemaFormat format) {
        return SchemaGenerator.standard().generate(type, format);
    }

    /** The schema id in the bytes of a value. */
    private SchemaId writtenId(int index) {
        return new SchemaId(ByteBuffer.wrap(raw().get(index).value()).getInt(1));
    }

    private List<ConsumerRecord<byte[], byte[]>> raw() {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "fetch.max.wait.ms", 10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return topic.read(consumer);
        }
    }
}
