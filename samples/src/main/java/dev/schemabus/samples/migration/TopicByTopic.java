package dev.schemabus.samples.migration;

import dev.schemabus.testkit.EmbeddedKafka;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A service may be the first on its topic to use records: those that still use generic records go on reading what it writes,
 * and it reads what they write. In the end, ids move from the payload to a header, with a checksum beside them.
 */
public final class TopicByTopic {

    private static final TopicPartition PAYMENTS = new TopicPartition("payments", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Schema OLD = SchemaBuilder.record("shop.Payment")
            .fields()
            .requiredString("orderId")
            .requiredLong("cents")
            .endRecord();

    private final EmbeddedKafka kafka;
    private final PrintStream out;

    private TopicByTopic(EmbeddedKafka kafka, PrintStream out) {
        this.kafka = kafka;
        this.out = out;
    }

    /** Prints to standard output. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(PrintStream out) throws InterruptedException, ExecutionException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic(PAYMENTS.topic(), 1);
            new TopicByTopic(kafka, out).run();
        }
    }

    private void run() throws InterruptedException, ExecutionException {
        out.println("1  Yesterday: generic records");
        GenericRecord old = new GenericRecordBuilder(OLD)
                .set("orderId", "o-1")
                .set("cents", 1990L)
                .build();
        write(Map.of(), old);

        out.println("2  A consumer moves: the same bytes as a record");
        read(Map.of("schemabus.value.type", Payment.class.getName()));

        out.println("3  A producer moves: its schema is the next version of the subject");
        write(Map.of(), new Payment("o-2", 500, "web"));

        out.println("4  A consumer that hasn't moved reads both");
        read(Map.of("schemabus.value.type", GenericRecord.class.getName()));

        out.println("5  The schema's GUID in a header, and a checksum of the payload");
        write(
                Map.of("value.schema.id.serializer", "HEADER_GUID", "schemabus.integrity.header", "CRC32C"),
                new Payment("o-3", 250, "shop"));
        read(Map.of("schemabus.value.type", Payment.class.getName()));
    }

    private void write(Map<String, String> settings, Object value) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = properties(settings);
        properties.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        properties.put("value.serializer", "dev.schemabus.serde.EventSerializer");
        try (KafkaProducer<String, Object> producer = new KafkaProducer<>(properties)) {
            producer.send(new ProducerRecord<>(PAYMENTS.topic(), "k", value)).get();
        }
        out.println("   wrote " + value);
    }

    private void read(Map<String, String> settings) {
        Map<String, Object> properties = properties(settings);
        properties.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        properties.put("value.deserializer", "dev.schemabus.serde.EventDeserializer");
        try (KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(properties)) {
            consumer.assign(List.of(PAYMENTS));
            consumer.seekToBeginning(List.of(PAYMENTS));
            long left =
                    consumer.endOffsets(List.of(PAYMENTS)).values().iterator().next();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (left > 0 && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, Object> record : consumer.poll(Duration.ofMillis(200))) {
                    out.println("   read " + record.value() + headers(record));
                    left--;
                }
            }
        }
    }

    private static String headers(ConsumerRecord<?, ?> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> " + header " + header.key())
                .collect(Collectors.joining());
    }

    private Map<String, Object> properties(Map<String, String> settings) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put("schema.registry.url", "memory:topic-by-topic"); // a service has its registry's URL here
        properties.putAll(settings);
        return properties;
    }
}
