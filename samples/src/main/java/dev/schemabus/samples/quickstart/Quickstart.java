package dev.schemabus.samples.quickstart;

import dev.schemabus.admin.BootstrapReport;
import dev.schemabus.admin.RegistryBootstrap;
import dev.schemabus.admin.TopicTypes;
import dev.schemabus.bus.TopicNamings;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.samples.shop.EventLines;
import dev.schemabus.samples.shop.OrderEvent;
import dev.schemabus.samples.shop.OrderPaid;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventType;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The main job: events from a file through registry, broker and back, step by step, with a summary. Exit code 0 only if
 * every event published was received, in order per key.
 */
@CommandLine.Command(
        name = "quickstart",
        description = "Sends a file of shop events through Kafka and a schema registry, and shows what happens.")
public final class Quickstart implements Callable<Integer> {

    private static final int SHOWN_BAD_LINES = 10;

    @CommandLine.Option(
            names = "--bootstrap-servers",
            description = "Your Kafka brokers. Default: one is started here.")
    private @Nullable String bootstrapServers;

    @CommandLine.Option(
            names = "--registry",
            description = "Your schema registry's URL; its global level is set. Default: one is started here.")
    private @Nullable String registryUrl;

    @CommandLine.Option(
            names = "--file",
            description = "Shop events, one JSON object a line. Default: samples/data/shop-events.jsonl")
    private @Nullable Path file;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // for picocli, which prints the help
    private boolean help;

    private final Console console;
    private final Optional<IntConsumer> onPublished;

    Quickstart(PrintStream out, Optional<IntConsumer> onPublished) {
        this.console = new Console(out);
        this.onPublished = onPublished;
    }

    /** Runs the tour; see {@code --help}. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out, Optional.empty(), arguments));
    }

    /** Runs the tour without ending the JVM; gives the exit code. */
    static int run(PrintStream out, Optional<IntConsumer> onPublished, String... arguments) {
        return new CommandLine(new Quickstart(out, onPublished))
                .setExecutionExceptionHandler((error, command, parsed) -> report(error, command))
                .execute(arguments);
    }

    /** What Schemabus and Kafka throw says what to do; only where it is something else does the stack trace help. */
    private static int report(Exception error, CommandLine command) throws Exception {
        String origin = error.getClass().getName();
        if (!origin.startsWith("dev.schemabus.") && !origin.startsWith("org.apache.kafka.")) {
            throw error;
        }
        command.getErr().println("FAILED: " + error.getMessage());
        return 1;
    }

    @Override
    public Integer call() throws Exception {
        Path events = file == null ? defaultFile() : file;
        if (!Files.isReadable(events) || Files.isDirectory(events)) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this),
                    "There is no readable file " + events.toAbsolutePath() + ": name one with --file");
        }
        console.step(1, "A Kafka broker and a schema registry");
        try (Surroundings surroundings =
                        Surroundings.open(Optional.ofNullable(bootstrapServers), Optional.ofNullable(registryUrl));
                RegistryConnection registry = open(surroundings.registryUrl())) {
            console.line("broker    %s, %s", surroundings.bootstrapServers(), surroundings.kafkaOrigin());
            console.line("registry  %s, %s", surroundings.registryUrl(), surroundings.registryOrigin());
            return tour(surroundings, registry, events) ? 0 : 1;
        }
    }

    private RegistryConnection open(String url) {
        try {
            return RegistryConnection.open(url);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(new CommandLine(this), "--registry: " + e.getMessage(), e);
        }
    }

    private boolean tour(Surroundings surroundings, RegistryConnection registry, Path file) throws Exception {
        String topic = TopicNamings.entityStream().topic(EventType.of(OrderPaid.class));

        console.step(2, "Bootstrap: compatibility levels first, then the schema of every event type");
        RegistryBootstrap bootstrap = RegistryBootstrap.builder()
                .globalCompatibility(CompatibilityLevel.BACKWARD_TRANSITIVE)
                .add(new TopicTypes(topic, OrderEvent.class).withCompatibility(CompatibilityLevel.FULL))
                .build();
        console.block(bootstrap.run(registry).table());
        BootstrapReport again = bootstrap.run(registry);
        console.line("run again: %s", again.changedAnything() ? "CHANGED SOMETHING" : "nothing to change");

        console.step(3, "Publish the events of " + file + " through the event bus");
        EventLines.Contents contents = EventLines.read(file);
        reportBadLines(contents.badLines());
        List<OrderEvent> events = contents.events();
        if (events.isEmpty()) {
            console.line("FAILED: no line of the file is an event, so there is nothing to publish");
            return false;
        }
        ProgressBar bar = new ProgressBar(console, events.size(), ProgressBar.onTerminal());
        BusTour.Result bus = new BusTour(surroundings).run(events, onPublished.orElse(bar));
        bar.end();
        console.line("%,d of %,d events acknowledged in topic %s", bus.published(), bus.events(), topic);
        bus.failures().stream().limit(SHOWN_BAD_LINES).forEach(failure -> console.line("not: %s", failure));

        console.step(4, "Receive them: typed handlers of a subscription, and a plain Kafka consumer");
        console.line(
                "subscription: %,d events over %d lanes, %s order breaks among %,d keys",
                bus.deliveries().received(),
                BusTour.LANES,
                bus.deliveries().outOfOrder() == 0 ? "no" : bus.deliveries().outOfOrder(),
                bus.deliveries().keys());
        List<OrderPaid> payments = events.stream()
                .filter(OrderPaid.class::isInstance)
                .map(OrderPaid.class::cast)
                .toList();
        boolean avro = plain(surroundings, payments, "avro");
        boolean json = plain(surroundings, payments, "json");

        boolean evolved = true;
        console.step(5, "One record's bytes");
        new WireTour(registry).show(topic, events.get(0), console);
        if (!payments.isEmpty()) {
            console.step(6, "Evolution: OrderPaid gets a component with a default, then one without");
            evolved = new EvolutionTour(registry, topic).run(payments.get(0), console);
        }

        console.step(7, "Summary");
        boolean success = bus.complete() && avro && json && evolved && !again.changedAnything();
        summary(bus, contents.badLines().size(), success);
        return success;
    }

    private boolean plain(Surroundings surroundings, List<OrderPaid> payments, String format) throws Exception {
        List<OrderPaid> received = new PlainKafkaTour(surroundings).run(payments, format);
        boolean equal = received.equals(payments);
        console.line(
                "plain consumer, %s: %,d of %,d payments%s",
                format, received.size(), payments.size(), equal ? ", all equal" : ", and they DIFFER");
        return equal;
    }

    private void reportBadLines(List<EventLines.BadLine> badLines) {
        badLines.stream()
                .limit(SHOWN_BAD_LINES)
                .forEach(bad -> console.line("line %d passed over: %s", bad.number(), bad.reason()));
        if (badLines.size() > SHOWN_BAD_LINES) {
            console.line("… and %,d more bad lines", badLines.size() - SHOWN_BAD_LINES);
        }
    }

    private void summary(BusTour.Result bus, int badLines, boolean success) {
        Deliveries deliveries = bus.deliveries();
        console.line("published      %,9d", bus.published());
        console.line("received       %,9d", deliveries.received());
        console.line("duplicates     %,9d", deliveries.duplicates());
        console.line("dead-lettered  %,9d", bus.deadLettered());
        console.line("bad lines      %,9d", badLines);
        console.line("events/s       %,9.0f", deliveries.received() / bus.seconds());
        if (deliveries.received() > 0) {
            console.line(
                    "latency        %,9.1f ms p50, %.1f ms p99 (publish to handler, under full load)",
                    deliveries.latencyMillis(0.50), deliveries.latencyMillis(0.99));
        }
        console.line(success ? "everything published was received" : "FAILED: see above");
    }

    /** From the project's root, or from the module. */
    private static Path defaultFile() {
        Path fromRoot = Path.of("samples", "data", "shop-events.jsonl");
        return Files.exists(fromRoot) ? fromRoot : Path.of("data", "shop-events.jsonl");
    }
}
