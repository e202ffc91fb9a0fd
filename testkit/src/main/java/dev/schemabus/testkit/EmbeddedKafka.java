package dev.schemabus.testkit;

import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A real Kafka cluster (KRaft) in this JVM: one node that is broker and controller, or three brokers that replicate and a
 * controller that stays when they stop. It listens on 127.0.0.1 and keeps its records in a temporary directory that
 * {@link #close} deletes. Close it: its threads keep the JVM alive.
 *
 * <p>What differs from a broker's defaults, because a test wants it so: a topic that nobody created is an error
 * ({@code auto.create.topics.enable=false}); a topic has one replica per node, and with three nodes
 * {@code min.insync.replicas=2}, so that one node may be lost; a consumer joins its group without delay, and may ask for a
 * session timeout from 100 ms.
 *
 * <p>Kafka prints nothing; it logs through slf4j under {@code kafka}, {@code org.apache.kafka} and
 * {@code state.change.logger}. At level WARN a start or a stop is a line or two.
 *
 * <p>Safe for use by several threads: a test may stop a node while another thread publishes.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int PORT_ATTEMPTS = 3;

    private final KafkaCluster cluster;
    private boolean closed;

    private EmbeddedKafka(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts one broker and waits until it serves clients.
     *
     * @throws IllegalStateException if it does not within 30 seconds
     */
    public static EmbeddedKafka start() {
        return start(1);
    }

    /**
     * Starts a cluster and waits until all its nodes serve clients.
     *
     * @param nodes 1 or 3
     * @throws IllegalArgumentException for any other number
     * @throws IllegalStateException if they do not serve within 30 seconds
     */
    public static EmbeddedKafka start(int nodes) {
        return start(nodes, HeldPort::free);
    }

    static EmbeddedKafka start(int nodes, Supplier<HeldPort> freePorts) {
        if (nodes != 1 && nodes != 3) {
            throw new IllegalArgumentException("An embedded cluster has 1 node, or 3 that replicate, not " + nodes
                    + ": use EmbeddedKafka.start() or EmbeddedKafka.start(3)");
        }
        for (int attempt = 1; ; attempt++) {
            var cluster = new KafkaCluster(nodes, freePorts);
            try {
                cluster.start();
                return new EmbeddedKafka(cluster);
            } catch (RuntimeException e) {
                cluster.close();
                if (attempt == PORT_ATTEMPTS || !isPortTaken(e)) {
                    throw e;
                }
            }
        }
    }

    /** The addresses of all nodes, also of stopped ones, as {@code 127.0.0.1:port,...}. They stay as they are until the end. */
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    /** What a Kafka client needs to reach the cluster: {@code bootstrap.servers} and nothing else. */
    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** Where the nodes keep their records. */
    Path directory() {
        return cluster.directory();
    }

    /** The number of nodes, running or not. */
    public int nodes() {
        return cluster.brokers().size();
    }

    /**
     * Creates a topic with one replica per node and waits until all running nodes serve it.
     *
     * @param name as Kafka allows: up to 249 letters, digits, {@code .}, {@code _} and {@code -}
     * @param partitions 1 or more
     * @throws IllegalStateException if there is a topic of that name already. A shared broker keeps its topics from test to
     *     test: take a name per test. Also if no node runs
     * @throws IllegalArgumentException if Kafka refuses the name or the number of partitions
     */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic with settings of its own and waits until all running nodes serve it.
     *
     * @param settings the topic's settings, such as {@code cleanup.policy}
     * @throws IllegalStateException as {@link #createTopic(String, int)}
     * @throws IllegalArgumentException as {@link #createTopic(String, int)}, and for a setting that Kafka refuses
     */
    public synchronized void createTopic(String name, int partitions, Map<String, String> settings) {
        requireOpen();
        if (cluster.brokers().stream().noneMatch(KafkaNode::isRunning)) {
            throw new IllegalStateException(
                    "No node runs that could create topic " + name + ": start one with startNode");
        }
        Topics.create(
                clientProperties(),
                name,
                partitions,
                settings,
                admin -> cluster.brokers().stream().allMatch(broker -> broker.isAwareOf(name)));
    }

    /**
     * Stops a node in good order; its clients get connections refused. Without effect on a stopped node. With three nodes
     * the other two go on serving; with two stopped, records that ask for {@code acks=all} wait for one to return.
     *
     * @param index 0 to {@link #nodes()} - 1
     */
    public synchronized void stopNode(int index) {
        broker(index).stop();
    }

    /**
     * Starts a stopped node again, on its port and with its records, and waits until it serves clients. Without effect on a
     * running node. One of three nodes may still be fetching what it missed when this returns; and started at once after
     * its stop it waits two seconds, until the controller gives its former session up.
     *
     * @param index 0 to {@link #nodes()} - 1
     * @throws IllegalStateException if the node does not serve within 30 seconds
     */
    public synchronized void startNode(int index) {
        KafkaNode broker = broker(index);
        broker.start();
        try {
            broker.awaitServing();
        } catch (IllegalStateException e) {
            broker.stop();
            throw e;
        }
    }

    /**
     * Whether the node was started and neither stopped nor broken down since.
     *
     * @param index 0 to {@link #nodes()} - 1
     */
    public boolean isRunning(int index) {
        return existing(index).isRunning();
    }

    /** Stops all nodes and deletes their records. Takes 30 seconds at most; without effect the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            cluster.close();
        }
    }

    @Override
    public String toString() {
        return "EmbeddedKafka[" + bootstrapServers() + "]";
    }

    private KafkaNode broker(int index) {
        requireOpen();
        return existing(index);
    }

    private KafkaNode existing(int index) {
        if (index < 0 || index >= nodes()) {
            throw new IllegalArgumentException(
                    "No node " + index + ": the nodes of this cluster are 0 to " + (nodes() - 1));
        }
        return cluster.brokers().get(index);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This embedded cluster is closed: start another");
        }
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
