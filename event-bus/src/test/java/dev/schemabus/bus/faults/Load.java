package dev.schemabus.bus.faults;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishOutcome;
import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.bus.With;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.bus.faults.History.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;

/**
 * Publishes numbered events, its keys in turn, until it is stopped, and writes down what became of each. A thousand are on
 * their way at most, and no more than a number in a second.
 */
final class Load implements AutoCloseable {

    /** About 200 bytes with key, number and framing. */
    private static final String PAD = "p".repeat(160);

    /** How much longer than promised something may take where several builds share two cores. */
    static final Duration STALL_OF_A_BUSY_MACHINE = Duration.ofSeconds(5);

    private static final int ON_THEIR_WAY = 1_000;

    private final History history;
    private final Sender sender;
    private final int keys;
    private final int perSecond;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger acked = new AtomicInteger();
    private final Semaphore room = new Semaphore(ON_THEIR_WAY);
    private final Thread thread = new Thread(this::run, "load");
    private volatile int total;
    private final Map<Integer, Long> lastAcks = new HashMap<>();
    private volatile long longestGap;

    /** A way to publish. */
    @FunctionalInterface
    interface Sender {
        CompletionStage<Publication> send(String key, long number);
    }

    /** Publishes through a bus. */
    static Sender through(EventBus bus) {
        return through(bus, PAD);
    }

    /** The same with events of another size. */
    static Sender through(EventBus bus, String pad) {
        return (key, number) -> bus.publishAsync(
                        new Numbered(key, number, pad), With.NOTHING.header(Scene.NUMBER, Long.toString(number)))
                .thenApply(outcome -> publication(key, number, outcome));
    }

    /** Publishes past it: what a producer does by itself. */
    static Sender through(KafkaProducer<byte[], byte[]> producer, String topic) {
        return through(producer, topic, "");
    }

    /** The same with something in front of each key. */
    static Sender through(KafkaProducer<byte[], byte[]> producer, String topic, String prefix) {
        byte[] value = PAD.getBytes(StandardCharsets.UTF_8);
        return (name, number) -> {
            String key = prefix + name;
            CompletableFuture<Publication> result = new CompletableFuture<>();
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
            record.headers().add(Scene.NUMBER, Long.toString(number).getBytes(StandardCharsets.UTF_8));
            Future<RecordMetadata> unused = producer.send(
                    record,
                    (metadata, error) -> result.complete(
                            error == null
                                    ? new Publication(
                                            key, number, Outcome.ACKED, metadata.partition(), metadata.offset())
                                    : new Publication(key, number, Outcome.INDETERMINATE, -1, -1)));
            return result;
        };
    }

    private Load(History history, Sender sender, int keys, int perSecond, int total) {
        this.history = history;
        this.sender = sender;
        this.keys = keys;
        this.perSecond = perSecond;
        this.total = total;
    }

    /** Publishes until it is stopped. */
    static Load start(History history, Sender sender, int keys, int perSecond) {
        Load load = new Load(history, sender, keys, perSecond, Integer.MAX_VALUE);
        load.thread.start();
        return load;
    }

    /** Publishes a number of events and waits for their outcomes. */
    static Load all(History history, Sender sender, int keys, int total) throws InterruptedException {
        Load load = new Load(history, sender, keys, Integer.MAX_VALUE, total);
        load.thread.start();
        load.thread.join();
        load.room.acquire(ON_THEIR_WAY);
        return load;
    }

    /** Waits until so many more have been acknowledged. */
    void awaitAcked(int more) {
        int goal = acked.get() + more;
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> acked.get() >= goal);
    }

    int acked() {
        return acked.get();
    }

    int started() {
        return started.get();
    }

    /** The longest time between two acknowledgements of a partition. */
    Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    /** Publishes no more, and waits for all outcomes. */
    void stop() throws InterruptedException {
        total = 0;
        thread.join();
        room.acquire(ON_THEIR_WAY);
    }

    /** Publishes no more, whatever becomes of what is on its way: what a test that fails leaves must not go on. */
    @Override
    public void close() {
        total = 0;
    }

    private void run() {
        long begin = System.nanoTime();
        for (int i = 0; i < total; i++) {
            room.acquireUninterruptibly();
            started.incrementAndGet();
            sender.send("k-" + i % keys, i / keys).thenAccept(publication -> {
                history.add(publication);
                if (publication.outcome() == Outcome.ACKED) {
                    note(publication);
                }
                room.release();
            });
            long due = begin + Duration.ofSeconds(1).toNanos() * i / perSecond;
            for (long early = due - System.nanoTime(); early > 0 && i < total; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
        }
    }

    private synchronized void note(Publication publication) {
        acked.incrementAndGet();
        long now = System.nanoTime();
        Long last = lastAcks.put(publication.partition(), now);
        if (last != null) {
            longestGap = Math.max(longestGap, now - last);
        }
    }

    /** What became of an event. */
    static Publication publication(String key, long number, PublishOutcome outcome) {
        if (outcome instanceof Acked acked) {
            return new Publication(
                    key,
                    number,
                    Outcome.ACKED,
                    acked.receipt().partition(),
                    acked.receipt().offset());
        }
        return new Publication(
                key, number, outcome instanceof Rejected ? Outcome.REJECTED : Outcome.INDETERMINATE, -1, -1);
    }
}
