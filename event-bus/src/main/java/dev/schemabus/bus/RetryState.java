package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Internal: what a record in a retry topic has behind it. It stands in the record's headers, so it survives restarts.
 *
 * @param attempts how often the handler was called
 * @param due when it may be handled, in milliseconds since 1970; 0: at once
 * @param firstFailure when the handler failed first; null if it was never called
 */
record RetryState(int attempts, long due, @Nullable Instant firstFailure) {

    /** A record that comes from its source topic. */
    static final RetryState FRESH = new RetryState(0, 0, null);

    private static final String ATTEMPTS = "sb-retry-attempts";
    private static final String DUE = "sb-retry-due";
    private static final String FIRST_FAILURE = "sb-retry-first-failure";

    /** What the headers of a record in a retry topic say; what is missing or makes no sense counts as not said. */
    static RetryState of(Headers headers) {
        long attempts = number(headers, ATTEMPTS);
        return new RetryState(
                (int) Math.max(0, Math.min(Integer.MAX_VALUE - 1, attempts)),
                Math.max(0, number(headers, DUE)),
                instant(headers));
    }

    /** Whether the bus moved a record to the retry topic; else somebody put it there, as a replay does. */
    static boolean isMoved(Headers headers) {
        return headers.lastHeader(ATTEMPTS) != null;
    }

    /**
     * The headers. Numbers have the same length whatever they are: a record that once fitted into the topic fits again.
     */
    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        headers.add(new BytesHeader(ATTEMPTS, String.format(Locale.ROOT, "%010d", attempts)));
        headers.add(new BytesHeader(DUE, String.format(Locale.ROOT, "%013d", due)));
        if (firstFailure != null) {
            headers.add(new BytesHeader(FIRST_FAILURE, firstFailure.toString()));
        }
        return headers;
    }

    private static long number(Headers headers, String name) {
        String text = text(headers, name);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable Instant instant(Headers headers) {
        String text = text(headers, FIRST_FAILURE);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
