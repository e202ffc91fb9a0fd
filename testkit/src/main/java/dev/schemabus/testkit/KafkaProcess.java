package dev.schemabus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, its own controller) in a JVM of its own, for tests of what happens when a broker dies:
 * {@link #kill} ends it as {@code kill -9} does, {@link #restart} brings it back under the same address and with the same
 * records. Its settings are those of {@link EmbeddedKafka}, which starts faster but stops only in good order.
 *
 * <p>What the broker acked survives {@link #kill} although Kafka does not force records to the disk: they are with the
 * operating system. So this says nothing about a power failure.
 *
 * <p>The broker is started with this JVM's {@code java} on this JVM's class path, with a heap of 256 MiB. It ends with this
 * JVM at the latest, also when that is killed; only the temporary directory is left behind then. What it prints is logged
 * at level DEBUG.
 *
 * <p>Safe for use by several threads: a test may kill the broker while another thread publishes.
 */
public final class KafkaProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaProcess.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    // It lives for seconds: a quick start counts, the last bit of speed does not.
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true");

    private final String clusterId = Uuid.randomUuid().toString();
    private final TemporaryDirectory directory = TemporaryDirectory.create("kafka-process-");
    private final HeldPort clientPort;
    private final HeldPort controllerPort;

    /** Null when it was killed. */
    private volatile @Nullable ChildJvm child;

    private boolean closed;

    private KafkaProcess(Supplier<HeldPort> freePorts) {
        clientPort = freePorts.get();
        controllerPort = freePorts.get();
    }

    /**
     * Starts a broker and waits until it serves clients, which takes about two seconds.
     *
     * @throws IllegalStateException with what the broker printed last, if it does not serve within 30 seconds
     */
    public static KafkaProcess start() {
        return start(HeldPort::free);
    }

    static KafkaProcess start(Supplier<HeldPort> freePorts) {
        var kafka = new KafkaProcess(freePorts);
        try {
            kafka.startChild();
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** The address as {@code 127.0.0.1:port}. It stays as it is until the end, whether the broker runs or not. */
    public String bootstrapServers() {
        return clientPort.hostAndPort();
    }

    /** What a Kafka client needs to reach the broker: {@code bootstrap.servers} and nothing else. */
    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** Where the broker keeps its records. */
    Path directory() {
        return directory.path();
    }

    /**
     * Creates a topic and waits until the broker serves it.
     *
     * @param name as Kafka allows: up to 249 letters, digits, {@code .}, {@code _} and {@code -}
     * @param partitions 1 or more
     * @throws IllegalStateException if there is a topic of that name already, or the broker does not run
     * @throws IllegalArgumentException if Kafka refuses the name or the number of partitions
     */
    public synchronized void createTopic(String name, int partitions) {
        requireOpen();
        if (!isRunning()) {
            throw new IllegalStateException(
                    "No broker runs that could create topic " + name + ": start it again with restart");
        }
        Topics.create(clientProperties(), name, partitions, Map.of(), admin -> Topics.isListed(admin, name));
    }

    /**
     * Kills the broker (SIGKILL) and waits until the process is gone. Its clients get connections refused; nobody else gets
     * its port. Without effect when it does not run.
     */
    public synchronized void kill() {
        ChildJvm current = child;
        if (current == null) {
            return;
        }
        current.kill();
        child = null;
        try {
            clientPort.hold();
            controllerPort.hold();
        } catch (IOException e) {
            log.warn("{} may not find its ports free when it starts again: {}", this, e.toString());
        }
    }

    /**
     * Starts the broker again, on its port and with its records, and waits until it serves clients. That takes about two
     * seconds longer than the first start: Kafka gives the killed broker's session up only then. Kills the broker first if
     * it runs.
     *
     * @throws IllegalStateException with what the broker printed last, if it does not serve within 30 seconds; or after
     *     {@link #close}
     */
    public synchronized void restart() {
        requireOpen();
        kill();
        startChild();
    }

    /** Whether the process runs. False as well when it ended by itself. */
    public boolean isRunning() {
        ChildJvm current = child;
        return current != null && current.isAlive();
    }

    /** Kills the broker and deletes its records. Without effect the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            kill();
            directory.close();
            clientPort.close();
            controllerPort.close();
        }
    }

    @Override
    public String toString() {
        return "KafkaProcess[" + bootstrapServers() + "]";
    }

    private void startChild() {
        try {
            clientPort.lend();
            controllerPort.lend();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot hand the ports of " + this + " over", e);
        }
        var arguments = List.of(
                clusterId,
                directory.path().resolve("node-0").toString(),
                Integer.toString(clientPort.number()),
                Integer.toString(controllerPort.number()));
        ChildJvm starting = ChildJvm.start(directory.path(), JVM_OPTIONS, KafkaProcessMain.class, arguments);
        child = starting;
        starting.awaitReady(START_LIMIT);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This broker is closed: start another");
        }
    }
}
