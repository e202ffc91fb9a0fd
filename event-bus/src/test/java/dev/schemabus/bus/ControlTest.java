package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.serde.EventReader;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can tell a subscription, and what no fault makes it do. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class ControlTest {

    private final EmbeddedKafka kafka;
    private final List<Integer> handled = Collections.synchronizedList(new ArrayList<>());

    ControlTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void whilePausedNothingComesAndTheGroupKeepsItsPartitions() {
        // Shorter than the pause: a member that didn't poll would be thrown out.
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("max.poll.interval.ms", 1_000))) {
            Subscription subscription = placed(shop.bus()).start();
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            await().until(() -> handled.size() == 1);

            subscription.pause();
            assertThat(subscription.drain(Duration.ofSeconds(10))).isTrue();
            shop.bus().publish(new OrderPlaced("o-1", 2, ""));

            assertThat(subscription.state()).isEqualTo(Subscription.State.PAUSED);
            await().during(Duration.ofSeconds(2))
                    .until(() ->
                            handled.size() == 1 && subscription.assignment().size() == 1);

            subscription.resume();

            await().until(() -> handled.size() == 2);
            assertThat(subscription.state()).isEqualTo(Subscription.State.RUNNING);
        }
    }

    @Test
    void drainReturnsWhenAllIsFinishedAndCommitted() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < 20; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            Subscription subscription = placed(shop.bus(), (event, context) -> {
                        go.await();
                        handled.add(event.number());
                    })
                    .start();
            await().until(() -> subscription.counts().received() == 20);

            assertThat(subscription.drain(Duration.ofMillis(100))).isFalse();
            go.countDown();
            assertThat(subscription.drain(Duration.ofSeconds(20))).isTrue();

            assertThat(handled).hasSize(20);
            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 20L));
            assertThat(subscription.state()).isEqualTo(Subscription.State.PAUSED);
        }
    }

    @Test
    void aHandlerMayCloseItsSubscription() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            CompletableFuture<Subscription> itself = new CompletableFuture<>();
            Subscription subscription = placed(shop.bus(), (event, context) -> {
                        assertThatThrownBy(() -> itself.get().drain(Duration.ofSeconds(1)))
                                .isInstanceOf(IllegalStateException.class);
                        assertThat(itself.get().close(Duration.ofSeconds(30))).isFalse();
                        handled.add(event.number());
                    })
                    .start();
            itself.complete(subscription);

            await().atMost(Duration.ofSeconds(10)).until(() -> subscription.state() == Subscription.State.CLOSED);

            assertThat(handled).containsExactly(1);
            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 1L));
        }
    }

    @Test
    void aHandlerMayCloseTheBus() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            EventBus another = shop.anotherBus(1);
            Subscription subscription = placed(another, (event, context) -> {
                        another.close();
                        handled.add(event.number());
                    })
                    .start();

            await().atMost(Duration.ofSeconds(10)).until(() -> subscription.state() == Subscription.State.CLOSED);

            assertThat(handled).containsExactly(1);
        }
    }

    @Test
    void aRegistryThatHangsHoldsUpOnlyTheRecordsOfTheSchemaItIsAskedFor() {
        try (Shop shop = new Shop(kafka, 1);
                Hanging hanging = new Hanging(shop, publishBothTypes(shop));
                EventBus consumer = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(hanging.registry())
                        .topics(shop.naming())
                        .createTopics(1, 1)
                        .build()) {
            Subscription subscription = consumer.subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(2)
                    .on(OrderPlaced.class, (event, context) -> handled.add(event.number()))
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> handled.size() == 20);
            assertThat(subscription.counts().handled()).isEqualTo(20);
            assertThat(hanging.asked)
                    .as("one question for all records of the schema")
                    .hasValue(1);

            hanging.release.countDown();
            await().until(() -> subscription.counts().handled() == 40);
        }
    }

    /** The control: workers that ask the registry themselves are soon all waiting for it. */
    @Test
    void workersThatAskTheRegistryThemselvesAllHang() throws Exception {
        try (Shop shop = new Shop(kafka, 1);
                Hanging hanging = new Hanging(shop, publishBothTypes(shop))) {
            EventReader<ShopEvent> reader = EventReader.<ShopEvent>builder(hanging.registry())
                    .type(ShopEvent.class)
                    .build();
            ExecutorService workers = Executors.newFixedThreadPool(2);
            AtomicInteger read = new AtomicInteger();
            for (ConsumerRecord<byte[], byte[]> record : shop.read(shop.topic())) {
                workers.execute(() -> {
                    if (reader.read(record.topic(), record.value()) instanceof OrderPlaced) {
                        read.incrementAndGet();
                    }
                });
            }

            await().until(() -> hanging.asked.get() == 2);
            await().during(Duration.ofMillis(300)).until(() -> read.get() < 20);
            hanging.release.countDown();
            workers.shutdown();
            await().until(workers::isTerminated);
        }
    }

    /** 20 events of each type, taking turns, each with a key of its own. */
    private static SchemaId publishBothTypes(Shop shop) {
        for (int i = 0; i < 20; i++) {
            shop.bus().publish(new OrderPaid("p-" + i, i));
            shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
        }
        byte[] paid = shop.read(shop.topic()).get(0).value();
        return new SchemaId(ByteBuffer.wrap(paid, 1, 4).getInt());
    }

    /** A registry that doesn't answer for one schema until it is released. */
    private record Hanging(SchemaRegistry registry, AtomicInteger asked, CountDownLatch release)
            implements AutoCloseable {

        Hanging(Shop shop, SchemaId hung) {
            this(shop.bus().registry(), hung, new AtomicInteger(), new CountDownLatch(1));
        }

        private Hanging(SchemaRegistry real, SchemaId hung, AtomicInteger asked, CountDownLatch release) {
            this(
                    (SchemaRegistry) Proxy.newProxyInstance(
                            Hanging.class.getClassLoader(),
                            new Class<?>[] {SchemaRegistry.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("byId") && hung.equals(arguments[0])) {
                                    asked.incrementAndGet();
                                    release.await();
                                }
                                try {
                                    return method.invoke(real, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }),
                    asked,
                    release);
        }

        @Override
        public void close() {
            release.countDown();
        }
    }

    private SubscriptionBuilder<ShopEvent> placed(EventBus bus) {
        return placed(bus, (event, context) -> handled.add(event.number()));
    }

    private static SubscriptionBuilder<ShopEvent> placed(EventBus bus, EventHandler<OrderPlaced> handler) {
        return bus.subscribe(ShopEvent.class)
                .group("billing")
                .on(OrderPlaced.class, handler)
                .on(ShopEvent.class, (event, context) -> {});
    }
}
