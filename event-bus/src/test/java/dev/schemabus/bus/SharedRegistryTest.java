package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.registry.RegistryHealth;
import dev.schemabus.serde.EventSerializer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Buses and serdes of one JVM ask a registry through one client, and know of each other's answers. */
class SharedRegistryTest {

    private static final String URL = "http://127.0.0.1:1/shared-registry-test";

    private static EventBus bus() {
        return EventBus.builder()
                .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                .registry(URL)
                .build();
    }

    private static List<String> clients() {
        return RegistryHealth.ofShared().stream()
                .map(RegistryHealth::registry)
                .filter(URL::equals)
                .toList();
    }

    @Test
    void busesAndSerdesShareOneClient() {
        try (EventBus one = bus();
                EventBus another = bus();
                EventSerializer<OrderPaid> serializer = new EventSerializer<>()) {
            serializer.configure(Map.of("schema.registry.url", URL), false);

            assertThat(one.registry()).isNotSameAs(another.registry());
            assertThat(clients()).hasSize(1);
        }
        assertThat(clients()).isEmpty();
    }
}
