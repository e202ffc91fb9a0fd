package dev.schemabus.testkit;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What an embedded node is told: values chosen for tests, that is for a fast start, a fast restart and little memory.
 *
 * @param id the node's number in the cluster, 0 or more
 * @param directory where the node keeps its records and its metadata
 * @param ports where it listens, by the name of the listener: a broker for {@link #CLIENTS}, a controller for
 *     {@link #CONTROLLER}
 * @param controllerId the number of the cluster's one controller
 * @param controllerPort its port
 * @param brokers how many brokers the cluster has
 */
record NodeSettings(
        int id, Path directory, Map<String, HeldPort> ports, int controllerId, HeldPort controllerPort, int brokers) {

    static final String CLIENTS = "CLIENTS";
    static final String CONTROLLER = "CONTROLLER";

    NodeSettings {
        ports = Map.copyOf(ports);
    }

    /** The one node of a cluster, broker and controller. */
    static NodeSettings single(Path directory, HeldPort clients, HeldPort controller) {
        return new NodeSettings(0, directory, Map.of(CLIENTS, clients, CONTROLLER, controller), 0, controller, 1);
    }

    boolean isBroker() {
        return ports.containsKey(CLIENTS);
    }

    boolean isController() {
        return ports.containsKey(CONTROLLER);
    }

    /** As text, as in a file: given as numbers, Kafka would take some of the values only as a short or a long. */
    Properties asProperties() {
        var values = common();
        if (isBroker()) {
            values.putAll(internalTopics());
            values.putAll(smallBroker());
            values.put("inter.broker.listener.name", CLIENTS);
            // A test must see that it forgot to create a topic.
            values.put("auto.create.topics.enable", false);
            values.put("replica.fetch.backoff.ms", 100);
            values.put("group.initial.rebalance.delay.ms", 0);
            values.put("group.min.session.timeout.ms", 100);
            values.put("group.consumer.min.heartbeat.interval.ms", 100);
            values.put("group.consumer.heartbeat.interval.ms", 500);
        }
        if (isController()) {
            values.put("default.replication.factor", brokers);
        }
        var properties = new Properties();
        values.forEach((key, value) -> properties.setProperty(key, value.toString()));
        return properties;
    }

    private Map<String, Object> common() {
        var values = new HashMap<String, Object>();
        values.put("node.id", id);
        values.put(
                "process.roles",
                isBroker() && isController() ? "broker,controller" : isBroker() ? "broker" : "controller");
        values.put("log.dirs", directory);
        values.put(
                "listeners",
                ports.entrySet().stream()
                        .map(port -> port.getKey() + "://" + port.getValue().hostAndPort())
                        .collect(joining(",")));
        values.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        values.put("controller.listener.names", CONTROLLER);
        values.put("controller.quorum.voters", controllerId + "@" + controllerPort.hostAndPort());
        values.put("min.insync.replicas", minInSync());
        // The controller notices within a test's patience that a broker is gone.
        values.put("broker.session.timeout.ms", 2000);
        values.put("broker.heartbeat.interval.ms", 400);
        values.put("num.network.threads", 1);
        values.put("background.threads", 2);
        values.put("queued.max.requests", 100);
        // Nodes of one JVM would quarrel about the names of their JMX beans.
        values.put("metric.reporters", "");
        return values;
    }

    private Map<String, Object> internalTopics() {
        return Map.of(
                "offsets.topic.replication.factor",
                brokers,
                "offsets.topic.num.partitions",
                5,
                "transaction.state.log.replication.factor",
                brokers,
                "transaction.state.log.min.isr",
                minInSync(),
                "transaction.state.log.num.partitions",
                3,
                "share.coordinator.state.topic.replication.factor",
                brokers,
                "share.coordinator.state.topic.min.isr",
                minInSync(),
                "share.coordinator.state.topic.num.partitions",
                1);
    }

    // Three brokers share the heap of a test's JVM.
    private static Map<String, Object> smallBroker() {
        return Map.of(
                "num.io.threads", 2,
                "num.replica.fetchers", 1,
                "num.recovery.threads.per.data.dir", 1,
                "log.cleaner.threads", 1,
                "log.cleaner.dedupe.buffer.size", 2 * 1024 * 1024,
                "log.cleaner.io.buffer.size", 64 * 1024,
                "log.index.size.max.bytes", 1024 * 1024);
    }

    private int minInSync() {
        return brokers == 1 ? 1 : 2;
    }
}
