package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.OffsetsUnavailableException;
import dev.schemabus.bus.Subscription;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic is deleted and made anew while it is read. */
@ExtendWith(SchemabusExtension.class)
@Timeout(120)
class TopicFaultTest {

    private static final int RECORDS = 100;

    private final EmbeddedKafka kafka;
    private final Scene scene;
    private final History history = new History();

    TopicFaultTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
        scene = Scene.of(kafka.clientProperties()).with(Map.of("metadata.max.age.ms", 500));
        kafka.createTopic(scene.topic(), 2);
        kafka.createTopic(scene.deadLetters(), 2);
    }

    @Test
    void aSubscriptionToATopicThatIsMadeAnewStopsAndSaysWhereItStood() throws Exception {
        publish(RECORDS);
        try (Member member = Member.join(scene, "m", history, (event, attempt) -> {})) {
            Awaitility.await().until(() -> history.deliveryCount() == RECORDS);
            makeAnew();
            publish(RECORDS / 2);

            Subscription subscription = member.subscription();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> subscription.state() == Subscription.State.FAILED);
            assertThat(subscription.failure().orElseThrow())
                    .isInstanceOf(OffsetsUnavailableException.class)
                    .hasMessageContaining(scene.topic());
            assertThat(history.deliveryCount()).isEqualTo(RECORDS);
        }
    }

    /** The control: a consumer that resets its offsets by itself skips what is in the new topic, and nobody is told. */
    @Test
    void aConsumerThatResetsItsOffsetsSkipsWhatIsInTheNewTopic() throws Exception {
        publish(RECORDS);
        Map<String, Object> properties = new HashMap<>(scene.kafka());
        properties.put("auto.offset.reset", "latest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    List.of(new TopicPartition(scene.topic(), 0), new TopicPartition(scene.topic(), 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            AtomicInteger read = new AtomicInteger();
            Awaitility.await().pollInSameThread().until(() -> poll(consumer, read) == RECORDS);
            makeAnew();
            publish(RECORDS / 2);

            // It is at the end of the new topic: what it hasn't read by then, it never will.
            Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(() -> {
                poll(consumer, read);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                return ends.values().stream().mapToLong(end -> end).sum() == RECORDS / 2
                        && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) == end.getValue());
            });
            assertThat(read.get()).isLessThan(RECORDS + RECORDS / 2);
        }
    }

    private static int poll(KafkaConsumer<byte[], byte[]> consumer, AtomicInteger read) {
        return read.addAndGet(consumer.poll(Duration.ofMillis(50)).count());
    }

    private void makeAnew() throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            admin.deleteTopics(List.of(scene.topic())).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(scene.topic()));
        }
        kafka.createTopic(scene.topic(), 2);
    }

    private void publish(int count) throws InterruptedException {
        try (EventBus bus = scene.bus()) {
            Load.all(new History(), Load.through(bus), 10, count);
        }
    }
}
