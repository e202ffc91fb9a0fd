package dev.schemabus.server;

import dev.schemabus.registry.RegistryUnavailableException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the registry in a process of its own. Its one line on standard output says that it serves, and where. */
@Command(
        name = "schemabus-registry-server",
        description = "A Confluent-compatible schema registry, in memory or in a topic of Kafka.",
        sortOptions = false,
        subcommands = UserCommand.class)
final class RegistryServerMain implements Callable<Integer> {

    private static final String KAFKA_PROPERTY = "--kafka";
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    /** Jetty would start all of JMX to ask how long a reference is: a quarter of the time that the server takes to start. */
    private static final String REFERENCES_PER_CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    @Option(
            names = "--port",
            defaultValue = "8081",
            description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = RegistryServer.DEFAULT_HOST,
            description = "Address to listen on, 0.0.0.0 for all (default: ${DEFAULT-VALUE}, this machine only).")
    private String host = RegistryServer.DEFAULT_HOST;

    @Mixin
    private SecurityOptions security = new SecurityOptions();

    @Option(
            names = "--read-only",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            description = "Refuse every write (default: ${DEFAULT-VALUE}).")
    private boolean readOnly;

    @Option(
            names = "--max-request-bytes",
            defaultValue = "" + HttpRoutes.MAX_REQUEST_BYTES,
            description = "The largest request body (default: ${DEFAULT-VALUE}).")
    private int maxRequestBytes;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Kafka cluster that holds the registry (default: none, in memory).")
    private Optional<String> bootstrapServers = Optional.empty();

    @Option(
            names = "--kafka-topic",
            paramLabel = "NAME",
            defaultValue = KafkaStorage.DEFAULT_TOPIC,
            description = "Topic that holds the registry (default: ${DEFAULT-VALUE}).")
    private String kafkaTopic = KafkaStorage.DEFAULT_TOPIC;

    @Option(
            names = "--kafka-replication-factor",
            paramLabel = "BROKERS",
            defaultValue = "" + KafkaStorage.DEFAULT_REPLICATION_FACTOR,
            description =
                    "Brokers that hold the topic, if it is created (default: ${DEFAULT-VALUE}, or all there are).")
    private int kafkaReplicationFactor;

    @Option(
            names = "--advertised-url",
            paramLabel = "URL",
            description = "Where the registry's other nodes reach this one (default: where it listens).")
    private Optional<URI> advertisedUrl = Optional.empty();

    @Option(
            names = KAFKA_PROPERTY,
            paramLabel = "PROPERTY=VALUE",
            description = "A property for Kafka's clients; --kafka.PROPERTY=VALUE says the same.")
    private Map<String, String> kafkaProperties = new LinkedHashMap<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file of properties with these options, without the dashes: port=8081. What is on the"
                    + " command line counts more.")
    @SuppressWarnings("UnusedVariable") // for picocli, which prints the help: what the file says comes before it
    private @Nullable Path config;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // for picocli, which prints the help
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        RegistryServer server;
        try {
            ServerSecurity guard = security.security();
            server = RegistryServer.start(
                    new ServerOptions(host, port, readOnly, maxRequestBytes), guard, log(guard.scheme()));
        } catch (UncheckedIOException
                | IllegalArgumentException
                | IllegalStateException
                | RegistryUnavailableException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "schemabus-registry-stop"));
        System.out.println("READY " + server.url());
        stopped.await();
        return 0;
    }

    private ChangeLog log(String scheme) {
        if (bootstrapServers.isEmpty()) {
            return new MemoryChangeLog();
        }
        KafkaStorage storage = new KafkaStorage(
                bootstrapServers.get(), kafkaTopic, kafkaReplicationFactor, advertisedUrl, kafkaProperties);
        storage.requireUrlOf(scheme);
        return new KafkaChangeLog(storage);
    }

    /** Options whose names nobody can list become values of one that has a name. */
    private static String[] named(String... args) {
        return Stream.of(args)
                .flatMap(arg -> arg.startsWith(KAFKA_PROPERTY + ".")
                        ? Stream.of(KAFKA_PROPERTY, arg.substring(KAFKA_PROPERTY.length() + 1))
                        : Stream.of(arg))
                .toArray(String[]::new);
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    public static void main(String[] args) {
        setUnlessGiven(LOG_LEVEL, "warn");
        setUnlessGiven(REFERENCES_PER_CACHE_LINE, "16");
        String[] options;
        try {
            options = OptionsFile.included(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(CommandLine.ExitCode.USAGE);
            return;
        }
        System.exit(new CommandLine(new RegistryServerMain()).execute(named(options)));
    }
}
