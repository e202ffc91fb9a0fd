package dev.schemabus.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * API: the metrics of a bus in Micrometer, as {@code schemabus.bus.…}; docs/event-bus.md lists them. Needs
 * {@code io.micrometer:micrometer-core} on the class path; the rest of the bus doesn't. Give it to
 * {@link EventBusBuilder#metrics}. One may serve several buses; what they tell is added up.
 */
public final class MicrometerBusMetrics implements BusMetrics {

    private static final String PREFIX = "schemabus.bus.";

    private final MeterRegistry registry;
    private final Map<MeterKey, Timer> timers = new ConcurrentHashMap<>();
    private final Map<MeterKey, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Group> groups = new ConcurrentHashMap<>();

    /** Spares the road of every record the lookup by tags. */
    private record MeterKey(String name, List<String> tags) {}

    /** The subscriptions of one consumer group in this process, which share their gauges. */
    private record Group(List<SubscriptionFigures> members, List<Meter> gauges) {}

    /** @param registry where the meters go */
    public MicrometerBusMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void published(String topic, Publication end, long nanos) {
        time("publish", nanos, "topic", topic, "outcome", lower(end));
    }

    @Override
    public void transactionEnded(TransactionEnd end, long nanos) {
        time("transactions", nanos, "outcome", lower(end));
    }

    @Override
    public void decoded(String group, String topic, Decoding end) {
        count("decode", "group", group, "topic", topic, "outcome", lower(end));
    }

    @Override
    public void handled(String group, String topic, String type, Handling end, long nanos) {
        time("handle", nanos, "group", group, "topic", topic, "type", type, "outcome", lower(end));
    }

    @Override
    public void retried(String group, String topic) {
        count("retries", "group", group, "topic", topic);
    }

    @Override
    public void deadLettered(String group, String topic, String failureClass) {
        count("deadletters", "group", group, "topic", topic, "class", failureClass);
    }

    @Override
    public void rebalanced(String group, Rebalance kind, int partitions) {
        count("rebalances", "group", group, "kind", lower(kind));
    }

    @Override
    public void committed(String group, boolean succeeded) {
        count("commit", "group", group, "outcome", succeeded ? "succeeded" : "failed");
    }

    @Override
    public void breaker(String group, boolean open) {
        if (open) {
            count("breaker.opened", "group", group);
        }
    }

    @Override
    public void subscriptionStarted(SubscriptionFigures figures) {
        groups.compute(figures.group(), (name, known) -> {
            Group group = known == null ? group(name) : known;
            group.members().add(figures);
            return group;
        });
    }

    @Override
    public void subscriptionEnded(SubscriptionFigures figures) {
        groups.computeIfPresent(figures.group(), (name, group) -> {
            group.members().remove(figures);
            if (!group.members().isEmpty()) {
                return group;
            }
            group.gauges().forEach(registry::remove);
            return null;
        });
    }

    private Group group(String name) {
        Group group = new Group(new CopyOnWriteArrayList<>(), new ArrayList<>());
        gauge(group, name, "inflight.records", members -> sum(members, SubscriptionFigures::inFlightRecords));
        gauge(group, name, "inflight.bytes", members -> sum(members, SubscriptionFigures::inFlightBytes));
        gauge(group, name, "lag", members -> sum(members, SubscriptionFigures::lag));
        gauge(group, name, "watermark.gap", members -> most(members, SubscriptionFigures::watermarkGap));
        gauge(
                group,
                name,
                "oldest.inflight.seconds",
                members -> most(members, SubscriptionFigures::oldestInFlightSeconds));
        return group;
    }

    private void gauge(Group group, String name, String meter, ToDoubleFunction<List<SubscriptionFigures>> value) {
        group.gauges()
                .add(Gauge.builder(PREFIX + meter, group.members(), value)
                        .tag("group", name)
                        .strongReference(true)
                        .register(registry));
    }

    private static double sum(List<SubscriptionFigures> members, ToDoubleFunction<SubscriptionFigures> figure) {
        return members.stream().mapToDouble(figure).sum();
    }

    private static double most(List<SubscriptionFigures> members, ToDoubleFunction<SubscriptionFigures> figure) {
        return members.stream().mapToDouble(figure).max().orElse(0);
    }

    private void time(String name, long nanos, String... tags) {
        timers.computeIfAbsent(
                        new MeterKey(name, List.of(tags)),
                        key -> Timer.builder(PREFIX + name).tags(tags).register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private void count(String name, String... tags) {
        counters.computeIfAbsent(
                        new MeterKey(name, List.of(tags)), key -> registry.counter(PREFIX + name, Tags.of(tags)))
                .increment();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
