package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which dead letters are meant: those to which all conditions apply that were given.
 *
 * @param reasons why they failed; empty: whatever it was
 * @param exception the class of what was thrown, its full or its simple name
 * @param eventType the type of the event, as {@link DeadLetter#eventType}
 * @param key the key, as text
 * @param eventId the event's id
 * @param failedFrom the earliest last failure
 * @param failedBefore the last failures are earlier than this
 * @param partitions the partitions of the dead letter topic; empty: all
 */
public record DeadLetterFilter(
        Set<DeadLetterReason> reasons,
        Optional<String> exception,
        Optional<String> eventType,
        Optional<String> key,
        Optional<String> eventId,
        Optional<Instant> failedFrom,
        Optional<Instant> failedBefore,
        Set<Integer> partitions) {

    private static final DeadLetterFilter ALL = new DeadLetterFilter(
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    public DeadLetterFilter {
        reasons = Set.copyOf(reasons);
        partitions = Set.copyOf(partitions);
    }

    /** All of them. */
    public static DeadLetterFilter all() {
        return ALL;
    }

    /** Those of these reasons. */
    public DeadLetterFilter reason(DeadLetterReason... wanted) {
        return new DeadLetterFilter(
                Set.of(wanted), exception, eventType, key, eventId, failedFrom, failedBefore, partitions);
    }

    /** Those whose handler or decoder threw this; the full or the simple name of a class. */
    public DeadLetterFilter exception(String className) {
        return new DeadLetterFilter(
                reasons, Optional.of(className), eventType, key, eventId, failedFrom, failedBefore, partitions);
    }

    /** Those of an event type. */
    public DeadLetterFilter eventType(String name) {
        return new DeadLetterFilter(
                reasons, exception, Optional.of(name), key, eventId, failedFrom, failedBefore, partitions);
    }

    /** Those with a key. */
    public DeadLetterFilter key(String text) {
        return new DeadLetterFilter(
                reasons, exception, eventType, Optional.of(text), eventId, failedFrom, failedBefore, partitions);
    }

    /** The one with an event id. */
    public DeadLetterFilter eventId(String id) {
        return new DeadLetterFilter(
                reasons, exception, eventType, key, Optional.of(id), failedFrom, failedBefore, partitions);
    }

    /** Those that failed last at this time or later. */
    public DeadLetterFilter failedFrom(Instant time) {
        return new DeadLetterFilter(
                reasons, exception, eventType, key, eventId, Optional.of(time), failedBefore, partitions);
    }

    /** Those that failed last before this time. */
    public DeadLetterFilter failedBefore(Instant time) {
        return new DeadLetterFilter(
                reasons, exception, eventType, key, eventId, failedFrom, Optional.of(time), partitions);
    }

    /** Those in these partitions of the dead letter topic. */
    public DeadLetterFilter partition(Integer... numbers) {
        return new DeadLetterFilter(
                reasons, exception, eventType, key, eventId, failedFrom, failedBefore, Set.of(numbers));
    }

    boolean wants(int partition) {
        return partitions.isEmpty() || partitions.contains(partition);
    }

    boolean matches(DeadLetter letter) {
        return wants(letter.partition())
                && (reasons.isEmpty()
                        || letter.reason().filter(reasons::contains).isPresent())
                && (exception.isEmpty()
                        || letter.exception().filter(this::isException).isPresent())
                && same(eventType, letter.eventType())
                && same(key, letter.key().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                && same(eventId, letter.eventId())
                && (failedFrom.isEmpty()
                        || letter.lastFailure()
                                .filter(time -> !time.isBefore(failedFrom.get()))
                                .isPresent())
                && (failedBefore.isEmpty()
                        || letter.lastFailure()
                                .filter(failedBefore.get()::isAfter)
                                .isPresent());
    }

    private boolean isException(String className) {
        String wanted = exception.orElseThrow();
        return className.equals(wanted) || className.endsWith("." + wanted) || className.endsWith("$" + wanted);
    }

    private static boolean same(Optional<String> wanted, Optional<String> actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }

    /** The same text for the same conditions. */
    String canonical() {
        return new TreeSet<>(reasons) + "|" + exception + "|" + eventType + "|" + key + "|" + eventId + "|" + failedFrom
                + "|" + failedBefore + "|" + new TreeSet<>(partitions);
    }
}
