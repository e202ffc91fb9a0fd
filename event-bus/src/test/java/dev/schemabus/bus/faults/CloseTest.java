package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.RetryPolicy;
import dev.schemabus.bus.Subscription;
import dev.schemabus.bus.faults.TcpProxy.Mode;
import dev.schemabus.testkit.EmbeddedRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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
    private final History history = new History();
    private final List<Member> others = new ArrayList<>();

    /** What it is amidst. */
    enum Amidst {
        NOTHING,
        A_HANDLER_THAT_HEARS_NO_INTERRUPT,
        MANY_RECORDS,
        A_LONG_WAIT_FOR_A_RETRY,
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

            assertThat(took).isLessThan(TIME.plusSeconds(1).plusMillis(500));
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
    }

    private Member join(Scene scene, Amidst amidst) {
        return Member.join(
                scene,
                "m",
                history::add,
                (event, attempt) -> {
                    switch (amidst) {
                        case A_HANDLER_THAT_HEARS_NO_INTERRUPT -> awaitDeafly();
                        case A_LONG_WAIT_FOR_A_RETRY -> throw new IllegalStateException("always");
                        case BACK_PRESSURE -> end.await();
                        case MANY_RECORDS, A_REBALANCE -> TimeUnit.MILLISECONDS.sleep(2);
                        default -> {}
                    }
                },
                settings -> amidst == Amidst.BACK_PRESSURE
                        ? settings.concurrency(4).maxInFlight(10, 1 << 20)
                        : settings.concurrency(4)
                                .retry(RetryPolicy.inPlace(3, Duration.ofHours(1), Duration.ofHours(1))));
    }

    private void bringAbout(Amidst amidst, Scene scene, Subscription subscription) throws InterruptedException {
        Awaitility.await().until(() -> !subscription.assignment().isEmpty());
        switch (amidst) {
            case NOTHING -> {}
            case A_LONG_WAIT_FOR_A_RETRY ->
                Awaitility.await().until(() -> subscription.counts().failedAttempts() == 20);
            case A_BROKER_THAT_HANGS -> brokers.proxy(0).mode(Mode.STALL);
            case A_REBALANCE -> others.add(Member.join(scene, "other", new History(), (event, attempt) -> {}));
            default -> Awaitility.await().until(() -> subscription.counts().received() > 0);
        }
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
