package dev.schemabus.benchmarks;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.Ordering;
import dev.schemabus.bus.Subscription;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;
import dev.schemabus.testkit.EmbeddedKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How much lanes bring: records of one partition, as many keys as records, handlers that wait for 0 to 5 ms. First
 * Kafka's own consumer, which handles what it polls; then the bus one after the other (BY_PARTITION), and with lanes
 * (BY_KEY), with retries and dead letters armed. Each time from the first call of the handler to the end of the last.
 *
 * <pre>
 * java -cp benchmarks.jar dev.schemabus.benchmarks.HandleRatio [records, 10000] [handlers at a time, 64]
 * </pre>
 */
public final class HandleRatio {

    private static final String TOPIC = "bench.work.events";
    private static final long SEED = 6;
    private static final long LONGEST_WAIT_NANOS = 5_000_000;

    @Event(topic = TOPIC)
    record Work(@Key String id, int number) {}

    /** What is done for each record, and how long all of it took. */
    private static final class Handling {
        private final long[] waits;
        private final AtomicLong begin = new AtomicLong();
        private final AtomicLong end = new AtomicLong();
        private final CountDownLatch open;

        Handling(int records) {
            this.waits = new Random(SEED).longs(records, 0, LONGEST_WAIT_NANOS).toArray();
            this.open = new CountDownLatch(records);
        }

        void handle(int number) {
            begin.compareAndSet(0, System.nanoTime());
            LockSupport.parkNanos(waits[number]);
            end.accumulateAndGet(System.nanoTime(), Math::max);
            open.countDown();
        }

        boolean isDone() {
            return open.getCount() == 0;
        }

        void print(String side) {
            System.out.println(String.format(Locale.ROOT, "%s %.2f s", side, (end.get() - begin.get()) / 1e9));
        }
    }

    private HandleRatio() {}

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int concurrency = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EventBus bus = EventBus.builder()
                        .kafka(kafka.clientProperties())
                        .registry("memory:bench")
                        .createTopics(1, 1)
                        .build()) {
            for (int i = 0; i < records - 1; i++) {
                bus.publishAsync(new Work("w-" + i, i));
            }
            bus.publish(new Work("last", records - 1));

            consumer(kafka, new Handling(records));
            bus(bus, Ordering.BY_PARTITION, concurrency, new Handling(records));
            bus(bus, Ordering.BY_KEY, concurrency, new Handling(records));
        }
    }

    private static void consumer(EmbeddedKafka kafka, Handling handling) {
        Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
        settings.put("group.id", "consumer");
        settings.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (!handling.isDone()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    handling.handle((int) record.offset());
                }
            }
        }
        handling.print("Kafka's consumer");
    }

    private static void bus(EventBus bus, Ordering ordering, int concurrency, Handling handling)
            throws InterruptedException {
        try (Subscription subscription = bus.subscribe(Work.class)
                .group("bus-" + ordering.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .ordering(ordering)
                .concurrency(concurrency)
                .on(Work.class, (work, context) -> handling.handle(work.number()))
                .start()) {
            handling.open.await();
            if (subscription.counts().deadLettered() != 0) {
                throw new IllegalStateException("There are dead letters: these figures are of failures");
            }
        }
        handling.print("bus " + ordering);
    }
}
