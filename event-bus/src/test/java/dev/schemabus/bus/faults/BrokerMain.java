package dev.schemabus.bus.faults;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.metadata.storage.Formatter;

/** The child JVM of a {@link Brokers} node: Kafka's own main class, after formatting what is not formatted yet. */
final class BrokerMain {

    private BrokerMain() {}

    /**
     * Runs the node until it is killed or the parent ends.
     *
     * @param arguments cluster id, properties file
     */
    public static void main(String[] arguments) throws Exception {
        ChildProcess.listen(told -> {});
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(arguments[1]))) {
            properties.load(reader);
        }
        String directory = properties.getProperty("log.dirs");
        try (var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setClusterId(arguments[0])
                    .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .setIgnoreFormatted(true)
                    .run();
        }
        ChildProcess.ready();
        kafka.Kafka.main(new String[] {arguments[1]});
    }
}
