package dev.schemabus.bus;

import dev.schemabus.schema.EventType;

/**
 * SPI: which topic carries a type of event. {@link TopicNamings} has the usual ones; any function may be given. What it
 * owes the bus is written as a test class, {@code TopicNamingContract}, in this module's test jar.
 */
@FunctionalInterface
public interface TopicNaming {

    /**
     * Names the topic. Called at least once per type, never for a type that names its topic itself
     * ({@link dev.schemabus.schema.Event#topic}). Must give the same name for the same type, whatever the order of calls.
     *
     * @param type the event, always a record
     * @return the name; the bus checks it against Kafka's rules and its own
     * @throws BusConfigurationException if this naming can't name the type; the message says what to add
     */
    String topic(EventType type);
}
