package dev.schemabus.bus;

/**
 * Where an acknowledged event stands: all in-sync replicas have it.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset in the partition
 * @param eventId the event's id, the header {@code ce_id}
 */
public record Receipt(String topic, int partition, long offset, String eventId) {}
