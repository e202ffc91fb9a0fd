/**
 * API: how a schema id and a payload travel together in one Kafka key or value. {@link dev.schemabus.wire.WireFormat}
 * is also an SPI; its contract is {@code dev.schemabus.testkit.contract.WireFormatContract}.
 */
@NullMarked
package dev.schemabus.wire;

import org.jspecify.annotations.NullMarked;
