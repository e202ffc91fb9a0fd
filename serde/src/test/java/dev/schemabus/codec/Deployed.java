package dev.schemabus.codec;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A record on its own, so that {@link UnloadingTest} can load it again and again. */
public record Deployed(String name, int count, List<Instant> times, Optional<Deployed> before) {}
