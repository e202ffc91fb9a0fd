package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.RetryPolicy;
import dev.schemabus.bus.Subscription;
import dev.schemabus.bus.SubscriptionBuilder;
import dev.schemabus.bus.faults.TcpProxy.Mode;
import dev.schemabus.testkit.EmbeddedRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a subscription is amidst, closing it takes the time it was given and a second at most. */
@Timeout(300)
class CloseTest {

    private static final int RECORDS = 300;
    private static final Duration TIME = Duration.ofSeconds(Extent.of(2, 30));

    private static Brokers brokers;
    private static EmbeddedRegistry registry;
    private static TcpProxy registryNetwork;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch broken = new CountDownLatch(1);
    private final History history = new History();
    private final List<Member> others = new ArrayList<>();

    /** What it is amidst. */
    enum Amidst {
        NOTHING,
        A_HANDLER_THAT_HEARS_NO_INTERRUPT,
        MANY_RECORDS,
        A_LONG_WAIT_FOR_A_RETRY,
        A_PARKED_KEY,
        A_RECORD_IN_A_RETRY_TOPIC,
        A_DEAD_LETTER_THAT_CANT_BE_WRITTEN,
        BACK_PRESSURE,
        A_REGISTRY_THAT_HANGS,
        A_BROKER_THAT_HANGS,
        A_REBALANCE
    }

    @BeforeAll
    static void start() throws InterruptedException {
        brokers = Brokers.start(1);
        registry = EmbeddedRegistry.start();
        registryNetwork = new TcpProxy(URI.create(registry.url()).getPort());
    }

    @AfterAll
    static void stop() {
        brokers.close();
        registryNetwork.close();
        registry.close();
    }

    @AfterEach
    void repair() {
        brokers.proxy(0).mode(Mode.PASS);
        registryNetwork.mode(Mode.PASS);
        end.countDown();
    }

    @ParameterizedTest
    @EnumSource
    void closingTakesTheTimeGivenAndASecondAtMost(Amidst amidst) throws Exception {
        Scene scene = Scene.of(brokers.clientProperties(), "http://127.0.0.1:" + registryNetwork.port());
        brokers.createTopic(scene.topic(), 4);
        brokers.createTopic(scene.deadLetters(), 4);
        brokers.createTopic(scene.retry(0), 4);
        brokers.createTopic(scene.retry(1), 4);
        Set<Thread> before = users();
        if (amidst != Amidst.NOTHING) {
            try (EventBus bus = scene.bus()) {
                Load.all(history, Load.through(bus), 20, RECORDS);
            }
        }
        if (amidst == Amidst.A_REGISTRY_THAT_HANGS) {
            registryNetwork.mode(Mode.STALL);
        }
        Member member = join(scene, amidst);
        try {
            Subscription subscription = member.subscription();
            bringAbout(amidst, scene, subscription);
            long start = System.nanoTime();
            boolean left = subscription.close(TIME);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Figures.print("close", "amidst", amidst, "given ms", TIME.toMillis(), "took ms", took.toMillis());

            assertThat(took).isLessThan(TIME.plusSeconds(1));
            if (amidst == Amidst.NOTHING || amidst == Amidst.MANY_RECORDS || amidst == Amidst.A_REBALANCE) {
                assertThat(left).isTrue();
            }
            if (amidst == Amidst.MANY_RECORDS) {
                assertThat(history.deliveryCount()).isEqualTo(RECORDS);
            }
            assertThat(subscription.failure()).isEmpty();
            end.countDown();
            repair();
            Awaitility.await().until(() -> subscription.state() == Subscription.State.CLOSED);
        } finally {
            repair();
            others.forEach(Member::close);
            member.close();
        }
        Awaitility.await().pollInSameThread().untilAsserted(() -> {
            assertThat(users()).isSubsetOf(before);
            assertThat(threads())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("schemabus-" + scene.group() + "-"));
        });
    }

    /** The control: a loop that handles where it polls can't be ended as long as its handler doesn't return. */
    @Test
    void aLoopThatHandlesWhereItPollsEndsWhenItsHandlerDoes() throws Exception {
        Scene scene = Scene.of(brokers.clientProperties());
        brokers.createTopic(scene.topic(), 1);
        try (EventBus bus = scene.bus()) {
            Load.all(history, Load.through(bus), 1, 1);
        }
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch handling = new CountDownLatch(1);
        Thread loop;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(scene.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(scene.topic(), 0)));
            consumer.seekToBeginning(consumer.assignment());
            loop = new Thread(
                    () -> {
                        while (!over.get()) {
                            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                                handling.countDown();
                                awaitDeafly();
                            });
                        }
                    },
                    "loop");
            loop.start();
            handling.await();
            over.set(true);
            loop.join(TIME.plusSeconds(1).toMillis());

            assertThat(loop.isAlive()).isTrue();
            end.countDown();
            loop.join();
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /**
     * Those of a bus and its Kafka clients that keep a JVM from ending. Others come and go meanwhile: Awaitility's, and those
     * of a broker that other tests have started in this JVM.
     */
    private static Set<Thread> users() {
        return threads().stream()
                .filter(thread -> !thread.isDaemon())
                .filter(thread ->
                        thread.getName().matches("schemabus-.*|kafka-(producer|coordinator|consumer|admin).*"))
                .collect(Collectors.toSet());
    }

    private Member join(Scene scene, Amidst amidst) {
        return Member.join(
                scene,
                "m",
                history::add,
                (event, attempt) -> {
                    switch (amidst) {
                        case A_HANDLER_THAT_HEARS_NO_INTERRUPT -> awaitDeafly();
                        case A_LONG_WAIT_FOR_A_RETRY, A_PARKED_KEY, A_RECORD_IN_A_RETRY_TOPIC ->
                            throw new IllegalStateException("always");
                        case A_DEAD_LETTER_THAT_CANT_BE_WRITTEN -> {
                            broken.await();
                            throw new IllegalStateException("always");
                        }
                        case BACK_PRESSURE -> end.await();
                        case MANY_RECORDS, A_REBALANCE -> TimeUnit.MILLISECONDS.sleep(2);
                        default -> {}
                    }
                },
                settings -> settings(amidst, settings.concurrency(4)));
    }

    private static SubscriptionBuilder<Numbered> settings(Amidst amidst, SubscriptionBuilder<Numbered> settings) {
        Duration hour = Duration.ofHours(1);
        return switch (amidst) {
            case BACK_PRESSURE -> settings.maxInFlight(10, 1 << 20);
            case A_PARKED_KEY -> settings.retry(RetryPolicy.keepKeyOrder(hour, 3));
            case A_RECORD_IN_A_RETRY_TOPIC ->
                settings.retry(RetryPolicy.topics(hour).acceptReordering());
            case A_DEAD_LETTER_THAT_CANT_BE_WRITTEN -> settings.retry(RetryPolicy.none());
            default -> settings.retry(RetryPolicy.inPlace(3, hour, hour));
        };
    }

    private void bringAbout(Amidst amidst, Scene scene, Subscription subscription) throws Exception {
        Awaitility.await().until(() -> !subscription.assignment().isEmpty());
        switch (amidst) {
            case NOTHING -> {}
            case A_LONG_WAIT_FOR_A_RETRY ->
                Awaitility.await().until(() -> subscription.counts().failedAttempts() == 20);
            // The first of each key failed, and the others are with it: nothing is left in flight.
            case A_PARKED_KEY, A_RECORD_IN_A_RETRY_TOPIC ->
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> copies(scene, amidst) >= RECORDS);
            case A_DEAD_LETTER_THAT_CANT_BE_WRITTEN -> {
                brokers.admin().deleteTopics(List.of(scene.deadLetters())).all().get();
                broken.countDown();
                Awaitility.await().until(() -> subscription.counts().failedAttempts() > 0);
            }
            case A_BROKER_THAT_HANGS -> brokers.proxy(0).mode(Mode.STALL);
            case A_REBALANCE -> others.add(Member.join(scene, "other", new History(), (event, attempt) -> {}));
            default -> Awaitility.await().until(() -> subscription.counts().received() > 0);
        }
    }

    private static int copies(Scene scene, Amidst amidst) {
        AtomicInteger count = new AtomicInteger();
        scene.read(scene.retry(amidst == Amidst.A_PARKED_KEY ? 0 : 1), record -> count.incrementAndGet());
        return count.get();
    }

    private void awaitDeafly() {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException e) {
                // That is the fault.
            }
        }
    }
}
