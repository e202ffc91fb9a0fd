package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.Handlers.Answer;
import dev.schemabus.bus.ShopEvent.OrderCancelled;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class HandlerMethodsTest {

    private static final Delivered CONTEXT =
            new Delivered(new ConsumerRecord<>("t", 0, 7, new byte[0], new byte[0]), 1);

    /** Two of the three types. */
    static class Ledger {
        final List<String> log = new ArrayList<>();

        public void on(OrderPlaced event) {
            log.add("placed " + event.orderId());
        }

        public void on(OrderPaid event, Delivered context) throws IOException {
            if (event.cents() < 0) {
                throw new IOException("negative");
            }
            log.add("paid at " + context.offset());
        }
    }

    @Test
    void eachMethodHandlesTheTypeOfItsFirstParameter() throws Exception {
        Ledger ledger = new Ledger();
        Handlers<ShopEvent> handlers = resolve(ledger, OrderCancelled.class);

        handlers.handle(new OrderPlaced("o-1", 1, ""), CONTEXT);
        handlers.handle(new OrderPaid("o-1", 1), CONTEXT);

        assertThat(ledger.log).containsExactly("placed o-1", "paid at 7");
    }

    @Test
    void whatAMethodThrowsIsThrownAsItIs() {
        Handlers<ShopEvent> handlers = resolve(new Ledger(), OrderCancelled.class);

        assertThatThrownBy(() -> handlers.handle(new OrderPaid("o-1", -1), CONTEXT))
                .isInstanceOf(IOException.class)
                .hasMessage("negative");
    }

    @Test
    void aTypeWithoutMethodIsNamed() {
        assertThatThrownBy(() -> resolve(new Ledger()))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("no answer for OrderCancelled");
    }

    static class Hidden {
        void on(OrderPlaced event) {}
    }

    static class Answering {
        public boolean on(OrderPlaced event) {
            return true;
        }
    }

    static class WithMore {
        public void on(OrderPlaced event, String what) {}
    }

    static class OfSomethingElse {
        public void on(String event) {}
    }

    static class Twice {
        public void on(OrderPlaced event) {}

        public void on(OrderPlaced event, Delivered context) {}
    }

    @Test
    void methodsThatCantBeHandlersAreRefused() {
        refused("it is not public", new Hidden());
        refused("returns void", new Answering());
        refused("an event and a Delivered", new WithMore());
        refused("java.lang.String is not a type of", new OfSomethingElse());
        refused("there are two for OrderPlaced", new Twice());
        refused("void on(OrderPlaced event, Delivered context)", new Object());
    }

    private static void refused(String reason, Object handler) {
        assertThatThrownBy(() -> HandlerMethods.of(ShopEvent.class, handler))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining(reason);
    }

    @SafeVarargs
    private static Handlers<ShopEvent> resolve(Object handler, Class<? extends ShopEvent>... ignored) {
        Map<Class<?>, Answer<ShopEvent>> answers = new LinkedHashMap<>(HandlerMethods.of(ShopEvent.class, handler));
        for (Class<? extends ShopEvent> type : ignored) {
            answers.put(type, new Answer<>(null));
        }
        return Handlers.resolve(ShopEvent.class, answers);
    }
}
