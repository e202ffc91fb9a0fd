package dev.schemabus.bus.faults;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * A Kafka cluster of child JVMs, one node or three, each broker and controller, to be killed as {@code kill -9} does. Its
 * clients reach each node through a {@link TcpProxy}; the nodes reach each other, and this rig reaches them, past it.
 */
final class Brokers implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final String clusterId = Uuid.randomUuid().toString();
    private final Path directory;
    private final int size;
    private final Map<String, String> settings;
    private final List<Node> nodes = new ArrayList<>();
    private final Admin admin;

    private static final class Node {
        final int id;
        final boolean servesClients;
        final int clients = Ports.free();
        final int internal = Ports.free();
        final int controller = Ports.free();
        final TcpProxy proxy = new TcpProxy(clients);
        Optional<ChildProcess> process = Optional.empty();

        Node(int id, boolean servesClients) {
            this.id = id;
            this.servesClients = servesClients;
        }
    }

    private Brokers(int size, int controllers, Map<String, String> settings) {
        this.size = size;
        this.settings = settings;
        try {
            directory = Files.createTempDirectory("faults-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        IntStream.range(0, size + controllers).forEach(id -> nodes.add(new Node(id, id < size)));
        admin = Admin.create(Map.of(
                "bootstrap.servers",
                nodes.stream()
                        .limit(size)
                        .map(node -> "127.0.0.1:" + node.internal)
                        .collect(joining(",")),
                "reconnect.backoff.max.ms",
                200));
    }

    /** One node or three, serving. */
    static Brokers start(int size) throws InterruptedException {
        return start(size, Map.of());
    }

    /** @param settings more of the brokers' settings */
    static Brokers start(int size, Map<String, String> settings) throws InterruptedException {
        return start(size, 0, settings);
    }

    /** @param controllers nodes after the first ones, that vote with them and serve no clients */
    static Brokers start(int size, int controllers, Map<String, String> settings) throws InterruptedException {
        Brokers brokers = new Brokers(size, controllers, settings);
        try {
            for (Node node : brokers.nodes) {
                brokers.launch(node);
            }
            for (Node node : brokers.nodes) {
                brokers.awaitServing(node);
            }
            return brokers;
        } catch (RuntimeException | InterruptedException e) {
            brokers.close();
            throw e;
        }
    }

    /** What a client needs: the proxies' addresses. */
    Map<String, Object> clientProperties() {
        return Map.of(
                "bootstrap.servers",
                nodes.stream()
                        .limit(size)
                        .map(node -> "127.0.0.1:" + node.proxy.port())
                        .collect(joining(",")));
    }

    int size() {
        return size;
    }

    /** The network before a node. */
    TcpProxy proxy(int node) {
        return nodes.get(node).proxy;
    }

    /** An admin that is not hindered by the proxies. */
    Admin admin() {
        return admin;
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    void kill(int node) {
        nodes.get(node).process.ifPresent(ChildProcess::kill);
        nodes.get(node).process = Optional.empty();
    }

    /** Starts a killed node again and waits until it serves; a controller, until it runs. */
    void restart(int node) throws InterruptedException {
        launch(nodes.get(node));
        awaitServing(nodes.get(node));
    }

    /** Starts a killed node again. */
    void launch(int node) throws InterruptedException {
        launch(nodes.get(node));
    }

    boolean isRunning(int node) {
        return nodes.get(node).process.map(ChildProcess::isAlive).orElse(false);
    }

    /** Creates a topic with a replica on each node. */
    void createTopic(String topic, int partitions) {
        createTopic(topic, partitions, Map.of());
    }

    void createTopic(String topic, int partitions, Map<String, String> topicSettings) {
        get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) size).configs(topicSettings)))
                .all());
        Awaitility.await()
                .atMost(START_LIMIT)
                .ignoreExceptions()
                .until(() -> describe(topic).partitions().stream()
                        .allMatch(partition -> partition.isr().size() == size));
    }

    /** Which node leads a partition now; it waits until one does. */
    int leader(String topic, int partition) {
        return Awaitility.await()
                .atMost(START_LIMIT)
                .ignoreExceptions()
                .until(
                        () -> describe(topic).partitions().get(partition).leader(),
                        leader -> leader != null && leader.id() >= 0)
                .id();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        for (Node node : nodes) {
            kill(node.id);
            node.proxy.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TopicDescription describe(String topic) {
        return Objects.requireNonNull(
                get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
    }

    private void launch(Node node) throws InterruptedException {
        Path file = directory.resolve("node-" + node.id + ".properties");
        Properties properties = new Properties();
        BrokerSettings.of(
                        node.id,
                        directory.resolve("node-" + node.id),
                        node.clients,
                        node.proxy.port(),
                        node.internal,
                        node.controller,
                        size,
                        nodes.stream()
                                .map(other -> other.id + "@127.0.0.1:" + other.controller)
                                .toList())
                .forEach(properties::setProperty);
        settings.forEach(properties::setProperty);
        if (!node.servesClients) {
            BrokerSettings.makeController(properties, node.controller);
        }
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChildProcess process = ChildProcess.start(
                "broker-" + node.id, 256, BrokerMain.class, List.of(clusterId, file.toString()), line -> {});
        node.process = Optional.of(process);
        process.awaitReady(START_LIMIT);
    }

    /** It serves when it says itself that it is one of the cluster, and not fenced. */
    private void awaitServing(Node node) {
        if (!node.servesClients) {
            return;
        }
        Map<String, Object> own = new HashMap<>();
        own.put("bootstrap.servers", "127.0.0.1:" + node.internal);
        own.put("reconnect.backoff.max.ms", 100);
        try (Admin asked = Admin.create(own)) {
            Awaitility.await()
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> serves(node, asked));
        }
    }

    private boolean serves(Node node, Admin asked) throws Exception {
        ChildProcess process = node.process.orElseThrow();
        if (!process.isAlive()) {
            // Not an exception, which would be ignored: an error ends the waiting.
            throw new AssertionError("Broker " + node.id + " ended; it printed:\n" + process.printed());
        }
        return asked
                .describeCluster(new DescribeClusterOptions().timeoutMs(5_000))
                .nodes()
                .get(6, TimeUnit.SECONDS)
                .stream()
                .anyMatch(known -> known.id() == node.id);
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The cluster doesn't answer: " + e, e);
        }
    }
}
