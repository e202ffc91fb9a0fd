package dev.schemabus.bus;

import java.util.Map;

/**
 * Internal: one publication, beside its event.
 *
 * @param with what the caller wants, with an event id
 * @param trace the headers of the trace it belongs to; the caller's own win
 * @param deadline how long it may take
 */
record Publication(With with, Map<String, String> trace, Deadline deadline) {

    String eventId() {
        return with.eventId().orElseThrow();
    }
}
