package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.serde.EventSerde;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as keys, values and state of a Kafka Streams topology. */
class StreamsTest {

    sealed interface PaymentEvent permits Paid, Refunded {}

    record Paid(String customer, long cents) implements PaymentEvent {}

    record Refunded(String customer, long cents) implements PaymentEvent {}

    record Customer(String name) {}

    record Balance(long cents, int payments) {
        Balance after(PaymentEvent event) {
            return event instanceof Paid paid
                    ? new Balance(cents + paid.cents, payments + 1)
                    : new Balance(cents - ((Refunded) event).cents, payments);
        }
    }

    /** What each customer paid, by customer rather than by order. */
    private static Topology balances(Map<String, ?> settings) {
        EventSerde<Customer> customers = EventSerde.ofKeys(Customer.class, settings);
        EventSerde<PaymentEvent> payments = EventSerde.ofValues(PaymentEvent.class, settings);
        EventSerde<Balance> balances = EventSerde.ofValues(Balance.class, settings);
        StreamsBuilder streams = new StreamsBuilder();
        streams.stream("payments", Consumed.with(Serdes.String(), payments))
                .groupBy((order, event) -> customer(event), Grouped.with("by-customer", customers, payments))
                .aggregate(
                        () -> new Balance(0, 0),
                        (customer, event, balance) -> balance.after(event),
                        Materialized.<Customer, Balance>as(Stores.inMemoryKeyValueStore("balances"))
                                .withKeySerde(customers)
                                .withValueSerde(balances))
                .toStream()
                .to("balances", Produced.with(customers, balances));
        return streams.build();
    }

    private static Customer customer(PaymentEvent event) {
        return new Customer(event instanceof Paid paid ? paid.customer : ((Refunded) event).customer);
    }

    private static TopologyTestDriver driver(Map<String, ?> settings) {
        Properties properties = new Properties();
        properties.put("application.id", "billing");
        properties.put("bootstrap.servers", "127.0.0.1:1"); // nobody is asked
        return new TopologyTestDriver(balances(settings), properties);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "json"})
    void recordsAreKeysValuesAndState(String format) {
        Map<String, ?> settings = Map.of("schema.registry.url", "memory:streams-" + format, "schemabus.format", format);
        try (TopologyTestDriver driver = driver(settings);
                EventSerde<Customer> customers = EventSerde.ofKeys(Customer.class, settings);
                EventSerde<PaymentEvent> events = EventSerde.ofValues(PaymentEvent.class, settings);
                EventSerde<Balance> balances = EventSerde.ofValues(Balance.class, settings);
                RegistryConnection registry = RegistryConnection.open("memory:streams-" + format)) {
            TestInputTopic<String, PaymentEvent> in =
                    driver.createInputTopic("payments", Serdes.String().serializer(), events.serializer());
            TestOutputTopic<Customer, Balance> out =
                    driver.createOutputTopic("balances", customers.deserializer(), balances.deserializer());

            in.pipeInput("o-1", new Paid("ada", 500));
            in.pipeInput("o-2", new Paid("bob", 70));
            in.pipeInput("o-3", new Refunded("ada", 200));

            assertThat(out.readKeyValuesToList())
                    .containsExactly(
                            KeyValue.pair(new Customer("ada"), new Balance(500, 1)),
                            KeyValue.pair(new Customer("bob"), new Balance(70, 1)),
                            KeyValue.pair(new Customer("ada"), new Balance(300, 1)));
            assertThat(driver.getKeyValueStore("balances").get(new Customer("ada")))
                    .isEqualTo(new Balance(300, 1));
            assertThat(registry.subjects())
                    .extracting(Subject::name)
                    .containsExactlyInAnyOrder(
                            "payments-value",
                            "billing-by-customer-repartition-key",
                            "billing-by-customer-repartition-value",
                            "billing-balances-changelog-key",
                            "billing-balances-changelog-value",
                            "balances-key",
                            "balances-value");
            // One subject for all payments: the sealed interface's.
            assertThat(registry.latest(new Subject("payments-value")).schema().branches())
                    .hasSize(2);
        }
    }

    /** Streams offers the headers of the payment when it reads and writes the balance. */
    @Test
    void headersOfTheRecordAtHandAreNotTakenForTheStores() {
        Map<String, ?> settings =
                Map.of("schema.registry.url", "memory:streams-crc", "schemabus.integrity.header", "CRC32C");
        Map<String, ?> upstream = Map.of(
                "schema.registry.url", "memory:streams-crc",
                "schemabus.integrity.header", "CRC32C",
                "value.schema.id.serializer", "HeaderSchemaIdSerializer");
        try (TopologyTestDriver driver = driver(settings);
                EventSerde<PaymentEvent> events = EventSerde.ofValues(PaymentEvent.class, upstream);
                EventSerde<Customer> customers = EventSerde.ofKeys(Customer.class, settings);
                EventSerde<Balance> balances = EventSerde.ofValues(Balance.class, settings)) {
            TestInputTopic<String, PaymentEvent> in =
                    driver.createInputTopic("payments", Serdes.String().serializer(), events.serializer());
            TestOutputTopic<Customer, Balance> out =
                    driver.createOutputTopic("balances", customers.deserializer(), balances.deserializer());

            in.pipeInput("o-1", new Paid("ada", 500));
            in.pipeInput("o-2", new Paid("ada", 70));

            assertThat(out.readValuesToList()).containsExactly(new Balance(500, 1), new Balance(570, 2));
        }
    }

    @Test
    void aStoreKeepsNoHeadersAndSaysSo() {
        Map<String, ?> settings = Map.of(
                "schema.registry.url", "memory:streams-headers",
                "value.schema.id.serializer", "HeaderSchemaIdSerializer");
        try (TopologyTestDriver driver = driver(settings);
                EventSerde<PaymentEvent> events = EventSerde.ofValues(PaymentEvent.class, settings)) {
            TestInputTopic<String, PaymentEvent> in =
                    driver.createInputTopic("payments", Serdes.String().serializer(), events.serializer());

            assertThatThrownBy(() -> in.pipeInput("o-1", new Paid("ada", 500)))
                    .hasStackTraceContaining("as state stores of Kafka Streams need it");
        }
    }

    @Test
    void typesThatTheSettingsNameDoNotCountForASerdeOfOneType() {
        Map<String, ?> settings = Map.of(
                "schema.registry.url", "memory:streams-types",
                "specific.avro.value.type", Paid.class.getName(),
                "schemabus.event.types", List.of(Refunded.class));

        try (EventSerde<Balance> serde = EventSerde.ofValues(Balance.class, settings)) {
            byte[] bytes = serde.serializer().serialize("balances", new Balance(1, 2));

            assertThat(serde.deserializer().deserialize("balances", bytes)).isEqualTo(new Balance(1, 2));
        }
    }
}
