package dev.schemabus.server;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the registry in a process of its own. Its one line on standard output says that it serves, and where. */
@Command(
        name = "schemabus-registry-server",
        description = "A Confluent-compatible schema registry, in memory.",
        sortOptions = false)
final class RegistryServerMain implements Callable<Integer> {

    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

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
            server = RegistryServer.start(
                    new ServerOptions(host, port, readOnly, maxRequestBytes), new MemoryChangeLog());
        } catch (UncheckedIOException | IllegalArgumentException e) {
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

    public static void main(String[] args) {
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "warn");
        }
        String[] options;
        try {
            options = OptionsFile.included(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(CommandLine.ExitCode.USAGE);
            return;
        }
        System.exit(new CommandLine(new RegistryServerMain()).execute(options));
    }
}
