package dev.schemabus.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes of one registry as processes of their own, on a real broker. */
@ExtendWith(SchemabusExtension.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RegistryClusterTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SCHEMAS = 50;
    private static final int SUBJECTS = 5;
    private static final int REGISTRATIONS = 1_000;
    private static final int THREADS = 16;

    /** Of the registrations; amid each but the last the leader is killed. */
    private static final int PARTS = 4;

    private final EmbeddedKafka kafka;
    private final String topic = "schemas-" + UUID.randomUUID();
    private final List<RegistryProcess> nodes = new CopyOnWriteArrayList<>();

    RegistryClusterTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @AfterEach
    void stop() {
        nodes.forEach(RegistryProcess::close);
    }

    private RegistryProcess startNode() {
        return added(RegistryProcess.start(kafka.bootstrapServers(), topic));
    }

    private RegistryProcess startNode(int port, Duration session) {
        return added(RegistryProcess.start(kafka.bootstrapServers(), topic, port, session));
    }

    private RegistryProcess added(RegistryProcess node) {
        nodes.add(node);
        return node;
    }

    private static String schema(int number) throws IOException {
        String avro =
                "{\"type\":\"record\",\"name\":\"R" + number + "\",\"fields\":[{\"name\":\"f\",\"type\":\"string\"}]}";
        return JSON.writeValueAsString(Map.of("schema", avro));
    }

    private static String subject(int number) {
        return "subject-" + number % SUBJECTS;
    }

    private static int register(RegistryProcess node, int number) throws IOException, InterruptedException {
        return JSON.readTree(node.send("POST", "/subjects/" + subject(number) + "/versions", schema(number)))
                .path("id")
                .intValue();
    }

    /** What a client does that knows both addresses: it asks the next one until there is an answer. */
    private static int registerSomewhere(List<RegistryProcess> nodes, int number) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                return register(nodes.get((number + attempt) % nodes.size()), number);
            } catch (IOException e) {
                if (attempt == 100) {
                    throw new AssertionError("No node answers", e);
                }
            }
        }
    }

    /** The node that decides about writes; waits until there is one. */
    private static RegistryProcess leader(List<RegistryProcess> nodes) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> nodes.stream().filter(RegistryClusterTest::leads).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static boolean leads(RegistryProcess node) {
        try {
            return node.get("/metrics").contains("\nschemabus_registry_writable 1\n");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Everything that a node says about all subjects: versions, ids, schemas. */
    private static Map<String, JsonNode> everything(RegistryProcess node) throws IOException, InterruptedException {
        Map<String, JsonNode> all = new TreeMap<>();
        for (JsonNode subject : JSON.readTree(node.get("/subjects"))) {
            String path = "/subjects/" + subject.textValue() + "/versions";
            for (JsonNode version : JSON.readTree(node.get(path))) {
                all.put(path + "/" + version, JSON.readTree(node.get(path + "/" + version)));
            }
        }
        return all;
    }

    @Test
    void whatIsWrittenToOneNodeIsReadFromBothAtOnce() throws Exception {
        RegistryProcess first = startNode();
        RegistryProcess second = startNode();
        first.send("PUT", "/config", "{\"compatibility\":\"NONE\"}");

        for (RegistryProcess written : List.of(first, second)) {
            for (int number = 0; number < 10; number++) {
                int id = register(written, number);
                // The node that was asked knows it when it has answered; the other soon.
                assertThat(written.get("/schemas/ids/" + id)).contains("R" + number);
            }
        }
        await().untilAsserted(() -> assertThat(everything(second)).hasSize(10).isEqualTo(everything(first)));
        assertThat(first.get("/config")).isEqualTo(second.get("/config")).contains("NONE");
    }

    @Test
    void noRegistrationIsLostOrDoubledWhileLeadersAreKilled() throws Exception {
        List<RegistryProcess> running = new CopyOnWriteArrayList<>(List.of(startNode(), startNode()));
        running.get(0).send("PUT", "/config", "{\"compatibility\":\"NONE\"}");
        Map<Integer, Integer> ids = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> registrations = new ArrayList<>();
            for (int part = 1; part <= PARTS; part++) {
                RegistryProcess leader = leader(running);
                while (registrations.size() < part * REGISTRATIONS / PARTS) {
                    // One schema after the other, each by more threads than one: there is always a new one under way.
                    int number = registrations.size() * SCHEMAS / REGISTRATIONS;
                    registrations.add(threads.submit(() -> {
                        int id = registerSomewhere(running, number);
                        Integer before = ids.putIfAbsent(number, id);
                        assertThat(before == null ? id : before).isEqualTo(id);
                        return id;
                    }));
                }
                if (part < PARTS) {
                    int some = ids.size() + 2;
                    await().pollInterval(Duration.ofMillis(1)).until(() -> ids.size() >= some);
                    leader.kill();
                    assertThat(ids).as("known when the leader is gone").hasSizeLessThan(part * SCHEMAS / PARTS);
                    running.add(startNode());
                    running.remove(leader);
                }
            }
            for (Future<?> registration : registrations) {
                registration.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(ids).hasSize(SCHEMAS);
        assertThat(ids.values()).doesNotHaveDuplicates();
        Map<String, JsonNode> all = everything(running.get(0));
        await().untilAsserted(() -> assertThat(everything(running.get(1))).isEqualTo(all));
        assertThat(all.keySet())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SCHEMAS)
                        .mapToObj(i -> "/subjects/" + subject(i) + "/versions/" + (1 + i / SUBJECTS))
                        .toList());
        ids.forEach((number, id) -> assertThat(all.values())
                .filteredOn(version -> version.path("id").intValue() == id)
                .singleElement()
                .satisfies(version ->
                        assertThat(version.path("schema").textValue()).contains("\"R" + number + "\"")));

        for (RegistryProcess node : running) {
            node.kill();
        }
        RegistryProcess restarted = startNode();
        assertThat(everything(restarted)).isEqualTo(all);
        assertThat(ids.values()).doesNotContain(register(restarted, SCHEMAS));
    }

    @Test
    void aNodeThatWasKilledLeadsAgainWithoutWaitingForItsOwnSession() throws Exception {
        Duration session = Duration.ofMinutes(2);
        RegistryProcess killed = startNode(0, session);
        assertThat(register(killed, 0)).isEqualTo(1);

        killed.kill();
        RegistryProcess restarted = startNode(killed.port(), session);

        assertThat(register(restarted, 1)).isEqualTo(2);

        // The control: at another address it is another node, and the group waits for the one that is gone.
        restarted.kill();
        RegistryProcess elsewhere = startNode(0, session);
        await().during(Duration.ofSeconds(5)).until(() -> !leads(elsewhere));
    }

    @Test
    void aLeaderThatWasAwayDoesNoHarmWhenItComesBack() throws Exception {
        RegistryProcess old = startNode();
        assertThat(register(old, 0)).isEqualTo(1);
        RegistryProcess next = startNode();
        ExecutorService late = Executors.newSingleThreadExecutor();
        try {
            old.pause();
            // It is on its way to the old leader, which will decide on it with what it knew before.
            Future<Integer> inFlight = late.submit(() -> registerSomewhere(List.of(old), 1));
            try {
                assertThat(registerSomewhere(List.of(next), 2)).isEqualTo(2);
            } finally {
                old.resume();
            }

            assertThat(inFlight.get(1, TimeUnit.MINUTES)).isEqualTo(3);
            assertThat(registerSomewhere(List.of(next), 3)).isEqualTo(4);
        } finally {
            late.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(everything(old)).hasSize(4).isEqualTo(everything(next)));
    }
}
