package dev.schemabus.bus;

import java.util.Map;

/**
 * Internal: one publication, beside its event.
 *
 * @param with what the caller wants
 * @param eventId the id that the caller wants, or a new one
 * @param trace the headers of the trace it belongs to; the caller's own win
 * @param deadline how long it may take
 */
record Publication(With with, String eventId, Map<String, String> trace, Deadline deadline) {

    /** A publication that begins now. */
    static Publication of(With with, Map<String, String> trace) {
        return new Publication(
                with,
                with.eventId().orElseGet(EventIds::next),
                trace,
                with.deadline().map(Deadline::new).orElse(Deadline.NONE));
    }

    /** One whose time isn't bounded here: what it belongs to, a transaction, has a bound of its own. */
    static Publication unbounded(With with, Map<String, String> trace) {
        return new Publication(with, with.eventId().orElseGet(EventIds::next), trace, Deadline.NONE);
    }
}
