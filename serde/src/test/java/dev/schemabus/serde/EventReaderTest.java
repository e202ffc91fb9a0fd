package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.schemabus.codec.MalformedPayloadException;
import dev.schemabus.codec.UnreadableSchemaException;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.wire.WireFormats;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which record is made from which bytes. */
class EventReaderTest {

    sealed interface OrderEvent permits Placed, Cancelled {}

    @Name("shop.Placed")
    record Placed(String id) implements OrderEvent {}

    @Name("shop.Cancelled")
    record Cancelled(String id) implements OrderEvent {}

    @Name("com.acme.orders.Placed")
    record MovedPlaced(String id) {}

    @Name("com.acme.orders.Submitted")
    @Aliases("shop.Placed")
    record Submitted(String id) {}

    @Name("shop.Refunded")
    record Refunded(String id) {}

    private final TinyRegistry registry = new TinyRegistry();

    private byte[] written(Object event, SchemaFormat format) {
        return EventWriter.builder(registry).format(format).build().write("orders", event);
    }

    private <T> EventReader<T> reader(Class<T> type) {
        return EventReader.<T>builder(registry).type(type).build();
    }

    @ParameterizedTest
    @EnumSource
    void aSealedInterfaceBindsAllItsRecords(SchemaFormat format) {
        EventReader<OrderEvent> reader = reader(OrderEvent.class);

        assertThat(reader.read("orders", written(new Placed("o-1"), format))).isEqualTo(new Placed("o-1"));
        assertThat(reader.read("orders", written(new Cancelled("o-1"), format))).isEqualTo(new Cancelled("o-1"));
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatIsNotBoundIsNeverMade(SchemaFormat format) {
        byte[] bytes = written(new Refunded("o-1"), format);
        EventReader<OrderEvent> reader = reader(OrderEvent.class);

        assertThatThrownBy(() -> reader.read("orders", bytes))
                .isInstanceOf(UnboundTypeException.class)
                .hasMessage(
                        "Schema id 0 on topic orders: it describes shop.Refunded, and only [shop.Cancelled, shop.Placed]"
                                + " are bound: add the type (schemabus.event.types, or EventReader.type), or have what is bound to"
                                + " nothing read as a GenericRecord (schemabus.unbound=GENERIC_RECORD, or EventReader.unbound)");
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatMovedIsFoundByItsSimpleName(SchemaFormat format) {
        assertThat(reader(MovedPlaced.class).read("orders", written(new Placed("o-1"), format)))
                .isEqualTo(new MovedPlaced("o-1"));
    }

    @Test
    void aTitleOfConfluentsJsonSerializersIsTheSimpleName() {
        EventSchema theirs = EventSchema.of(SchemaFormat.JSON, "{\"title\":\"Order Placed\",\"type\":\"object\"}");
        int id = registry.register(new Subject("orders-value"), theirs).id().value();
        byte[] bytes = "....\0{\"id\":\"o-1\"}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer.wrap(bytes).put((byte) 0).putInt(id);

        assertThat(reader(OrderPlaced.class).read("orders", bytes)).isEqualTo(new OrderPlaced("o-1"));
    }

    @Name("shop.OrderPlaced")
    record OrderPlaced(String id) {}

    @ParameterizedTest
    @EnumSource
    void aTypeThatWasRenamedIsFoundByItsAlias(SchemaFormat format) {
        assertThat(reader(Submitted.class).read("orders", written(new Placed("o-1"), format)))
                .isEqualTo(new Submitted("o-1"));
    }

    @ParameterizedTest
    @EnumSource
    void theFullNameWinsOverAliasAndSimpleName(SchemaFormat format) {
        EventReader<Record> reader = EventReader.<Record>builder(registry)
                .type(Submitted.class)
                .type(MovedPlaced.class)
                .type(Placed.class)
                .build();

        assertThat(reader.read("orders", written(new Placed("o-1"), format))).isEqualTo(new Placed("o-1"));
        assertThat(reader.read("orders", written(new MovedPlaced("o-1"), format)))
                .isEqualTo(new MovedPlaced("o-1"));
    }

    @Test
    void theRegistryIsAskedOncePerId() {
        EventReader<Placed> reader = reader(Placed.class);
        byte[] bytes = written(new Placed("o-1"), SchemaFormat.AVRO);
        registry.calls().clear();

        reader.read("orders", bytes);
        reader.read("archive", bytes);

        assertThat(registry.calls()).containsExactly("id 0");
    }

    @Test
    void aFailureIsNotRemembered() {
        EventReader<Placed> reader = reader(Placed.class);
        byte[] bytes = written(new Placed("o-1"), SchemaFormat.AVRO);
        registry.failWith(new RegistryUnavailableException(0, "down"));
        assertThatThrownBy(() -> reader.read("orders", bytes)).hasMessage("down");

        registry.failWith(null);

        assertThat(reader.read("orders", bytes)).isEqualTo(new Placed("o-1"));
    }

    @Test
    void anIdNobodyKnowsPointsToTheOtherRegistry() {
        assertThatThrownBy(() -> reader(Placed.class).read("orders", new byte[] {0, 0, 0, 0, 9}))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageStartingWith("A record of topic orders has schema id 9, which the registry doesn't know");
    }

    @Test
    void bytesOfAnotherSerializerAreNoRecord() {
        assertThatThrownBy(() -> reader(Placed.class).read("orders", "{\"id\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("first bytes: 7b 22 69 64 22")
                .hasMessageContaining("topic orders");
    }

    @Test
    void twoBoundTypesNeedTwoNames() {
        assertThatThrownBy(() -> EventReader.<Record>builder(registry)
                        .type(Placed.class)
                        .type(OtherPlaced.class)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(Placed.class.getName() + " and " + OtherPlaced.class.getName()
                        + " are both named shop.Placed in schemas: bind one of them, or rename one with @Name");
    }

    @Name("shop.Placed")
    record OtherPlaced(String id) {}

    @Test
    void aReaderWithoutTypesIsNotBuilt() {
        assertThatThrownBy(() -> EventReader.builder(registry).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A reader needs to know which records to make: name at least one type");
    }

    @Test
    @Timeout(20)
    void aRegistryThatHangsForOneIdHoldsUpNoOther() throws Exception {
        byte[] placed = written(new Placed("o-1"), SchemaFormat.AVRO);
        byte[] cancelled = written(new Cancelled("o-1"), SchemaFormat.AVRO);
        EventReader<OrderEvent> reader = reader(OrderEvent.class);
        registry.hangOn("id 0");
        FutureTask<OrderEvent> slow = new FutureTask<>(() -> reader.read("orders", placed));
        new Thread(slow).start();
        registry.awaitHang();

        assertThat(reader.read("orders", cancelled)).isEqualTo(new Cancelled("o-1"));
        assertThat(slow.isDone()).isFalse();

        registry.release();
        assertThat(slow.get()).isEqualTo(new Placed("o-1"));
    }

    @Test
    void dataOfASchemaWithAnInvalidDefaultIsRead() {
        SchemaId id = registry.register(
                        new Subject("orders-value"),
                        EventSchema.registered(
                                SchemaFormat.AVRO,
                                "{\"type\":\"record\",\"name\":\"Placed\",\"namespace\":\"shop\",\"fields\":["
                                        + "{\"name\":\"id\",\"type\":\"string\",\"default\":0}]}"))
                .id();
        byte[] bytes = {0, 0, 0, 0, (byte) id.value(), 6, 'o', '-', '1'};

        assertThat(reader(Placed.class).read("orders", bytes)).isEqualTo(new Placed("o-1"));
    }

    private byte[] writtenAsUnion(OrderEvent event, SchemaFormat format) {
        return EventWriter.<OrderEvent>builder(registry)
                .type(OrderEvent.class)
                .format(format)
                .build()
                .write("orders", event);
    }

    @ParameterizedTest
    @EnumSource
    void aUnionAtTheRootIsReadAsTheRecordsThatAreBound(SchemaFormat format) {
        byte[] placed = writtenAsUnion(new Placed("o-1"), format);
        byte[] cancelled = writtenAsUnion(new Cancelled("o-1"), format);
        EventReader<Record> two = EventReader.<Record>builder(registry)
                .type(MovedPlaced.class)
                .type(Cancelled.class)
                .build();

        assertThat(reader(OrderEvent.class).read("orders", placed)).isEqualTo(new Placed("o-1"));
        assertThat(reader(OrderEvent.class).read("orders", cancelled)).isEqualTo(new Cancelled("o-1"));
        assertThat(two.read("orders", placed)).isEqualTo(new MovedPlaced("o-1"));
        assertThat(two.read("orders", cancelled)).isEqualTo(new Cancelled("o-1"));
    }

    @ParameterizedTest
    @EnumSource
    void oneReaderReadsTheUnionAndTheRecordsAlone(SchemaFormat format) {
        EventReader<OrderEvent> reader = reader(OrderEvent.class);

        assertThat(reader.read("orders", writtenAsUnion(new Placed("o-1"), format)))
                .isEqualTo(reader.read("orders", written(new Placed("o-1"), format)));
    }

    @ParameterizedTest
    @EnumSource
    void aBranchThatIsBoundToNothingMattersOnlyToItsRecords(SchemaFormat format) {
        byte[] placed = writtenAsUnion(new Placed("o-1"), format);
        byte[] cancelled = writtenAsUnion(new Cancelled("o-1"), format);
        EventReader<Placed> reader = reader(Placed.class);

        assertThat(reader.read("orders", placed)).isEqualTo(new Placed("o-1"));
        assertThatThrownBy(() -> reader.read("orders", cancelled))
                .isInstanceOf(UnboundTypeException.class)
                .hasMessageStartingWith("it describes shop.Cancelled, and only [shop.Placed] are bound");
    }

    @ParameterizedTest
    @EnumSource
    void aUnionOfStrangersIsRefused(SchemaFormat format) {
        byte[] placed = writtenAsUnion(new Placed("o-1"), format);

        assertThatThrownBy(() -> reader(Refunded.class).read("orders", placed))
                .isInstanceOf(UnboundTypeException.class)
                .hasMessageStartingWith("Schema id 0 on topic orders: it describes a union of [shop.Placed,"
                        + " shop.Cancelled], and only [shop.Refunded] are bound");
    }

    @Test
    void anIndexOfNoBranchIsMalformed() {
        byte[] placed = writtenAsUnion(new Placed("o-1"), SchemaFormat.AVRO);
        EventReader<OrderEvent> reader = reader(OrderEvent.class);

        for (byte index : new byte[] {1, 4, 127, -1}) {
            placed[5] = index;
            assertThatThrownBy(() -> reader.read("orders", placed))
                    .as("index byte %d", index)
                    .isInstanceOf(MalformedPayloadException.class);
        }
        assertThatThrownBy(() -> reader.read("orders", new byte[] {0, 0, 0, 0, 0}))
                .isInstanceOf(MalformedPayloadException.class);
        assertThatThrownBy(() -> reader.read("orders", new byte[] {0, 0, 0, 0, 0, 0, 2}))
                .isInstanceOfSatisfying(
                        MalformedPayloadException.class,
                        e -> assertThat(e.offset()).isEqualTo(2));
    }

    @Name("shop.Placed")
    record PlacedByNumber(int id) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusalIsFoundOutOnce(boolean unbound) {
        byte[] bytes = written(new Placed("o-1"), SchemaFormat.AVRO);
        EventReader<?> reader = unbound ? reader(Refunded.class) : reader(PlacedByNumber.class);
        registry.calls().clear();

        Throwable first = catchThrowable(() -> reader.read("orders", bytes));
        Throwable second = catchThrowable(() -> reader.read("orders", bytes));

        assertThat(first).isInstanceOf(unbound ? UnboundTypeException.class : UnreadableSchemaException.class);
        assertThat(second).isNotSameAs(first).hasSameClassAs(first).hasMessage(first.getMessage());
        assertThat(second.getCause()).isSameAs(first.getCause());
        assertThat(registry.calls()).containsExactly("id 0");
    }

    @Test
    void moreIdsThanThereIsRoomForAreReadAllTheSame() {
        EventReader<Placed> reader = reader(Placed.class);
        EventSchema schema = SchemaGenerator.standard().generate(Placed.class, SchemaFormat.AVRO);
        for (int i = 0; i < ReadPlans.MOST + 10; i++) {
            String text = schema.text().replace("\"fields\"", "\"doc\":\"" + i + "\",\"fields\"");
            registry.add(text);
        }
        byte[] bytes = {0, 0, 0, 0, 0, 6, 'o', '-', '1'};
        for (int round = 0; round < 2; round++) {
            for (int id = 0; id < ReadPlans.MOST + 10; id++) {
                ByteBuffer.wrap(bytes).putInt(1, id);
                assertThat(reader.read("orders", bytes)).isEqualTo(new Placed("o-1"));
            }
        }
    }

    @Test
    void anIdMayBeNamedInAHeader() {
        Headers headers = new RecordHeaders();
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .wireFormat(WireFormats.HEADER_GUID)
                .build();

        byte[] bytes = writer.write("orders", headers, new Placed("o-1"));

        assertThat(bytes).containsExactly(6, 'o', '-', '1');
        assertThat(headers).extracting(Header::key).containsExactly("__value_schema_id");
        assertThat(reader(Placed.class).read("orders", headers, bytes)).isEqualTo(new Placed("o-1"));
        assertThatThrownBy(() -> writer.write("orders", new Placed("o-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("written without headers");
    }

    @Test
    void headersOfTheRecordThatIsSentOnAreReplaced() {
        Headers headers = new RecordHeaders();
        EventWriter.<Placed>builder(registry)
                .wireFormat(WireFormats.HEADER_GUID)
                .checksum(true)
                .build()
                .write("orders", headers, new Placed("o-1"));
        assertThat(headers).hasSize(2);

        byte[] bytes = EventWriter.<Cancelled>builder(registry).build().write("others", headers, new Cancelled("o-2"));

        assertThat(headers).isEmpty();
        assertThat(reader(Cancelled.class).read("others", headers, bytes)).isEqualTo(new Cancelled("o-2"));
    }

    /** Kafka's producer closes the headers of a record that it has sent. */
    @Test
    void aRecordMayBeSentAgain() {
        RecordHeaders headers = new RecordHeaders();
        EventWriter<Placed> writer = EventWriter.<Placed>builder(registry)
                .wireFormat(WireFormats.HEADER_GUID)
                .checksum(true)
                .build();
        byte[] first = writer.write("orders", headers, new Placed("o-1"));
        headers.setReadOnly();

        assertThat(writer.write("orders", headers, new Placed("o-1"))).isEqualTo(first);
        assertThatThrownBy(() -> writer.write("orders", headers, new Placed("o-2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schemabus-crc32c")
                .hasMessageEndingWith("send a new ProducerRecord");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPayloadThatIsNotWhatWasWrittenIsMalformed(boolean isKey) {
        Headers headers = new RecordHeaders();
        byte[] bytes = EventWriter.<Placed>builder(registry)
                .isKey(isKey)
                .checksum(true)
                .build()
                .write("orders", headers, new Placed("o-1"));
        EventReader<Placed> reader = EventReader.<Placed>builder(registry)
                .type(Placed.class)
                .isKey(isKey)
                .build();

        assertThat(headers)
                .extracting(Header::key)
                .containsExactly(isKey ? "schemabus-key-crc32c" : "schemabus-crc32c");
        assertThat(reader.read("orders", headers, bytes)).isEqualTo(new Placed("o-1"));
        bytes[8]++;
        assertThat(reader.read("orders", bytes)).isEqualTo(new Placed("o-2"));
        assertThatThrownBy(() -> reader.read("orders", headers, bytes))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("isn't what its producer wrote");
        assertThat(EventReader.<Placed>builder(registry)
                        .type(Placed.class)
                        .isKey(isKey)
                        .checksum(false)
                        .build()
                        .read("orders", headers, bytes))
                .isEqualTo(new Placed("o-2"));
    }

    @Test
    void whatIsBoundToNothingMayBeReadAsGenericRecords() {
        EventReader<Object> reader = EventReader.builder(registry)
                .type(Placed.class)
                .unbound(Unbound.GENERIC_RECORD)
                .build();
        byte[] json = written(new Refunded("o-1"), SchemaFormat.JSON);

        assertThat(reader.read("orders", written(new Placed("o-1"), SchemaFormat.AVRO)))
                .isEqualTo(new Placed("o-1"));
        assertThat(reader.read("orders", written(new Refunded("o-1"), SchemaFormat.AVRO)))
                .isInstanceOfSatisfying(
                        GenericRecord.class, record -> assertThat(record).hasToString("{\"id\": \"o-1\"}"));
        assertThatThrownBy(() -> reader.read("orders", json))
                .isInstanceOf(UnboundTypeException.class)
                .hasMessageEndingWith(
                        " on topic orders: it describes JSON data, shop.Refunded, to which no type is bound"
                                + " (only to [shop.Placed]), and only Avro records become a GenericRecord: add a type for it"
                                + " (schemabus.event.types, or EventReader.type), or read the topic with the deserializer that"
                                + " belongs to its producer's serializer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"string\"", "{\"type\":\"enum\",\"name\":\"shop.Size\",\"symbols\":[\"S\"]}"})
    void whatIsNoRecordIsNoGenericRecord(String schema) {
        registry.add(schema);
        EventReader<Object> reader =
                EventReader.builder(registry).unbound(Unbound.GENERIC_RECORD).build();

        assertThatThrownBy(() -> reader.read("sizes", new byte[] {0, 0, 0, 0, 0, 0}))
                .isInstanceOf(UnboundTypeException.class)
                .hasMessageContaining("only Avro records become a GenericRecord")
                .hasMessageNotContaining("schemabus.unbound");
    }

    @Test
    void genericRecordsAreWrittenUnderTheSchemaTheyCarry() {
        Schema schema = SchemaBuilder.record("shop.Placed")
                .fields()
                .requiredString("id")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(schema).set("id", "o-1").build();
        EventWriter<GenericRecord> writer =
                EventWriter.<GenericRecord>builder(registry).build();

        byte[] bytes = writer.write("orders", record);
        writer.write(
                "orders",
                new GenericRecordBuilder(new Schema.Parser().parse(schema.toString()))
                        .set("id", "o-2")
                        .build());

        assertThat(registry.calls()).containsExactly("register orders-value");
        assertThat(reader(Placed.class).read("orders", bytes)).isEqualTo(new Placed("o-1"));
        assertThat(reader(GenericRecord.class).read("orders", bytes)).isEqualTo(record);
    }
}
