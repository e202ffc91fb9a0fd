package dev.schemabus.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaBroker;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node in this JVM, a broker, a controller or both: the parts that {@link KafkaRaftServer} puts together, with two
 * differences. The sockets come from ports that we hold, and a fatal fault does not halt the JVM, which is the test
 * author's, not the node's.
 *
 * <p>Start and stop are for one thread at a time.
 */
final class KafkaNode {

    private static final Logger log = LoggerFactory.getLogger(KafkaNode.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** How long a broker may take to hand its partitions over. */
    private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(5);

    private static final Duration START_END_LIMIT = Duration.ofSeconds(5);

    static {
        // Brokers of one JVM would quarrel about the names of their JMX beans, a stack trace for each.
        KafkaYammerMetrics.INSTANCE.configure(Map.of("metrics.jmx.exclude", ".*"));
    }

    private final NodeSettings settings;
    private volatile @Nullable Running running;

    /** A node that does not run. Formats its directory, unless the node ran there before. */
    KafkaNode(String clusterId, NodeSettings settings) {
        this.settings = settings;
        format(clusterId);
    }

    /** Whether it was started and neither stopped nor broken down since. */
    boolean isRunning() {
        Running current = running;
        return current != null && current.fault == null;
    }

    /** Whether the running broker has heard of the topic; true for a node that does not run. */
    boolean isAwareOf(String topic) {
        Running current = running;
        return current == null || current.isAwareOf(topic);
    }

    /** Starts the node in the background; without effect on a running one. {@link #awaitServing} waits for it. */
    void start() {
        if (running == null) {
            var starting = new Running();
            running = starting;
            starting.starter.start();
        }
    }

    /**
     * Waits until the node serves. Returns at once for a stopped one.
     *
     * @throws IllegalStateException with the reason if the node does not serve within 30 seconds
     */
    void awaitServing() {
        Running current = running;
        if (current == null) {
            return;
        }
        try {
            current.started.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(this + " does not start: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(this + " does not serve after " + START_LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + this + " starts", e);
        }
    }

    /** Stops the node in good order; without effect on a stopped one. Its ports stay ours. */
    void stop() {
        Running current = running;
        if (current == null) {
            return;
        }
        current.stop();
        running = null;
        try {
            for (HeldPort port : settings.ports().values()) {
                port.hold();
            }
        } catch (IOException e) {
            log.warn("{} may not find its ports free when it starts again: {}", this, e.toString());
        }
    }

    @Override
    public String toString() {
        return "Kafka node " + settings.id();
    }

    private void format(String clusterId) {
        String directory = settings.directory().toString();
        try (var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setClusterId(clusterId)
                    .setNodeId(settings.id())
                    .setControllerListenerName(NodeSettings.CONTROLLER)
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot format " + directory + " for a Kafka node", e);
        }
    }

    private ServerSocketChannel listen(String listener, int backlog) throws IOException {
        HeldPort port = settings.ports().get(listener);
        if (port == null) {
            throw new IOException(this + " has no port for listener " + listener);
        }
        ServerSocketChannel channel = port.listen(backlog);
        channel.configureBlocking(false);
        return channel;
    }

    /** The parts of one start of the node: Kafka's parts cannot be started a second time. */
    private final class Running {

        final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
        final Thread starter = new Thread(this::run, KafkaNode.this + " start");
        volatile @Nullable Throwable fault;
        private volatile boolean stopping;
        private final Metrics metrics = new Metrics();
        private final @Nullable ControllerServer controller;
        private final @Nullable KafkaBroker broker;

        Running() {
            starter.setDaemon(true);
            KafkaConfig config = KafkaConfig.fromProps(settings.asProperties(), false);
            var formatted = KafkaRaftServer.initializeLogDirs(config, log, "");
            var shared = new SharedServer(
                    config,
                    formatted._1(),
                    Time.SYSTEM,
                    metrics,
                    CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(
                            config.quorumConfig().voters())),
                    List.<InetSocketAddress>of(),
                    this::faultHandler,
                    (listener, address, backlog, receiveBuffer) -> listen(listener, backlog));
            controller = settings.isController()
                    ? new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2())
                    : null;
            broker = settings.isBroker() ? new BrokerServer(shared) : null;
        }

        boolean isAwareOf(String topic) {
            return broker == null || broker.metadataCache().contains(topic);
        }

        void stop() {
            stopping = true;
            endStart();
            // A broker takes leave of its controller, so the controller goes last.
            if (broker != null) {
                broker.shutdown(HAND_OVER_LIMIT);
            }
            if (controller != null) {
                controller.shutdown();
            }
            metrics.close();
        }

        private void run() {
            try {
                if (controller != null) {
                    controller.startup();
                }
                if (broker != null) {
                    broker.startup();
                }
                started.complete(null);
            } catch (Throwable e) {
                fault = e;
                started.completeExceptionally(e);
            }
        }

        // A start waits for other nodes without a limit of its own.
        private void endStart() {
            starter.interrupt();
            try {
                starter.join(START_END_LIMIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private FaultHandler faultHandler(String name, boolean fatal, Runnable action) {
            return (reason, cause) -> {
                var failure = new IllegalStateException(KafkaNode.this + ": " + name + ": " + reason, cause);
                // A failing start tells its caller.
                if (fatal && started.isDone() && !stopping) {
                    fault = failure;
                    log.error("{} cannot go on", KafkaNode.this, failure);
                } else {
                    log.debug("{} has a fault", KafkaNode.this, failure);
                }
                action.run();
                return failure;
            };
        }
    }
}
