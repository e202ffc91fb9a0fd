package dev.schemabus.registry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header with which a server says when to come back (RFC 9110, section 10.2.3). */
final class RetryAfter {

    /**
     * The longest wait that is believed. A registry that is asked once a minute isn't harmed, and a client must not be silenced
     * for a year by a slip.
     */
    static final Duration MOST = Duration.ofMinutes(1);

    private RetryAfter() {}

    /**
     * Reads it.
     *
     * @param value seconds, or a date
     * @param date the answer's own {@code Date}, if it has one: the two clocks may differ, the server's alone doesn't
     * @param now the time here, for answers without a {@code Date}
     * @return from nothing to {@link #MOST}; empty if the value is neither
     */
    static Optional<Duration> parse(String value, Optional<String> date, Instant now) {
        String text = value.strip();
        if (text.matches("\\d+")) {
            // Longer numbers than these are long waits, too.
            return Optional.of(text.length() > 9 ? MOST : limited(Duration.ofSeconds(Long.parseLong(text))));
        }
        return instant(text)
                .map(then -> limited(
                        Duration.between(date.flatMap(RetryAfter::instant).orElse(now), then)));
    }

    private static Duration limited(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MOST) > 0 ? MOST : wait;
    }

    private static Optional<Instant> instant(String httpDate) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
