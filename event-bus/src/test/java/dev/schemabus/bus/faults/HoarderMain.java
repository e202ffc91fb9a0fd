package dev.schemabus.bus.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The control of {@link BurstTest}: takes in all that comes, for handlers that are not so fast. */
final class HoarderMain {

    private HoarderMain() {}

    /**
     * Runs until it is out of memory.
     *
     * @param arguments bootstrap servers, topic
     */
    public static void main(String[] arguments) {
        ChildProcess.listen(told -> {});
        List<ConsumerRecord<byte[], byte[]>> queue = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", arguments[0], "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(arguments[1]).stream()
                    .map(info -> new TopicPartition(arguments[1], info.partition()))
                    .toList());
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(Duration.ofMillis(100)).forEach(queue::add);
            }
        }
        ChildProcess.say(Integer.toString(queue.size()));
    }
}
