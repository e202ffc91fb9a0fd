package dev.schemabus.benchmarks.registry;

import dev.schemabus.testkit.KafkaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What the registry server costs, as a process of its own: the figures of docs/registry-figures.md. Prints a line for
 * each figure.
 *
 * <pre>
 * java -cp benchmarks.jar dev.schemabus.benchmarks.registry.RegistryFigures [start|reads|registrations|memory|replay ...]
 * </pre>
 *
 * <p>Started in the repository's root, where it finds the runnable jar; else {@code -Dregistry.jar=PATH} says where that is.
 */
public final class RegistryFigures {

    private static final String JAR =
            System.getProperty("registry.jar", "registry-server/target/schemabus-registry-server.jar");
    private static final int MANY = Integer.getInteger("schemas", 100_000);
    private static final int THREADS = Integer.getInteger("threads", 8);
    private static final int STARTS = Integer.getInteger("starts", 15);
    private static final int ROUNDS = Integer.getInteger("rounds", 9);
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");

    private RegistryFigures() {}

    /** See above. */
    public static void main(String[] args) throws Exception {
        List<String> wanted =
                args.length == 0 ? List.of("start", "reads", "registrations", "memory", "replay") : List.of(args);
        for (String figure : wanted) {
            switch (figure) {
                case "start" -> start();
                case "reads" -> reads();
                case "registrations" -> registrations();
                case "memory" -> memory();
                case "replay" -> replay();
                default ->
                    throw new IllegalArgumentException(
                            figure + " is none of start, reads, registrations, memory, replay");
            }
        }
    }

    private static Child server(List<String> options, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-jar", JAR, "--port", "0"));
        all.addAll(List.of(arguments));
        return Child.start(all);
    }

    private static Child constant(List<String> options, String answer) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), ConstantServer.class.getName(), answer));
        return Child.start(all);
    }

    private interface Starting {
        Child start() throws IOException;
    }

    private static void start() throws IOException, InterruptedException {
        Path archive = Files.createTempDirectory("schemabus-figures").resolve("registry.jsa");
        try (Child first = server(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xshare:auto"))) {
            first.secondsToStart();
        }
        List<String> shared = List.of("-XX:SharedArchiveFile=" + archive);
        List<String> both = new ArrayList<>(SMALL);
        both.addAll(shared);
        Map<String, Starting> cases = new LinkedHashMap<>();
        cases.put("the JDK's HTTP server", () -> constant(List.of(), "{}"));
        cases.put("registry", () -> server(List.of()));
        cases.put("registry " + String.join(" ", SMALL), () -> server(SMALL));
        cases.put("registry with a class archive", () -> server(shared));
        cases.put("registry with both", () -> server(both));
        Map<String, double[]> seconds = new HashMap<>();
        Map<String, double[]> processor = new HashMap<>();
        Map<String, double[]> megabytes = new HashMap<>();
        for (int round = 0; round < STARTS; round++) {
            for (Map.Entry<String, Starting> each : cases.entrySet()) {
                try (Child child = each.getValue().start()) {
                    put(processor, each.getKey(), round, child.processorSeconds());
                    put(seconds, each.getKey(), round, child.secondsToStart());
                    put(megabytes, each.getKey(), round, child.residentMegabytes());
                }
            }
        }
        for (String each : cases.keySet()) {
            double[] times = seconds.getOrDefault(each, new double[1]);
            print(
                    "start: %s: %.2f s (%.2f to %.2f), %.2f s of processors, resident %.0f MB",
                    each,
                    median(times),
                    Arrays.stream(times).min().orElse(0),
                    Arrays.stream(times).max().orElse(0),
                    median(processor.getOrDefault(each, new double[1])),
                    median(megabytes.getOrDefault(each, new double[1])));
        }
        Files.deleteIfExists(archive);
    }

    private static void put(Map<String, double[]> figures, String name, int round, double figure) {
        figures.computeIfAbsent(name, k -> new double[STARTS])[round] = figure;
    }

    private static void reads() throws Exception {
        try (Child registry = server(List.of());
                Exchange exchange = new Exchange(registry.url())) {
            exchange.send(Texts.registration(0));
            byte[] request = Exchange.get("/schemas/ids/1");
            try (Child constant = constant(List.of(), exchange.send(request))) {
                double[] ours = new double[ROUNDS];
                double[] others = new double[ROUNDS];
                double[] ratios = new double[ROUNDS];
                for (int round = -3; round < ROUNDS; round++) {
                    double our = Load.perSecond(registry.url(), THREADS, 20_000, number -> request);
                    double other = Load.perSecond(constant.url(), THREADS, 20_000, number -> request);
                    if (round >= 0) {
                        ours[round] = our;
                        others[round] = other;
                        ratios[round] = our / other;
                    }
                }
                print(
                        "reads by id, %d connections: %.0f/s, the JDK's HTTP server with the same constant answer"
                                + " %.0f/s, ratio %.2f (%.2f to %.2f)",
                        THREADS,
                        median(ours),
                        median(others),
                        median(ratios),
                        Arrays.stream(ratios).min().orElse(0),
                        Arrays.stream(ratios).max().orElse(0));
            }
        }
    }

    private static void registrations() throws Exception {
        try (Child registry = server(List.of())) {
            registrations("in memory", registry, 20_000);
        }
        try (KafkaProcess kafka = KafkaProcess.start();
                Child registry = server(
                        List.of(), "--bootstrap-servers", kafka.bootstrapServers(), "--kafka-topic", "figures")) {
            registrations("on Kafka, one broker", registry, 1_000);
        }
    }

    private static void registrations(String where, Child registry, int count) throws Exception {
        Load.perSecond(registry.url(), THREADS, count, Texts::registration);
        double fresh = Load.perSecond(registry.url(), THREADS, count, number -> Texts.registration(number + count));
        double again = Load.perSecond(registry.url(), THREADS, count, Texts::registration);
        print(
                "registrations %s, %d connections: %.0f/s of new schemas, %.0f/s of known ones",
                where, THREADS, fresh, again);
    }

    private static void memory() throws Exception {
        try (Child registry = server(List.of("-XX:+UseSerialGC", "-Xmx1g"))) {
            Load.perSecond(registry.url(), THREADS, 1_000, Texts::registration);
            double before = registry.liveMegabytes();
            Load.perSecond(registry.url(), THREADS, MANY, number -> Texts.registration(number + 1_000));
            double after = registry.liveMegabytes();
            print(
                    "memory: %,d schemas of %d characters: %.0f MB on the heap, %.0f bytes each; %.0f MB before;"
                            + " resident %.0f MB with -Xmx1g",
                    MANY,
                    Texts.schema(MANY).length(),
                    after,
                    (after - before) * (1 << 20) / MANY,
                    before,
                    registry.residentMegabytes());
        }
    }

    private static void replay() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.start()) {
            String[] storage = {"--bootstrap-servers", kafka.bootstrapServers(), "--kafka-topic", "figures"};
            double empty;
            double emptyProcessor;
            try (Child registry = server(List.of(), storage)) {
                empty = registry.secondsToStart();
                emptyProcessor = registry.processorSeconds();
            }
            write(kafka);
            double[] full = new double[3];
            double[] processor = new double[3];
            double[] bare = new double[3];
            for (int round = 0; round < full.length; round++) {
                try (Child registry = server(List.of(), storage);
                        Exchange exchange = new Exchange(registry.url())) {
                    full[round] = registry.secondsToStart();
                    processor[round] = registry.processorSeconds();
                    exchange.send(Exchange.get("/subjects/" + Texts.subject(MANY - 1) + "/versions/1"));
                }
                bare[round] = read(kafka);
            }
            print(
                    "replay: %,d schemas: %.1f s from the start of the process until it serves (%.1f s of processors);"
                            + " on an empty topic %.1f s (%.1f s); a consumer alone reads them in %.1f s",
                    MANY, median(full), median(processor), empty, emptyProcessor, median(bare));
        }
    }

    /** As the registry itself would have, but faster. */
    private static void write(KafkaProcess kafka) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                String subject = Texts.subject(i);
                sent.add(producer.send(new ProducerRecord<>(
                        "figures",
                        0,
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"" + subject + "\",\"version\":1,\"magic\":1}",
                        "{\"subject\":\"" + subject + "\",\"version\":1,\"id\":" + (i + 1) + ",\"schema\":"
                                + Texts.quoted(Texts.schema(i)) + ",\"deleted\":false}")));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private static double read(KafkaProcess kafka) {
        long before = System.nanoTime();
        TopicPartition partition = new TopicPartition("figures", 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100));
            }
        }
        return (System.nanoTime() - before) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
