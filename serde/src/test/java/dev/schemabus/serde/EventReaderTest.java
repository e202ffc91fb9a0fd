package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.codec.MalformedPayloadException;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
