package dev.schemabus.samples.migration;

import dev.schemabus.schema.Default;
import dev.schemabus.schema.Name;

/**
 * What {@code payments} holds. Its name and components are those of the schema that was there before it, and of one that it
 * didn't have.
 */
@Name("shop.Payment")
record Payment(
        String orderId, long cents, @Default("unknown") String channel) {}
