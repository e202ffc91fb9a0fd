package dev.schemabus.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.samples.shop.EventLines;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.KafkaProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    private static final Path EVENTS = Path.of("data", "shop-events.jsonl");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void withoutArgumentsItStartsAllItNeedsAndReceivesAllItPublished() {
        int exitCode = run(Optional.empty());

        assertThat(exitCode).as(printed()).isZero();
        assertThat(printed())
                .contains("run again: nothing to change")
                .contains("2,576 of 2,576 events acknowledged")
                .contains("no order breaks among 900 keys")
                .contains("plain consumer, avro: 864 of 864 payments, all equal")
                .contains("plain consumer, json: 864 of 864 payments, all equal")
                .contains("00 00 00 02")
                .contains("new bytes, old record: equal to the old event")
                .contains("OrderPaid.cashier")
                .contains("@Default")
                .contains("everything published was received");
        assertThat(figure("published")).isEqualTo(2_576);
        assertThat(figure("received")).isEqualTo(2_576);
        assertThat(figure("duplicates")).isZero();
        assertThat(figure("dead-lettered")).isZero();
    }

    @Test
    void onYourOwnBrokerAndRegistryItRunsTwice() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            String[] yours = {"--bootstrap-servers", kafka.bootstrapServers(), "--registry", registry.url()};
            assertThat(run(Optional.empty(), yours)).as(printed()).isZero();
            printed.reset();

            assertThat(run(Optional.empty(), yours)).as(printed()).isZero();

            assertThat(printed()).contains("yours").doesNotContain("created");
            assertThat(figure("received")).isEqualTo(2_576);
        }
    }

    @Test
    void aBadLineIsReportedWithNumberAndReasonAndTheRestGoesOn() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(EVENTS).subList(0, 100));
        lines.add(10, "{\"@type\":\"OrderPaid\",\"orderId\":\"o-1\"}");
        lines.add(20, "no JSON at all");
        lines.add(30, lines.get(0).replaceFirst("\"quantity\":\\d+", "\"quantity\":\"many\""));
        lines.add(40, "{\"@type\":\"OrderLost\"}");
        Path file = Files.write(directory.resolve("events.jsonl"), lines);

        int exitCode = run(Optional.empty(), "--file", file.toString());

        assertThat(exitCode).as(printed()).isZero();
        assertThat(printed())
                .contains("line 11 passed over: OrderEvent.at: is missing, and required")
                .contains("line 21 passed over: OrderEvent: it is not JSON")
                .contains("line 31 passed over: OrderEvent.lines[0].quantity: is JSON STRING, and INT is wanted")
                .contains("line 41 passed over: OrderEvent: has no property @type that names one of")
                .contains("bad lines              4");
        assertThat(figure("received")).isEqualTo(100);
    }

    @Test
    void aLineInAnotherEncodingIsABadLineToo() throws IOException {
        List<String> lines = Files.readAllLines(EVENTS).subList(0, 2);
        Path file = directory.resolve("latin.jsonl");
        Files.write(file, List.of(lines.get(0).replaceAll("[^\\x00-\\x7F]", "ü")), StandardCharsets.ISO_8859_1);
        Files.write(file, List.of(lines.get(1)), StandardOpenOption.APPEND);

        EventLines.Contents contents = EventLines.read(file);

        assertThat(contents.badLines()).singleElement().satisfies(bad -> {
            assertThat(bad.number()).isEqualTo(1);
            assertThat(bad.reason()).contains("not JSON");
        });
        assertThat(contents.events()).hasSize(1);
    }

    @Test
    void aBrokerKilledInTheMiddleOfPublishingLosesNothing() {
        try (KafkaProcess kafka = KafkaProcess.start()) {
            CompletableFuture<Void> restart = new CompletableFuture<>();
            IntConsumer killOnce = acknowledged -> {
                if (acknowledged == 500) {
                    kafka.kill(); // on the producer's own thread: no acknowledgement can overtake it
                    restart.completeAsync(() -> {
                        kafka.restart();
                        return null;
                    });
                }
            };

            int exitCode = run(Optional.of(killOnce), "--bootstrap-servers", kafka.bootstrapServers());

            assertThat(restart).as("the broker was killed, and is back").isCompleted();
            assertThat(exitCode).as(printed()).isZero();
            assertThat(figure("published")).isEqualTo(2_576);
            assertThat(figure("received")).isEqualTo(2_576);
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        assertThat(run(Optional.empty(), "--file", "gone.jsonl")).isEqualTo(2);
        assertThat(run(Optional.empty(), "--file", directory.toString())).isEqualTo(2);
    }

    @Test
    void aLineThatIsNotUtf8IsABadLineAndAFileOfBadLinesAFailure() throws IOException {
        Path file = Files.write(directory.resolve("latin1.jsonl"), new byte[] {'"', (byte) 0xE9, '"', '\n'});

        int exitCode = run(Optional.empty(), "--file", file.toString());

        assertThat(exitCode).as(printed()).isEqualTo(1);
        assertThat(printed())
                .contains("line 1 passed over: OrderEvent: ")
                .contains("FAILED: no line of the file is an event, so there is nothing to publish");
    }

    @Test
    void aRegistryUrlThatIsNoneIsAMistakeInTheArguments() {
        assertThat(run(Optional.empty(), "--registry", "127.0.0.1:8081")).isEqualTo(2);
    }

    private int run(Optional<IntConsumer> onPublished, String... arguments) {
        return Quickstart.run(new PrintStream(printed, true, StandardCharsets.UTF_8), onPublished, arguments);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private long figure(String name) {
        Matcher line = Pattern.compile("^ +" + name + " +([0-9,]+)$", Pattern.MULTILINE)
                .matcher(printed());
        assertThat(line.find()).as(name + " in " + printed()).isTrue();
        return Long.parseLong(line.group(1).replace(",", ""));
    }
}
