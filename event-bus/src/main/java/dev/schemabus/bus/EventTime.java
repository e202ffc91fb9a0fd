package dev.schemabus.bus;

import java.time.Instant;

/** Internal: {@code ce_time}, RFC 3339 in milliseconds. The seconds' text is kept, since making it costs more than sending. */
final class EventTime {

    private volatile Second last = new Second(0);

    /** A second and its text, up to where fractions begin. */
    private record Second(long epochSecond, String text) {
        Second(long epochSecond) {
            this(epochSecond, Instant.ofEpochSecond(epochSecond).toString().replace("Z", "."));
        }
    }

    /** The text of a time from 1970 on, in milliseconds since then. */
    String text(long epochMillis) {
        long epochSecond = epochMillis / 1_000;
        Second second = last;
        if (second.epochSecond() != epochSecond) {
            second = new Second(epochSecond);
            last = second;
        }
        int millis = (int) (epochMillis % 1_000);
        return second.text()
                + (char) ('0' + millis / 100)
                + (char) ('0' + millis / 10 % 10)
                + (char) ('0' + millis % 10)
                + 'Z';
    }
}
