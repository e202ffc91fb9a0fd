package dev.schemabus.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics of a test's cluster so that the next line of a test can use them. */
final class Topics {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private Topics() {}

    /**
     * Creates a topic and waits until it can be used.
     *
     * @param knownToBrokers whether all brokers have heard of the topic; asked again until they have
     */
    static void create(
            Map<String, Object> clientProperties,
            String name,
            int partitions,
            Map<String, String> settings,
            Predicate<Admin> knownToBrokers) {
        var topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
        try (Admin admin = Admin.create(clientProperties)) {
            await(admin.createTopics(List.of(topic)).all(), name);
            awaitServed(admin, name, partitions, knownToBrokers);
        }
    }

    /** Whether the broker that is asked has heard of the topic. */
    static boolean isListed(Admin admin, String name) {
        return await(admin.listTopics().names(), name).contains(name);
    }

    // Kafka answers when its controller knows the topic. The brokers hear of it a moment later, and a client that asks
    // one before logs a warning that a test author would have to explain.
    private static void awaitServed(Admin admin, String name, int partitions, Predicate<Admin> knownToBrokers) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!knownToBrokers.test(admin)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "Topic " + name + " is created but not known to all brokers after " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        var ends = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(name, partition), partition -> OffsetSpec.latest()));
        await(admin.listOffsets(ends).all(), name);
    }

    private static <T> T await(KafkaFuture<T> answer, String topic) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topic " + topic, e);
        } catch (ExecutionException e) {
            throw refused(topic, e);
        }
    }

    private static RuntimeException refused(String topic, ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof TopicExistsException) {
            return new IllegalStateException(
                    "Topic " + topic + " exists already. A shared broker keeps its topics from test to test: "
                            + "take a name per test",
                    cause);
        }
        if (cause instanceof ApiException && !(cause instanceof RetriableException)) {
            return new IllegalArgumentException("Kafka refuses topic " + topic + ": " + cause.getMessage(), cause);
        }
        return new IllegalStateException("Cannot create topic " + topic + ": " + cause, failure);
    }
}
