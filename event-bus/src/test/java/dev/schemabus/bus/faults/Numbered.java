package dev.schemabus.bus.faults;

import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;

/**
 * The event of these tests.
 *
 * @param number counts per key
 * @param pad makes it as large as an event is
 */
@Event(type = "dev.schemabus.faults.numbered")
public record Numbered(@Key String key, long number, String pad) {}
