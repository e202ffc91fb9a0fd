/**
 * API: typed events on Kafka. Two doors: {@link dev.schemabus.bus.EventBus} publishes,
 * {@link dev.schemabus.bus.EventBus#subscribe} hands events to typed handlers. One extension point:
 * {@link dev.schemabus.bus.TopicNaming}.
 *
 * <p>The road of a record: the poll thread takes raw bytes and never decodes; a lane per key decodes and handles; the
 * offset ledger learns the result; only the lowest incomplete offset is committed. A record ends handled, dead-lettered
 * and acknowledged, or the subscription stopped with its offset uncommitted.
 */
@NullMarked
package dev.schemabus.bus;

import org.jspecify.annotations.NullMarked;
