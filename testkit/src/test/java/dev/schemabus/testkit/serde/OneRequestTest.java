package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventReader;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.testkit.EmbeddedRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a registry is asked when many threads meet something new at the same moment. */
class OneRequestTest {

    private static final int THREADS = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    record OrderPlaced(String orderId) {}

    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private CountingProxy proxy;

    @BeforeEach
    void startProxy() {
        proxy = new CountingProxy(registry.url());
    }

    @AfterEach
    void stop() {
        proxy.close();
        registry.close();
    }

    @Test
    void manyThreadsWithANewIdMakeOneRequest() throws Exception {
        byte[] bytes = written();
        try (EventDeserializer<OrderPlaced> deserializer = new EventDeserializer<>()) {
            deserializer.configure(
                    Map.of(
                            "schema.registry.url", proxy.url(),
                            "schemabus.value.type", OrderPlaced.class.getName()),
                    false);

            assertThat(together(THREADS, () -> deserializer.deserialize("orders", bytes)))
                    .hasSize(THREADS)
                    .containsOnly(new OrderPlaced("o-1"));
            assertThat(proxy.requests()).containsExactly("GET /schemas/ids/1");
        }
    }

    @Test
    void manyThreadsWithANewTypeMakeOneRequest() throws Exception {
        try (EventSerializer<OrderPlaced> serializer = new EventSerializer<>()) {
            serializer.configure(Map.of("schema.registry.url", proxy.url()), false);

            assertThat(together(THREADS, () -> serializer.serialize("orders", new OrderPlaced("o-1"))))
                    .hasSize(THREADS)
                    .containsOnly(written());
            assertThat(proxy.requests()).containsExactly("POST /subjects/orders-value/versions");
        }
    }

    /** The control: without the cache in front each thread asks. */
    @Test
    void withoutTheCacheEachThreadAsks() throws Exception {
        byte[] bytes = written();
        RegistryConfig config = RegistryConfig.of(proxy.url()).withTimeouts(LIMIT, LIMIT, LIMIT);
        try (RegistryConnection uncached = RegistryConnection.open(config)) {
            EventReader<OrderPlaced> reader = EventReader.<OrderPlaced>builder(uncached)
                    .type(OrderPlaced.class)
                    .build();

            together(10, () -> reader.read("orders", bytes));
            assertThat(proxy.requests()).hasSize(10).containsOnly("GET /schemas/ids/1");
        }
    }

    private byte[] written() {
        try (EventSerializer<OrderPlaced> serializer = new EventSerializer<>()) {
            serializer.configure(Map.of("schema.registry.url", registry.url()), false);
            return serializer.serialize("orders", new OrderPlaced("o-1"));
        }
    }

    /** Lets the registry answer only when all threads wait for it. */
    private <T> List<T> together(int count, Callable<T> call) throws Exception {
        List<FutureTask<T>> tasks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FutureTask<T> task = new FutureTask<>(call);
            tasks.add(task);
            threads.add(new Thread(task, "asking-" + i));
        }
        threads.forEach(Thread::start);
        await().pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .until(() -> !proxy.requests().isEmpty()
                        && threads.stream().map(Thread::getState).allMatch(OneRequestTest::isWaiting));
        proxy.letGo();
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            results.add(task.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
        return results;
    }

    private static boolean isWaiting(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
