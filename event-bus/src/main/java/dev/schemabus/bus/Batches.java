package dev.schemabus.bus;

import java.time.Duration;

/**
 * Internal: how a subscription handles batches.
 *
 * @param size the most events of a batch
 * @param longestWait how long an event waits for others
 */
record Batches<T>(int size, Duration longestWait, BatchHandler<T> handler) {}
