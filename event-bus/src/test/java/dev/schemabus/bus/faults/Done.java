package dev.schemabus.bus.faults;

import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;

/** What handlers publish when they have handled a {@link Numbered}. */
@Event(type = "dev.schemabus.faults.done")
public record Done(@Key String key, long number) {}
