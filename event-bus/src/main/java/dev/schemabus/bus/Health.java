package dev.schemabus.bus;

import java.util.List;

/**
 * How a subscription, or a bus with all of its subscriptions, is doing. For the probes of an orchestrator: one that isn't
 * live is to be started again, one that isn't ready does nothing yet.
 *
 * @param live whether it polls: less than half of {@code max.poll.interval.ms} has passed since it last did. One that was
 *     closed or failed is not live
 * @param ready whether it is live, at work, and a member of its group
 * @param degraded whether records wait for something that is away: the registry, a retry or a dead letter topic; or
 *     for the circuit breaker, or a topic was deleted, or a handler goes on that was interrupted. Nothing is lost meanwhile, and a new start would
 *     help in the last case only
 * @param reasons what keeps it from being live or ready, or what it waits for; never the content of a record
 */
public record Health(boolean live, boolean ready, boolean degraded, List<String> reasons) {

    public Health {
        reasons = List.copyOf(reasons);
    }

    /** Of several: live and ready if all are, degraded if one is. */
    static Health of(List<Health> parts) {
        return new Health(
                parts.stream().allMatch(Health::live),
                parts.stream().allMatch(Health::ready),
                parts.stream().anyMatch(Health::degraded),
                parts.stream().flatMap(part -> part.reasons().stream()).toList());
    }
}
