package dev.schemabus.schema;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What JSON Schema calls {@code date} and {@code date-time}. Java's times reach further than the standard, which has four
 * digits for the year: what it can't say would be refused by whoever validates.
 */
final class Rfc3339 {

    private static final long FIRST =
            OffsetDateTime.parse("0000-01-01T00:00:00Z").toEpochSecond();
    private static final long LAST =
            OffsetDateTime.parse("9999-12-31T23:59:59Z").toEpochSecond();

    private Rfc3339() {}

    static String print(Instant at) {
        require(at.getEpochSecond() >= FIRST && at.getEpochSecond() <= LAST);
        return InstantText.print(at);
    }

    static String print(LocalDate date) {
        require(isYear(date.getYear()));
        return date.toString();
    }

    static String print(OffsetDateTime at) {
        require(isYear(at.getYear()));
        if (at.getOffset().getTotalSeconds() % 60 != 0) {
            throw new IllegalArgumentException(
                    "the offset has seconds, which RFC 3339 can't write: use one in whole minutes");
        }
        // Unlike toString it always has the seconds, as the standard demands.
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at);
    }

    private static boolean isYear(int year) {
        return year >= 0 && year <= 9999;
    }

    private static void require(boolean writable) {
        if (!writable) {
            throw new IllegalArgumentException("the year is not one of 0 to 9999, which are all that RFC 3339 can"
                    + " write: if it stands for no date, declare the component Optional");
        }
    }
}
