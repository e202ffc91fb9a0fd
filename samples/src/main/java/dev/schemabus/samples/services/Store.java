package dev.schemabus.samples.services;

import dev.schemabus.bus.EventBus;
import java.util.Map;

/**
 * What all services know of each other: where the broker and the registry are. Everything else is in the events.
 *
 * @param bootstrapServers the brokers
 * @param registryUrl the schema registry
 */
record Store(String bootstrapServers, String registryUrl) {

    static final String TOPIC = "store.order.events";

    private static final int PARTITIONS = 3;
    private static final int REPLICAS = 1;

    /** A service's own bus. */
    EventBus bus(String service) {
        return EventBus.builder()
                .kafka(Map.of("bootstrap.servers", bootstrapServers, "client.id", service))
                .registry(registryUrl)
                .source("urn:store:" + service)
                .createTopics(PARTITIONS, REPLICAS)
                .build();
    }
}
