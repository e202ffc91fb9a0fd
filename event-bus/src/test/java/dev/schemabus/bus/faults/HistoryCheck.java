package dev.schemabus.bus.faults;

import static java.util.stream.Collectors.groupingBy;

import dev.schemabus.bus.faults.History.Delivery;
import dev.schemabus.bus.faults.History.Logged;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.bus.faults.History.Publication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares what a history's users were told with what became of it. Each way to break a promise is a {@link Sin}; the
 * names follow what Jepsen's tests of Kafka look for.
 */
final class HistoryCheck {

    /** A broken promise. */
    enum Sin {
        /** Acknowledged, and not in the topic: lost write. */
        LOST,
        /** Twice in the topic, published once. */
        DUPLICATED,
        /** In the topic before an event of its key that was published earlier. */
        REORDERED,
        /** Rejected as surely not written, and yet in the topic. */
        REJECTED_BUT_WRITTEN,
        /** In the topic at another place than the receipt says: inconsistent offset. */
        MISPLACED,
        /** In the topic, and never handed to a handler. */
        NOT_DELIVERED,
        /** Handed out before an earlier record of its key had ever been: skipped poll. */
        SKIPPED,
        /** Handed out after a record of its key that isn't the one just before it: non-monotonic poll. */
        OUT_OF_ORDER,
        /** Handed out while another record of its key was still in its handler. */
        OVERLAPPED,
        /** Handed out, though its transaction was aborted: aborted read. */
        ABORTED_READ,
        /** Handed out, and not in the topic. */
        OUT_OF_NOWHERE
    }

    /** One case. */
    record Finding(Sin sin, String what) {}

    private record Place(int partition, long offset) {}

    private record Name(String key, long number) {}

    private final History history;
    private final List<Finding> findings = new ArrayList<>();

    private HistoryCheck(History history) {
        this.history = history;
    }

    /** What publishers were told, against the topic. */
    static List<Finding> ofPublishing(History history) {
        HistoryCheck check = new HistoryCheck(history);
        check.publishing();
        return check.findings;
    }

    /** What handlers were given, against the topic. */
    static List<Finding> ofDelivery(History history) {
        HistoryCheck check = new HistoryCheck(history);
        check.delivery();
        return check.findings;
    }

    /** How many cases of each sin, for a message. */
    static Map<Sin, Long> count(List<Finding> findings) {
        return findings.stream()
                .collect(Collectors.groupingBy(Finding::sin, LinkedHashMap::new, Collectors.counting()));
    }

    private void publishing() {
        Map<Name, List<Logged>> byName = history.log().stream().collect(groupingBy(HistoryCheck::name));
        for (Publication publication : history.publications()) {
            List<Logged> found = byName.getOrDefault(new Name(publication.key(), publication.number()), List.of());
            if (publication.outcome() == Outcome.ACKED && found.isEmpty()) {
                found(Sin.LOST, publication);
            }
            if (publication.outcome() == Outcome.REJECTED && !found.isEmpty()) {
                found(Sin.REJECTED_BUT_WRITTEN, publication);
            }
            if (publication.outcome() == Outcome.ACKED
                    && !found.isEmpty()
                    && found.stream()
                            .noneMatch(record -> record.partition() == publication.partition()
                                    && record.offset() == publication.offset())) {
                found(Sin.MISPLACED, publication + " is at " + found);
            }
            if (found.size() > 1) {
                found(Sin.DUPLICATED, found);
            }
        }
        Map<String, Long> highest = new HashMap<>();
        for (Logged record : inOrder(history.log())) {
            Long before = highest.get(record.key());
            if (before != null && record.number() < before) {
                found(Sin.REORDERED, record + " comes after number " + before);
            }
            highest.merge(record.key(), record.number(), Math::max);
        }
    }

    private void delivery() {
        Map<Place, Logged> log = history.log().stream()
                .collect(Collectors.toMap(record -> new Place(record.partition(), record.offset()), record -> record));
        Map<Place, Delivery> delivered = new HashMap<>();
        for (Delivery delivery : history.deliveries()) {
            Place place = new Place(delivery.partition(), delivery.offset());
            delivered.put(place, delivery);
            if (!log.containsKey(place)) {
                found(isAborted(delivery) ? Sin.ABORTED_READ : Sin.OUT_OF_NOWHERE, delivery);
            }
        }
        for (Logged record : history.log()) {
            if (!delivered.containsKey(new Place(record.partition(), record.offset()))) {
                found(Sin.NOT_DELIVERED, record);
            }
        }
        Map<String, List<Logged>> logByKey = inOrder(history.log()).stream().collect(groupingBy(Logged::key));
        history.deliveries().stream()
                .collect(groupingBy(Delivery::key))
                .forEach((key, calls) -> keyOrder(logByKey.getOrDefault(key, List.of()), calls));
    }

    /** Each call of a key's handler is for the record after the last one's, or goes back because it must come again. */
    private void keyOrder(List<Logged> log, List<Delivery> calls) {
        Map<Place, Integer> positions = new HashMap<>();
        log.forEach(record -> positions.put(new Place(record.partition(), record.offset()), positions.size()));
        List<Delivery> byStart = new ArrayList<>(calls);
        byStart.sort(Comparator.comparingLong(Delivery::start));
        int last = -1;
        int furthest = -1;
        Delivery before = null;
        for (Delivery call : byStart) {
            Integer position = positions.get(new Place(call.partition(), call.offset()));
            if (position == null) {
                continue;
            }
            if (position > furthest + 1) {
                found(Sin.SKIPPED, call + " though only " + (furthest + 1) + " records of the key had come");
            } else if (position > last + 1) {
                found(Sin.OUT_OF_ORDER, call + " right after " + before);
            }
            if (before != null && before.end() != Delivery.NEVER && before.end() - call.start() > 0) {
                found(Sin.OVERLAPPED, call + " and " + before);
            }
            last = position;
            furthest = Math.max(furthest, position);
            before = call;
        }
    }

    private boolean isAborted(Delivery delivery) {
        return history.publications(Outcome.ABORTED).stream()
                .anyMatch(publication ->
                        publication.key().equals(delivery.key()) && publication.number() == delivery.number());
    }

    private static List<Logged> inOrder(List<Logged> log) {
        List<Logged> ordered = new ArrayList<>(log);
        ordered.sort(Comparator.comparingInt(Logged::partition).thenComparingLong(Logged::offset));
        return ordered;
    }

    private static Name name(Logged record) {
        return new Name(record.key(), record.number());
    }

    private void found(Sin sin, Object what) {
        findings.add(new Finding(sin, what.toString()));
    }
}
