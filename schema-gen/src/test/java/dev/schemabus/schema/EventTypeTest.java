package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTypeTest {

    @Event
    sealed interface OrderEvent permits OrderPlaced, Cancelled, OrderHTTPCallFailed {}

    record OrderPlaced(String id) implements OrderEvent {}

    @Event(type = "com.acme.order.cancelled", topic = "cancellations", domain = "legal")
    record Cancelled(String id) implements OrderEvent {}

    record OrderHTTPCallFailed(String id) implements OrderEvent {}

    @Event(topic = "payments", domain = "billing", entity = "money")
    sealed interface PaymentEvents permits Paid {}

    record Paid(String id) implements PaymentEvents {}

    sealed interface Anything permits StockEvent {}

    @Event(domain = "warehouse")
    sealed interface StockEvent extends Anything permits StockCounted {}

    record StockCounted(int pieces) implements StockEvent {}

    @Event
    sealed interface First permits Both {}

    @Event
    sealed interface Second permits Both {}

    record Both(int number) implements First, Second {}

    record MeterReadV2(int value) {}

    @Test
    void aRecordOfASealedInterfaceTakesItsPlaceFromTheNames() {
        EventType type = EventType.of(OrderPlaced.class);

        assertThat(type.name()).isEqualTo("dev.schemabus.schema.EventTypeTest.OrderPlaced");
        assertThat(type.topic()).isEmpty();
        assertThat(type.domain()).isEqualTo("schema");
        assertThat(type.entity()).isEqualTo("order");
        assertThat(type.action()).isEqualTo("placed");
    }

    @Test
    void whatTheRecordSaysWinsOverWhatIsDerived() {
        EventType type = EventType.of(Cancelled.class);

        assertThat(type.name()).isEqualTo("com.acme.order.cancelled");
        assertThat(type.topic()).contains("cancellations");
        assertThat(type.domain()).isEqualTo("legal");
        assertThat(type.entity()).isEqualTo("order");
        assertThat(type.action()).isEqualTo("cancelled");
    }

    @Test
    void whatTheSealedInterfaceSaysHoldsForItsRecords() {
        EventType type = EventType.of(Paid.class);

        assertThat(type.topic()).contains("payments");
        assertThat(type.domain()).isEqualTo("billing");
        assertThat(type.entity()).isEqualTo("money");
        assertThat(type.action()).isEqualTo("paid");
    }

    @Test
    void theSealedInterfaceItselfStandsForAllItsEvents() {
        EventType type = EventType.of(PaymentEvents.class);

        assertThat(type.entity()).isEqualTo("money");
        assertThat(type.action()).isEqualTo("events");
    }

    @Test
    void camelCaseAndAcronymsBecomeHyphens() {
        assertThat(EventType.of(OrderHTTPCallFailed.class).action()).isEqualTo("http-call-failed");
        assertThat(EventType.of(MeterReadV2.class).entity()).isEqualTo("meter-read-v2");
    }

    @Test
    void aRecordAloneIsItsOwnEntity() {
        EventType type = EventType.of(MeterReadV2.class);

        assertThat(EventType.sealedRoot(MeterReadV2.class)).isEmpty();
        assertThat(type.action()).isEqualTo("meter-read-v2");
    }

    @Test
    void theAnnotatedInterfaceIsTheRootEvenUnderAWiderOne() {
        assertThat(EventType.sealedRoot(StockCounted.class)).contains(StockEvent.class);
        assertThat(EventType.of(StockCounted.class).domain()).isEqualTo("warehouse");
        assertThat(EventType.of(StockCounted.class).entity()).isEqualTo("stock");
    }

    @Test
    void ofTwoRootsTheFirstCounts() {
        assertThat(EventType.sealedRoot(Both.class)).contains(First.class);
    }
}
