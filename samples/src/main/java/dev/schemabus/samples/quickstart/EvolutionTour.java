package dev.schemabus.samples.quickstart;

import dev.schemabus.admin.PlanRefusedException;
import dev.schemabus.admin.RegistryBootstrap;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.samples.shop.OrderPaid;
import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Timestamp;
import dev.schemabus.serde.EventReader;
import dev.schemabus.serde.EventWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Step 6 of the tour: a second version of an event, both ways, and one that must not become a third. */
final class EvolutionTour {

    private static final String ORDER_PAID = "dev.schemabus.samples.shop.OrderPaid";

    private final RegistryConnection registry;
    private final String topic;

    EvolutionTour(RegistryConnection registry, String topic) {
        this.registry = registry;
        this.topic = topic;
    }

    /** The event as tomorrow's release has it: one component more, with a default. */
    @Name(ORDER_PAID)
    record OrderPaidNext(
            @Key String orderId,
            @Timestamp(Timestamp.Unit.MICROS) Instant at,
            OrderPaid.Method method,
            @Decimal(precision = 12, scale = 2) BigDecimal amount,
            String currency,
            Optional<String> reference,
            @Default("web") String channel) {}

    /** The event as it must not become: a component without default, which old data can't fill. */
    @Name(ORDER_PAID)
    record OrderPaidBroken(
            @Key String orderId,
            @Timestamp(Timestamp.Unit.MICROS) Instant at,
            OrderPaid.Method method,
            @Decimal(precision = 12, scale = 2) BigDecimal amount,
            String currency,
            Optional<String> reference,
            @Default("web") String channel,
            String cashier) {}

    /** Returns whether both directions gave back what was written, and the breaking change was refused. */
    boolean run(OrderPaid event, Console console) {
        console.block(RegistryBootstrap.builder()
                .topic(topic, OrderPaidNext.class)
                .build()
                .run(registry)
                .table());

        byte[] oldBytes = this.<OrderPaid>writer().write(topic, event);
        OrderPaidNext readAsNew = reader(OrderPaidNext.class).read(topic, oldBytes);
        console.line("old bytes, new record: channel = %s, the default", readAsNew.channel());

        OrderPaidNext next = next(event, "phone");
        byte[] newBytes = this.<OrderPaidNext>writer().write(topic, next);
        OrderPaid readAsOld = reader(OrderPaid.class).read(topic, newBytes);
        console.line("new bytes, old record: %s", readAsOld.equals(event) ? "equal to the old event" : readAsOld);

        boolean refused = isRefused(console);
        return readAsNew.equals(next(event, "web")) && readAsOld.equals(event) && refused;
    }

    private boolean isRefused(Console console) {
        try {
            RegistryBootstrap.builder()
                    .topic(topic, OrderPaidBroken.class)
                    .build()
                    .run(registry);
            console.line("the breaking change was NOT refused");
            return false;
        } catch (PlanRefusedException e) {
            console.block(String.valueOf(e.getMessage()));
            return true;
        }
    }

    private <T> EventWriter<T> writer() {
        return EventWriter.<T>builder(registry)
                .naming(SubjectNaming.TOPIC_RECORD)
                .build();
    }

    private <T> EventReader<T> reader(Class<T> type) {
        return EventReader.<T>builder(registry).type(type).build();
    }

    private static OrderPaidNext next(OrderPaid event, String channel) {
        return new OrderPaidNext(
                event.orderId(),
                event.at(),
                event.method(),
                event.amount(),
                event.currency(),
                event.reference(),
                channel);
    }
}
