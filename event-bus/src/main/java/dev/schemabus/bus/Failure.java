package dev.schemabus.bus;

import java.time.Instant;

/**
 * Internal: why a record became a dead letter.
 *
 * @param failureClass one that leads to a dead letter
 * @param error what was thrown last
 * @param first when it failed first
 * @param last when it failed last
 * @param attempts how often it was tried
 */
record Failure(FailureClass failureClass, Throwable error, Instant first, Instant last, int attempts) {}
