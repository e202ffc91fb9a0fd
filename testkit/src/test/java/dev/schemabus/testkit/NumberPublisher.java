package dev.schemabus.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes 0, 1, 2 … in the background, some of them at a time, until it is told that these are enough. */
final class NumberPublisher {

    private static final int IN_FLIGHT = 100;

    private final AtomicInteger acked = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean enough;
    private final CompletableFuture<Integer> sent;

    NumberPublisher(Map<String, Object> clientProperties, String topic, Map<String, Object> settings) {
        sent = CompletableFuture.supplyAsync(
                () -> {
                    try (var producer = Records.producer(clientProperties, settings)) {
                        return publish(producer, topic);
                    }
                },
                task -> new Thread(task, "publisher").start());
    }

    int acked() {
        return acked.get();
    }

    int failed() {
        return failed.get();
    }

    boolean isDone() {
        return sent.isDone();
    }

    /** Stops and waits until nothing is in flight; answers with all numbers that were sent. */
    List<String> stop() {
        enough = true;
        return IntStream.range(0, sent.join()).mapToObj(Integer::toString).toList();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what became of the record
    private int publish(KafkaProducer<String, String> producer, String topic) {
        var inFlight = new Semaphore(IN_FLIGHT);
        int next = 0;
        while (!enough) {
            inFlight.acquireUninterruptibly();
            producer.send(new ProducerRecord<>(topic, Integer.toString(next++)), (metadata, failure) -> {
                (failure == null ? acked : failed).incrementAndGet();
                inFlight.release();
            });
        }
        inFlight.acquireUninterruptibly(IN_FLIGHT);
        return next;
    }
}
