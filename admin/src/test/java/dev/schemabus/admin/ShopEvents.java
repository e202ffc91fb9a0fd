package dev.schemabus.admin;

import dev.schemabus.schema.Default;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Shared;

/** The event types that the tests of this package put into registries. */
final class ShopEvents {

    static final String TOPIC = "shop.order.events";

    private ShopEvents() {}

    @Event(topic = TOPIC)
    sealed interface OrderEvent permits OrderPlaced, OrderPaid {}

    @Name("shop.OrderPlaced")
    record OrderPlaced(@Key String orderId, int lines) implements OrderEvent {}

    @Name("shop.OrderPaid")
    record OrderPaid(@Key String orderId, long cents) implements OrderEvent {}

    /** Compatible in both directions. */
    @Name("shop.OrderPaid")
    record OrderPaidNext(
            @Key String orderId, long cents, @Default("EUR") String currency) {}

    @Shared
    @Name("shop.Address")
    record Address(String street, String town) {}

    @Name("shop.ParcelShipped")
    record ParcelShipped(@Key String parcelId, Address from, Address to) {}

    /** Old data can't fill the new component. */
    @Name("shop.OrderPaid")
    record OrderPaidBroken(@Key String orderId, long cents, String currency) {}
}
