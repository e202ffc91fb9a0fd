package dev.schemabus.schema;

import java.time.Instant;
import java.util.List;

/** A record on its own, so that {@link ClassUnloadingTest} can load a second copy of it. */
public record Redeployed(String name, List<Instant> at) {}
