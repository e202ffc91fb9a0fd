package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.bus.ShopEvent.OrderCancelled;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(120)
class TransactionTest {

    private final EmbeddedKafka kafka;

    TransactionTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void eventsOfACommittedTransactionAllArriveAndTheReceiptsSayWhere() {
        try (Shop shop = new Shop(kafka, 3)) {
            List<Receipt> receipts = shop.bus().inTransaction(tx -> {
                tx.publish(new OrderPlaced("o-1", 1, ""));
                tx.publish(new OrderPaid("o-2", 1), With.eventId("id-2"));
            });

            assertThat(receipts).hasSize(2);
            assertThat(receipts.get(1).eventId()).isEqualTo("id-2");
            List<ConsumerRecord<byte[], byte[]>> records = committed(shop);
            assertThat(records).hasSize(2);
            assertThat(receipts)
                    .allSatisfy(receipt -> assertThat(records)
                            .anySatisfy(
                                    record -> assertThat(header(record, "ce_id") + record.partition() + record.offset())
                                            .isEqualTo(receipt.eventId() + receipt.partition() + receipt.offset())));
        }
    }

    @Test
    void anInterruptAfterTheCommitTakesNoReceiptAway() {
        try (MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("orders", 0, null, new byte[0]));

            Thread.currentThread().interrupt();
            RecordMetadata metadata = Transaction.flushed(sent);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(metadata.topic()).isEqualTo("orders");
        }
    }

    @Test
    void whatTheWorkThrowsAbortsEverythingAndReachesTheCaller() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus().<IOException>inTransaction(tx -> {
                        tx.publish(new OrderPaid("o-1", 1));
                        await().until(() -> shop.read(shop.topic()).size() == 1);
                        throw new IOException("changed my mind");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("changed my mind");
            shop.bus().inTransaction(tx -> tx.publish(new OrderPaid("o-1", 2)));

            assertThat(committed(shop)).hasSize(1);
            // The control: the aborted event stands in the log, and only read_committed hides it.
            assertThat(shop.read(shop.topic())).hasSize(2);
        }
    }

    @Test
    void aSubscriptionNeverHandlesAnAbortedEvent() {
        try (Shop shop = new Shop(kafka, 1)) {
            List<Long> handled = new CopyOnWriteArrayList<>();
            try (Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("g")
                    .on(OrderPaid.class, (event, context) -> handled.add(event.cents()))
                    .ignore(OrderPlaced.class)
                    .ignore(OrderCancelled.class)
                    .start()) {
                for (long cents = 1; cents <= 6; cents++) {
                    publishOrAbort(shop.bus(), cents);
                }
                await().untilAsserted(() -> assertThat(handled).containsExactly(2L, 4L, 6L));
                assertThat(subscription.counts().deadLettered()).isZero();
            }
        }
    }

    private static void publishOrAbort(EventBus bus, long cents) {
        try {
            bus.inTransaction(tx -> {
                tx.publish(new OrderPaid("o-1", cents));
                if (cents % 2 == 1) {
                    throw new IllegalStateException("odd");
                }
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("odd");
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a null that the compiler refuses comes all the same
    void aTransactionWithAnEventThatCantBePublishedIsAbortedEvenIfTheExceptionIsSwallowed() {
        try (Shop shop = new Shop(kafka, 1)) {
            TransactionAbortedException aborted = catchThrowableOfType(
                    TransactionAbortedException.class,
                    () -> shop.bus().inTransaction(tx -> {
                        tx.publish(new OrderPaid("o-1", 1));
                        assertThatThrownBy(() -> tx.publish(new OrderPlaced("o-1", 1, null)))
                                .isInstanceOf(PublishRejectedException.class);
                    }));

            assertThat(aborted.reason()).isEqualTo(RejectionReason.SERIALIZATION);
            assertThat(committed(shop)).isEmpty();
        }
    }

    @Test
    void aTransactionThatHasEndedTakesNothingMore() {
        try (Shop shop = new Shop(kafka, 1)) {
            List<Transaction> kept = new ArrayList<>();
            shop.bus().inTransaction(kept::add);

            assertThatThrownBy(() -> kept.get(0).publish(new OrderPaid("o-1", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The transaction has ended");
        }
    }

    @Test
    void aTransactionInAnotherIsRefusedOnceTheProducersAreUsedUp() {
        try (Shop shop = new Shop(kafka, 1);
                EventBus small = bus(shop, "small", Map.of())) {
            assertThatThrownBy(() -> small.inTransaction(outer -> small.inTransaction(inner -> {})))
                    .isInstanceOfSatisfying(
                            TransactionAbortedException.class,
                            aborted -> assertThat(aborted.reason()).isEqualTo(RejectionReason.BUSY));
        }
    }

    @Test
    void anotherBusWithTheSameTransactionalIdAbortsWhatIsOpenAndTheMessageSaysSo() {
        try (Shop shop = new Shop(kafka, 1);
                EventBus first = bus(shop, "same", Map.of());
                EventBus second = bus(shop, "same", Map.of())) {
            assertThatThrownBy(() -> first.inTransaction(tx -> {
                        tx.publish(new OrderPaid("o-1", 1));
                        second.inTransaction(other -> other.publish(new OrderPaid("o-1", 2)));
                        tx.publish(new OrderPaid("o-1", 3));
                    }))
                    .isInstanceOf(TransactionAbortedException.class)
                    .hasMessageContaining("another bus has the same transactional id");

            assertThat(committed(shop)).hasSize(1);
            // A new producer took the id over, so the next transaction works.
            first.inTransaction(tx -> tx.publish(new OrderPaid("o-1", 4)));
            assertThat(committed(shop)).hasSize(2);
        }
    }

    @Test
    void aCommitThatIsNotAnsweredIsIndeterminateAndTheNextTransactionHasANewProducer() throws Exception {
        Map<String, Object> impatient = Map.of("max.block.ms", 3_000, "request.timeout.ms", 1_000);
        try (EmbeddedKafka own = EmbeddedKafka.start();
                Shop shop = new Shop(own, 1);
                EventBus bus = bus(shop, "tx", impatient);
                KafkaProducer<byte[], byte[]> raw = transactionalProducer(shop, impatient)) {
            bus.inTransaction(tx -> tx.publish(new OrderPaid("o-1", 1)));
            raw.initTransactions();
            raw.beginTransaction();
            raw.send(new ProducerRecord<>(shop.topic(), new byte[1])).get();

            TransactionIndeterminateException unknown = catchThrowableOfType(
                    TransactionIndeterminateException.class,
                    () -> bus.inTransaction(tx -> {
                        tx.publish(new OrderPaid("o-1", 2), With.eventId("id-2"));
                        await().until(() -> shop.read(shop.topic()).size() >= 3);
                        own.stopNode(0);
                    }));
            assertThat(unknown.eventIds()).containsExactly("id-2");
            assertThatThrownBy(raw::commitTransaction).isInstanceOf(TimeoutException.class);

            own.startNode(0);
            // An abort may be repeated: it can't make a duplicate.
            await().ignoreException(TransactionAbortedException.class)
                    .until(() -> bus.inTransaction(tx -> tx.publish(new OrderPaid("o-1", 3)))
                                    .size()
                            == 1);
            // The control: the producer whose commit timed out can begin no other.
            assertThatThrownBy(raw::beginTransaction).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClusterWithAnOldTransactionVersionIsWarnedOf() {
        Map<String, Object> settings = kafka.clientProperties();

        assertThat(new TransactionVersion(settings).warning())
                .as("the broker of these tests")
                .isEmpty();
        assertThat(TransactionVersion.warning(Map.of()))
                .hasValueSatisfying(text -> assertThat(text).contains("transaction.version is 0, below 2"));
        assertThat(new TransactionVersion(Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 100))
                        .warning())
                .as("nobody answers")
                .isEmpty();
    }

    @Test
    void transactionsAndTheirEventsAreCounted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Shop shop = new Shop(kafka, 1);
                EventBus bus = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(shop.naming())
                        .createTopics(1, 1)
                        .metrics(new MicrometerBusMetrics(meters))
                        .build()) {
            bus.inTransaction(tx -> tx.publish(new OrderPaid("o-1", 1)));
            assertThatThrownBy(() -> bus.<IOException>inTransaction(tx -> {
                        tx.publish(new OrderPaid("o-2", 1));
                        tx.publish(new OrderPaid("o-2", 2));
                        throw new IOException("no");
                    }))
                    .isInstanceOf(IOException.class);

            assertThat(published(meters, shop, "acked")).isOne();
            assertThat(published(meters, shop, "rejected")).isEqualTo(2);
            assertThat(meters.get("schemabus.bus.transactions")
                            .tag("outcome", "committed")
                            .timer()
                            .count())
                    .isOne();
            assertThat(meters.get("schemabus.bus.transactions")
                            .tag("outcome", "aborted")
                            .timer()
                            .count())
                    .isOne();
        }
    }

    private static long published(SimpleMeterRegistry meters, Shop shop, String outcome) {
        return meters.get("schemabus.bus.publish")
                .tags("topic", shop.topic(), "outcome", outcome)
                .timer()
                .count();
    }

    private static KafkaProducer<byte[], byte[]> transactionalProducer(Shop shop, Map<String, Object> settings) {
        Map<String, Object> properties = new HashMap<>(shop.kafka());
        properties.putAll(settings);
        properties.put("transactional.id", shop.topic() + "-raw");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static EventBus bus(Shop shop, String prefix, Map<String, ?> settings) {
        Map<String, Object> kafka = new HashMap<>(shop.kafka());
        kafka.putAll(settings);
        return EventBus.builder()
                .kafka(kafka)
                .registry(shop.registry())
                .topics(shop.naming())
                .createTopics(1, 1)
                .transactions(shop.topic() + prefix, 1)
                .build();
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(Shop shop) {
        return shop.read(shop.topic(), Map.of("isolation.level", "read_committed"));
    }
}
