package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.serde.EventSerde;
import dev.schemabus.serde.EventSerializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    record Order(String id) {}

    /** Every order goes to a sink, whose headers Streams then offers to the table of customers. */
    private static Topology orders(Map<String, ?> table, Map<String, ?> sink, Properties properties, boolean global) {
        EventSerde<Customer> customers = EventSerde.ofValues(Customer.class, table);
        EventSerde<Order> orders = EventSerde.ofValues(Order.class, sink);
        StreamsBuilder streams = new StreamsBuilder();
        KStream<String, Order> placed = streams.stream("orders", Consumed.with(Serdes.String(), orders));
        placed.to("audit", Produced.with(Serdes.String(), orders));
        Consumed<String, Customer> consumed = Consumed.with(Serdes.String(), customers);
        KStream<String, String> named = global
                ? placed.join(
                        streams.globalTable("customers", consumed),
                        (key, order) -> key,
                        (order, customer) -> order.id + " " + customer.name)
                : placed.join(
                        streams.table("customers", consumed),
                        (order, customer) -> order.id + " " + customer.name,
                        Joined.with(Serdes.String(), orders, customers));
        named.to("named", Produced.with(Serdes.String(), Serdes.String()));
        return streams.build(properties);
    }

    /** Without optimization a table has a changelog of its own, with it its store stands for the topic that it reads. */
    @ParameterizedTest
    @CsvSource({
        "none, false, schemabus.integrity.header, CRC32C",
        "all, false, schemabus.integrity.header, CRC32C",
        "none, true, schemabus.integrity.header, CRC32C",
        "all, false, value.schema.id.serializer, HEADER_GUID",
        "none, true, value.schema.id.serializer, HEADER_GUID"
    })
    void headersOfASinkAreNotTakenForAStores(String optimization, boolean global, String key, String value) {
        String url = "memory:streams-join-" + optimization + global + value;
        Map<String, ?> plain = Map.of("schema.registry.url", url);
        Map<String, ?> sink = Map.of("schema.registry.url", url, key, value);
        Map<String, ?> table = value.equals("CRC32C") ? sink : plain;
        Properties properties = new Properties();
        properties.put("application.id", "shop");
        properties.put("bootstrap.servers", "127.0.0.1:1"); // nobody is asked
        properties.put("topology.optimization", optimization);
        try (TopologyTestDriver driver = new TopologyTestDriver(orders(table, sink, properties, global), properties);
                EventSerde<Customer> customers = EventSerde.ofValues(Customer.class, plain);
                EventSerde<Order> orders = EventSerde.ofValues(Order.class, sink)) {
            driver.createInputTopic("customers", Serdes.String().serializer(), customers.serializer())
                    .pipeInput("ada", new Customer("Ada"));
            driver.createInputTopic("orders", Serdes.String().serializer(), orders.serializer())
                    .pipeInput("ada", new Order("o-1"));

            assertThat(driver.createOutputTopic("audit", Serdes.String().deserializer(), orders.deserializer())
                            .readValue())
                    .isEqualTo(new Order("o-1"));
            assertThat(driver.createOutputTopic(
                                    "named",
                                    Serdes.String().deserializer(),
                                    Serdes.String().deserializer())
                            .readValue())
                    .isEqualTo("o-1 Ada");
        }
    }

    private static final Map<String, String> GUID = Map.of(
            "schema.registry.url", "memory:streams-topics",
            "key.schema.id.serializer", "HEADER_GUID",
            "value.schema.id.serializer", "HEADER_GUID",
            "schemabus.integrity.header", "CRC32C");

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(GUID);
        settings.put(key, value);
        return settings;
    }

    @Test
    void aSinkSendsNoHeadersThatAnotherSinkHasSet() {
        Map<String, String> plain = Map.of("schema.registry.url", "memory:streams-topics");
        Properties properties = new Properties();
        properties.put("application.id", "shop");
        properties.put("bootstrap.servers", "127.0.0.1:1"); // nobody is asked
        EventSerde<Order> orders = EventSerde.ofValues(Order.class, GUID);
        EventSerde<Order> plainOrders = EventSerde.ofValues(Order.class, plain);
        StreamsBuilder streams = new StreamsBuilder();
        KStream<String, Order> placed = streams.stream("orders", Consumed.with(Serdes.String(), plainOrders));
        placed.to("audit", Produced.with(Serdes.String(), orders));
        placed.to("out", Produced.with(Serdes.String(), plainOrders));
        try (TopologyTestDriver driver = new TopologyTestDriver(streams.build(), properties)) {
            driver.createInputTopic("orders", Serdes.String().serializer(), plainOrders.serializer())
                    .pipeInput("ada", new Order("o-1"));

            assertThat(driver.createOutputTopic(
                                    "audit",
                                    Serdes.String().deserializer(),
                                    Serdes.ByteArray().deserializer())
                            .readRecord()
                            .headers())
                    .hasSize(2);
            assertThat(driver.createOutputTopic(
                                    "out",
                                    Serdes.String().deserializer(),
                                    Serdes.ByteArray().deserializer())
                            .readRecord()
                            .headers())
                    .isEmpty();
        }
    }

    @Test
    void aTopicOfOnesOwnMayEndAsChangelogsDo() {
        Map<String, String> settings = with("application.id", "shop");
        Headers headers = new RecordHeaders();
        try (EventSerde<Order> serde = EventSerde.ofValues(Order.class, settings);
                EventSerde<Order> nameless = EventSerde.ofValues(Order.class, GUID)) {
            byte[] bytes = serde.serializer().serialize("orders-changelog", headers, new Order("o-1"));

            assertThat(headers).hasSize(2);
            assertThat(serde.deserializer().deserialize("orders-changelog", headers, bytes))
                    .isEqualTo(new Order("o-1"));
            assertThatThrownBy(() -> nameless.serializer().serialize("orders-changelog", headers, new Order("o-1")))
                    .hasMessageContaining("give EventSerde your application.id");
            assertThatThrownBy(() -> serde.serializer().serialize("shop-x-changelog", headers, new Order("o-1")))
                    .hasMessageContaining("as state stores of Kafka Streams need it");
        }
    }

    @Test
    void headersThatWouldMisleadAreRemovedWhereATopicMayBeNoStores() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("__value_schema_id", new byte[17]);
        RecordHeaders same = new RecordHeaders(headers);
        Map<String, String> plain = Map.of("schema.registry.url", "memory:streams-topics");
        Map<String, String> shop = Map.of("schema.registry.url", "memory:streams-topics", "application.id", "shop");
        try (EventSerde<Order> nameless = EventSerde.ofValues(Order.class, plain);
                EventSerde<Order> named = EventSerde.ofValues(Order.class, shop)) {
            nameless.serializer().serialize("orders-changelog", headers, new Order("o-1"));
            named.serializer().serialize("shop-x-changelog", same, new Order("o-1"));
        }
        assertThat(headers).isEmpty();
        assertThat(same).as("those of the record at hand, and its own affair").hasSize(1);
    }

    /** Streams makes a dead letter of the raw record if its value can't be read. */
    @Test
    void theHeadersOfAKeyStayUntilTheValueHasBeenRead() {
        RecordHeaders headers = new RecordHeaders();
        try (EventSerializer<Object> keys = new EventSerializer<>();
                EventSerializer<Object> values = new EventSerializer<>();
                EventSerde<Customer> customers = EventSerde.ofKeys(Customer.class, GUID);
                EventSerde<Order> orders = EventSerde.ofValues(Order.class, GUID)) {
            keys.configure(GUID, true);
            values.configure(GUID, false);
            byte[] key = keys.serialize("orders", headers, new Customer("Ada"));
            byte[] value = values.serialize("orders", headers, new Order("o-1"));
            Headers sent = new RecordHeaders(headers);

            assertThat(customers.deserializer().deserialize("orders", headers, key))
                    .isEqualTo(new Customer("Ada"));
            assertThatThrownBy(() -> orders.deserializer().deserialize("orders", headers, new byte[] {1}))
                    .hasMessageContaining("isn't what its producer wrote");
            for (Header header : sent) {
                assertThat(headers.lastHeader(header.key()).value()).isEqualTo(header.value());
            }

            assertThat(orders.deserializer().deserialize("orders", headers, value))
                    .isEqualTo(new Order("o-1"));
            assertThat(headers).isEmpty();
        }
    }

    @Test
    void theHeadersOfATombstonesKeyAreRemovedToo() {
        RecordHeaders headers = new RecordHeaders();
        try (EventSerde<Customer> customers = EventSerde.ofKeys(Customer.class, GUID);
                EventSerde<Order> orders = EventSerde.ofValues(Order.class, GUID)) {
            byte[] key = customers.serializer().serialize("orders", headers, new Customer("Ada"));
            customers.deserializer().deserialize("orders", headers, key);
            assertThat(headers).hasSize(2);

            assertThat(orders.deserializer().deserialize("orders", headers, (byte[]) null))
                    .isNull();
            assertThat(headers).isEmpty();
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
