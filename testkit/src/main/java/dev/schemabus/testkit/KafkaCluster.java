package dev.schemabus.testkit;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of one cluster with their ports and their directory.
 *
 * <p>One broker is its own controller: so it restarts fast, because the controller forgets the broker's session with it. Three
 * brokers share a controller that nobody stops: three controllers would elect a leader at each stop, and the last to go
 * would wait for the others and log a stack trace.
 */
final class KafkaCluster implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaCluster.class);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(25);

    /** Away from the brokers' numbers, which begin at 0. */
    private static final int CONTROLLER_ID = 100;

    private final String clusterId = Uuid.randomUuid().toString();
    private final TemporaryDirectory directory = TemporaryDirectory.create("embedded-kafka-");
    private final List<HeldPort> ports;
    private final HeldPort controllerPort;
    private final List<KafkaNode> brokers;

    /** Null where the one broker is its own controller. */
    private final @Nullable KafkaNode controller;

    KafkaCluster(int size, Supplier<HeldPort> freePorts) {
        ports = Stream.generate(freePorts).limit(size).toList();
        controllerPort = freePorts.get();
        if (size == 1) {
            controller = null;
            brokers = List.of(
                    new KafkaNode(clusterId, NodeSettings.single(nodeDirectory(0), ports.get(0), controllerPort)));
        } else {
            controller = node(CONTROLLER_ID, CONTROLLER_ID, Map.of(NodeSettings.CONTROLLER, controllerPort));
            brokers = IntStream.range(0, size)
                    .mapToObj(id -> node(id, CONTROLLER_ID, Map.of(NodeSettings.CLIENTS, ports.get(id))))
                    .toList();
        }
    }

    List<KafkaNode> brokers() {
        return brokers;
    }

    String bootstrapServers() {
        return ports.stream().map(HeldPort::hostAndPort).collect(joining(","));
    }

    Path directory() {
        return directory.path();
    }

    /** Starts all nodes and waits until they serve. */
    void start() {
        if (controller != null) {
            controller.start();
            controller.awaitServing();
        }
        brokers.forEach(KafkaNode::start);
        brokers.forEach(KafkaNode::awaitServing);
    }

    /** Stops all nodes, gives their ports back and deletes their records. */
    @Override
    public void close() {
        if (stop()) {
            directory.close();
        } else {
            // A broker that loses its directory while it runs halts the JVM.
            log.warn("{} has not stopped after {} s and leaves {}", this, CLOSE_LIMIT.toSeconds(), directory.path());
        }
        ports.forEach(HeldPort::close);
        controllerPort.close();
    }

    @Override
    public String toString() {
        return "Kafka cluster at " + bootstrapServers();
    }

    private KafkaNode node(int id, int controllerId, Map<String, HeldPort> listeners) {
        return new KafkaNode(
                clusterId,
                new NodeSettings(id, nodeDirectory(id), listeners, controllerId, controllerPort, ports.size()));
    }

    private Path nodeDirectory(int id) {
        return directory.path().resolve("node-" + id);
    }

    /** Whether all nodes have stopped within the limit. Not for an interrupt to cut short: a directory depends on it. */
    private boolean stop() {
        var stopping = brokers.stream()
                .map(broker -> CompletableFuture.runAsync(() -> broker.stop(), KafkaCluster::inBackground))
                .toArray(CompletableFuture<?>[]::new);
        // The brokers take leave of the controller, so it goes last.
        var stopped = CompletableFuture.allOf(stopping).thenRun(() -> {
            if (controller != null) {
                controller.stop();
            }
        });
        long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    stopped.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            log.warn("{} does not stop in good order", this, e);
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void inBackground(Runnable task) {
        var thread = new Thread(task, "embedded-kafka-stop");
        thread.setDaemon(true);
        thread.start();
    }
}
