package dev.schemabus.bus;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What goes with one event beside its content. An immutable value; every method gives a changed copy.
 *
 * @param key the record's key in place of the {@link dev.schemabus.schema.Key} component
 * @param eventId the event's id in place of a new one
 * @param headers more headers, in order
 * @param deadline how long publishing may take
 */
public record With(
        Optional<String> key, Optional<String> eventId, Map<String, String> headers, Optional<Duration> deadline) {

    /** Nothing special. */
    public static final With NOTHING = new With(Optional.empty(), Optional.empty(), Map.of(), Optional.empty());

    /**
     * @throws BusConfigurationException if a header has a name of the bus ({@code ce_…}, {@code sb-…}), or the deadline
     *     is not positive
     */
    public With {
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        for (String name : headers.keySet()) {
            if (name.startsWith("ce_") || name.startsWith("sb-")) {
                throw new BusConfigurationException("Header '" + name
                        + "': names that start with 'ce_' or 'sb-' are written by the bus: choose another name");
            }
        }
        if (deadline.isPresent() && (deadline.get().isZero() || deadline.get().isNegative())) {
            throw new BusConfigurationException("A deadline is longer than zero: " + deadline.get());
        }
    }

    /** With this key. */
    public static With key(String key) {
        return NOTHING.andKey(key);
    }

    /** With this id: to publish an event again whose first outcome was indeterminate. */
    public static With eventId(String eventId) {
        return NOTHING.andEventId(eventId);
    }

    /**
     * With so much time from the call to the outcome. When it is over, the event is rejected
     * ({@link PublishOutcome.RejectionReason#DEADLINE}) if it was not handed to the producer yet, and indeterminate
     * otherwise: it may still be written.
     */
    public static With deadline(Duration time) {
        return NOTHING.andDeadline(time);
    }

    /** With one header more. */
    public With header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new With(key, eventId, more, deadline);
    }

    /** With this key. */
    public With andKey(String newKey) {
        return new With(Optional.of(newKey), eventId, headers, deadline);
    }

    /** With this id. */
    public With andEventId(String newEventId) {
        return new With(key, Optional.of(newEventId), headers, deadline);
    }

    /** With so much time, see {@link #deadline(Duration)}. */
    public With andDeadline(Duration time) {
        return new With(key, eventId, headers, Optional.of(time));
    }
}
