package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ConsumptionStore.Consumption;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a handler writes to a database takes effect once per event, on a real PostgreSQL. */
@ExtendWith(SchemabusExtension.class)
@Timeout(90)
class OnceTest {

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    private final EmbeddedKafka kafka;
    private final AtomicInteger calls = new AtomicInteger();

    OnceTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void emptyTables() throws SQLException {
        execute("DROP TABLE IF EXISTS account");
        execute("CREATE TABLE account (total BIGINT NOT NULL)");
        execute("INSERT INTO account VALUES (0)");
        execute("DROP TABLE IF EXISTS " + JdbcConsumptionStore.TABLE);
        new JdbcConsumptionStore(database()).createTable();
    }

    @Test
    void eventsDeliveredTwiceAreBookedOnce() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, 10);
            Subscription first = booking(shop).onceInDatabase(database()).start();
            await().until(() -> first.counts().handled() == 10);
            first.close();
            shop.commit("ledger", 0, new OffsetAndMetadata(0));

            Subscription second = booking(shop).onceInDatabase(database()).start();

            await().until(() -> second.counts().ignored() == 11);
            assertThat(total()).isEqualTo(10 * 100);
            assertThat(calls).hasValue(10);
        }
    }

    /** The control. */
    @Test
    void withoutTheStoreEventsDeliveredTwiceAreBookedTwice() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, 10);
            for (int round = 1; round <= 2; round++) {
                Subscription subscription = shop.bus()
                        .subscribe(ShopEvent.class)
                        .group("ledger")
                        .on(OrderPaid.class, (event, context) -> {
                            try (Connection connection = database().getConnection()) {
                                book(connection, event);
                            }
                        })
                        .on(ShopEvent.class, (event, context) -> {})
                        .start();
                await().until(() -> subscription.counts().handled() == 11);
                subscription.close();
                shop.commit("ledger", 0, new OffsetAndMetadata(0));
            }

            assertThat(total()).isEqualTo(2 * 10 * 100);
        }
    }

    @Test
    void anAttemptThatThrowsLeavesNeitherItsWritesNorTheClaim() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, 1);

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("ledger")
                    .retry(RetryPolicy.inPlace(3, Duration.ofMillis(10)))
                    .onceInDatabase(database())
                    .on(OrderPaid.class, (event, context) -> {
                        book(context.connection(), event);
                        if (context.attempt() < 3) {
                            throw new IllegalStateException("after the write");
                        }
                    })
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> subscription.counts().handled() == 2);
            assertThat(total()).isEqualTo(100);
            assertThat(subscription.counts().failedAttempts()).isEqualTo(2);
        }
    }

    @Test
    void ofTwoThatHandleAnEventAtTheSameTimeOneDoes() throws Exception {
        JdbcConsumptionStore store = new JdbcConsumptionStore(database());
        Consumption consumption = new Consumption("ledger", "urn:shop", "event-1");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> first = threads.submit(() -> store.once(consumption, connection -> {
                inside.countDown();
                go.await();
                calls.incrementAndGet();
            }));
            inside.await();
            Future<Boolean> second =
                    threads.submit(() -> store.once(consumption, connection -> calls.incrementAndGet()));
            go.countDown();

            assertThat(first.get()).isTrue();
            assertThat(second.get()).isFalse();
            assertThat(calls).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDatabaseThatIsAwaySpendsNoAttempt() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, 1);
            AtomicInteger refused = new AtomicInteger();
            DataSource real = database();
            DataSource away = (DataSource) Proxy.newProxyInstance(
                    OnceTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                        if (refused.incrementAndGet() <= 5) {
                            throw new SQLException("away", "08001");
                        }
                        return real.getConnection();
                    });

            Subscription subscription =
                    booking(shop).retry(RetryPolicy.none()).onceInDatabase(away).start();

            await().until(() -> subscription.counts().handled() == 1);
            assertThat(subscription.counts().failedAttempts()).isZero();
            assertThat(subscription.counts().deadLettered()).isZero();
            assertThat(total()).isEqualTo(100);
        }
    }

    @Test
    void aDatabaseThatIsAwayLongerThanAHandlerMayTakeSpendsNoAttemptEither() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, 1);
            AtomicInteger refused = new AtomicInteger();
            CountDownLatch never = new CountDownLatch(1);
            DataSource real = database();
            DataSource away = (DataSource) Proxy.newProxyInstance(
                    OnceTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                        if (refused.incrementAndGet() > 2) {
                            return real.getConnection();
                        }
                        try {
                            throw new SQLException("away: " + never.await(2, TimeUnit.SECONDS), "08001");
                        } catch (InterruptedException e) {
                            throw new SQLException("interrupted", "08001", e);
                        }
                    });

            Subscription subscription = booking(shop)
                    .retry(RetryPolicy.none())
                    .handlerTimeout(Duration.ofSeconds(1))
                    .onceInDatabase(away)
                    .start();

            await().until(() -> subscription.counts().handled() == 1);
            assertThat(subscription.counts().failedAttempts()).isZero();
            assertThat(subscription.counts().deadLettered()).isZero();
            assertThat(total()).isEqualTo(100);
        }
    }

    @Test
    void aConnectionThatTurnsOutDeadMeansThatTheDatabaseIsAway() {
        Connection dead = (Connection) Proxy.newProxyInstance(
                OnceTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        throw new SQLException("the server has gone", "08006");
                    }
                    return null;
                });
        DataSource pool = (DataSource) Proxy.newProxyInstance(
                OnceTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> dead);

        assertThatThrownBy(() -> new JdbcConsumptionStore(pool)
                        .once(new Consumption("ledger", "urn:shop", "event-1"), connection -> calls.incrementAndGet()))
                .isInstanceOf(ConsumptionStoreUnavailableException.class);
        assertThat(calls).hasValue(0);
    }

    @Test
    void aHandlerThatReturnsWhenItsTimeIsOverLeavesNothingHalfDone() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, 1);
            CountDownLatch never = new CountDownLatch(1);

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("ledger")
                    .retry(RetryPolicy.inPlace(3, Duration.ofMillis(10)))
                    .handlerTimeout(Duration.ofSeconds(2))
                    .onceInDatabase(database())
                    .on(OrderPaid.class, (event, context) -> {
                        book(context.connection(), event);
                        if (context.attempt() == 1) {
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                return;
                            }
                        }
                        book(context.connection(), event);
                    })
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() ->
                    subscription.counts().handled() + subscription.counts().ignored() == 2);
            assertThat(total()).as("both of its writes").isEqualTo(2 * 100);
            assertThat(subscription.counts().ignored()).isZero();
            assertThat(subscription.counts().failedAttempts()).isEqualTo(1);
        }
    }

    @Test
    void aHandlerCantEndTheTransactionItself() throws Exception {
        JdbcConsumptionStore store = new JdbcConsumptionStore(database());

        assertThatThrownBy(() -> store.once(
                        new Consumption("ledger", "urn:shop", "event-1"),
                        connection -> ((Connection) Objects.requireNonNull(connection)).commit()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the bus commits when it returns");
        assertThatThrownBy(() -> new JdbcConsumptionStore(database(), "events; DROP TABLE account"))
                .isInstanceOf(BusConfigurationException.class);
    }

    @Test
    void whatWasHandledLongAgoCanBeForgotten() throws Exception {
        JdbcConsumptionStore store = new JdbcConsumptionStore(database());
        Consumption consumption = new Consumption("ledger", "urn:shop", "event-1");
        assertThat(store.once(consumption, connection -> {})).isTrue();

        assertThat(store.forget(Duration.ofDays(1))).isZero();
        assertThat(store.once(consumption, connection -> {})).isFalse();
        assertThat(store.forget(Duration.ofMinutes(-1))).isEqualTo(1);
        assertThat(store.once(consumption, connection -> {})).isTrue();
    }

    @Test
    void aStoreInMemoryKeepsRepetitionsAwayToo() throws Exception {
        ConsumptionStore store = ConsumptionStore.inMemory();
        Consumption consumption = new Consumption("ledger", "urn:shop", "event-1");

        assertThatThrownBy(() -> store.once(consumption, nothing -> {
                    throw new IllegalStateException("not yet");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.once(consumption, nothing -> calls.incrementAndGet())).isTrue();
        assertThat(store.once(consumption, nothing -> calls.incrementAndGet())).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void aStoreAndBatchesContradictEachOther() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(ShopEvent.class)
                            .group("ledger")
                            .once(ConsumptionStore.inMemory())
                            .batch(10, Duration.ZERO)
                            .handle((events, batch) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("batch(…) and once(…) contradict each other");
        }
    }

    private static void publish(Shop shop, int events) {
        for (int i = 0; i < events; i++) {
            shop.bus().publish(new OrderPaid("o-" + i, 100));
        }
        shop.bus().publish(new OrderPlaced("o-x", 1, ""));
    }

    private SubscriptionBuilder<ShopEvent> booking(Shop shop) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group("ledger")
                .on(OrderPaid.class, (event, context) -> {
                    calls.incrementAndGet();
                    book(context.connection(), event);
                })
                .ignore(OrderPlaced.class)
                .ignore(ShopEvent.OrderCancelled.class);
    }

    private static void book(Connection connection, OrderPaid event) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE account SET total = total + ?")) {
            update.setLong(1, event.cents());
            update.executeUpdate();
        }
    }

    private static long total() throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT total FROM account")) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DataSource database() {
        return postgres.getPostgresDatabase();
    }
}
