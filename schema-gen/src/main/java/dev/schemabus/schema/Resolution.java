package dev.schemabus.schema;

import java.util.Locale;

/** The units that times and durations are counted in. What is finer is cut off towards the past. */
enum Resolution {
    SECONDS("seconds", 1),
    MILLIS("milliseconds", 1_000),
    MICROS("microseconds", 1_000_000),
    NANOS("nanoseconds", 1_000_000_000);

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final String word;
    private final int perSecond;

    Resolution(String word, int perSecond) {
        this.word = word;
        this.perSecond = perSecond;
    }

    /** As the names of Avro's logical types end: {@code millis}. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In a sentence: {@code milliseconds}. */
    String word() {
        return word;
    }

    long nanosPerUnit() {
        return NANOS_PER_SECOND / perSecond;
    }

    /**
     * How many units are in a span.
     *
     * @param nanos what comes on top of the seconds, never negative
     * @param tooFar the start of the message if they are too many, such as "the duration is too long"
     */
    long count(long seconds, int nanos, String tooFar) {
        long part = nanos / nanosPerUnit();
        try {
            // A second more and a part less: the least count's whole seconds alone would overflow.
            return seconds < 0
                    ? Math.addExact(Math.multiplyExact(seconds + 1, perSecond), part - perSecond)
                    : Math.addExact(Math.multiplyExact(seconds, perSecond), part);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(tooFar + " for 64 bits of " + word, e);
        }
    }

    /** The whole seconds of a count, rounded down. */
    long seconds(long count) {
        return Math.floorDiv(count, (long) perSecond);
    }

    /** The nanoseconds on top of {@link #seconds}. */
    int nanos(long count) {
        return Math.floorMod(count, perSecond) * (NANOS_PER_SECOND / perSecond);
    }
}
