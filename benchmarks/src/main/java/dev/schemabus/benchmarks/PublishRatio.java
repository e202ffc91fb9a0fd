package dev.schemabus.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishOutcome;
import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;
import dev.schemabus.testkit.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishing events of 200 bytes beside Kafka's own producer, in turns, on one broker in this JVM: with the bus's settings
 * and the headers that the bus adds; with its settings, and key and value alone; with Kafka's defaults. The producer sends bytes that are ready; the bus
 * encodes records. Waits for all acknowledgements. Prints a line per round, then for each side the median and the best
 * speed and the median of the processor time for an event, in this JVM with its broker; the last depends least on what else
 * the machine does.
 *
 * <pre>
 * java -cp benchmarks.jar dev.schemabus.benchmarks.PublishRatio [rounds, 11] [events a round, 100000]
 * </pre>
 */
public final class PublishRatio {

    private static final String TOPIC = "bench.tick.events";
    private static final int TEXTS = 1_000;

    /** Frame and numbers take about 10 bytes, the text 190. */
    @Event(topic = TOPIC)
    record Tick(@Key String id, long number, String note) {}

    private enum Side {
        BUS,
        PRODUCER_WITH_HEADERS,
        PRODUCER,
        PRODUCER_AS_SHIPPED
    }

    private final EventBus bus;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaProducer<byte[], byte[]> asShipped;
    private final int events;
    private final String[] notes = new String[TEXTS];
    private List<Header> headers = List.of();

    private PublishRatio(
            EventBus bus, KafkaProducer<byte[], byte[]> producer, KafkaProducer<byte[], byte[]> asShipped, int events) {
        this.bus = bus;
        this.producer = producer;
        this.asShipped = asShipped;
        this.events = events;
        Random random = new Random(1);
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 182) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            notes[i] = text.toString();
        }
    }

    /** See above. */
    public static void main(String[] args) throws ExecutionException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 11;
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EventBus bus = EventBus.builder()
                        .kafka(kafka.clientProperties())
                        .registry("memory:bench")
                        .createTopics(3, 1)
                        .build();
                KafkaProducer<byte[], byte[]> producer =
                        producer(kafka, Map.of("compression.type", "lz4", "batch.size", 65_536));
                KafkaProducer<byte[], byte[]> asShipped = producer(kafka, Map.of())) {
            new PublishRatio(bus, producer, asShipped, events).run(kafka, rounds);
        }
    }

    private void run(EmbeddedKafka kafka, int rounds) throws ExecutionException, InterruptedException {
        bus.publish(tick(0));
        headers = headersOfTheBus(kafka);
        for (int i = 0; i < 3; i++) {
            for (Side side : Side.values()) {
                Lap unused = lap(side);
            }
        }
        List<Side> turns = new ArrayList<>(List.of(Side.values()));
        Map<Side, List<Lap>> laps = new EnumMap<>(Side.class);
        turns.forEach(side -> laps.put(side, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(turns);
            for (Side side : turns) {
                Lap lap = lap(side);
                laps.getOrDefault(side, List.of()).add(lap);
                print("%s %,.0f/s %.2f us", side, lap.perSecond(), lap.micros());
            }
        }
        laps.forEach((side, of) -> print(
                "%s median %,.0f/s best %,.0f/s processor time %.2f us",
                side,
                sorted(of, Lap::perSecond)[rounds / 2],
                sorted(of, Lap::perSecond)[rounds - 1],
                sorted(of, Lap::micros)[rounds / 2]));
    }

    private static double[] sorted(List<Lap> laps, ToDoubleFunction<Lap> figure) {
        return laps.stream().mapToDouble(figure).sorted().toArray();
    }

    /**
     * One side, once.
     *
     * @param micros processor time of the whole JVM for an event, in microseconds
     */
    private record Lap(double perSecond, double micros) {}

    private Lap lap(Side side) throws ExecutionException, InterruptedException {
        long processor = processorNanos();
        long start = System.nanoTime();
        switch (side) {
            case BUS -> publish();
            case PRODUCER_WITH_HEADERS -> send(producer, headers);
            case PRODUCER -> send(producer, List.of());
            case PRODUCER_AS_SHIPPED -> send(asShipped, List.of());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Lap(events / seconds, (processorNanos() - processor) / 1e3 / events);
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private Tick tick(int i) {
        return new Tick("key-" + i % TEXTS, i, notes[i % TEXTS]);
    }

    private void publish() {
        List<CompletionStage<PublishOutcome>> outcomes = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            outcomes.add(bus.publishAsync(tick(i)));
        }
        for (CompletionStage<PublishOutcome> outcome : outcomes) {
            if (!(outcome.toCompletableFuture().join() instanceof Acked)) {
                throw new IllegalStateException("not acknowledged");
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> by, List<Header> with)
            throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            Tick tick = tick(i);
            byte[] key = tick.id().getBytes(StandardCharsets.UTF_8);
            byte[] value = ("frame+numb" + tick.note()).getBytes(StandardCharsets.UTF_8);
            sent.add(by.send(new ProducerRecord<>(TOPIC, null, null, key, value, with)));
        }
        for (Future<RecordMetadata> acknowledgement : sent) {
            RecordMetadata unused = acknowledgement.get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static List<Header> headersOfTheBus(EmbeddedKafka kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
        settings.put("group.id", "bench");
        settings.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    return List.of(record.headers().toArray());
                }
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
