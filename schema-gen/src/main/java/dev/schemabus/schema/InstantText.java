package dev.schemabus.schema;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.format.DateTimeParseException;

/**
 * Points in time as text, exactly as {@link Instant#toString} and {@link Instant#parse} have it, in a fraction of their
 * time: events carry one each, and a general formatter takes longer for it than for the rest.
 */
final class InstantText {

    private static final int SECONDS_PER_DAY = 86_400;

    /** Up to the seconds: 2026-01-31T10:15:30. */
    private static final int FRACTION = 19;

    private InstantText() {}

    /** @param at one in the years 0 to 9999 */
    static String print(Instant at) {
        long sinceEpoch = at.getEpochSecond();
        int nano = at.getNano();
        int second = Math.floorMod(sinceEpoch, SECONDS_PER_DAY);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(sinceEpoch, SECONDS_PER_DAY));
        int digits = fractionDigits(nano);
        byte[] text = new byte[FRACTION + (digits == 0 ? 0 : 1 + digits) + 1];
        two(text, 0, date.getYear() / 100);
        two(text, 2, date.getYear() % 100);
        text[4] = '-';
        two(text, 5, date.getMonthValue());
        text[7] = '-';
        two(text, 8, date.getDayOfMonth());
        text[10] = 'T';
        two(text, 11, second / 3600);
        text[13] = ':';
        two(text, 14, second / 60 % 60);
        text[16] = ':';
        two(text, 17, second % 60);
        if (digits > 0) {
            text[FRACTION] = '.';
            int left = digits == 3 ? nano / 1_000_000 : digits == 6 ? nano / 1_000 : nano;
            for (int i = FRACTION + digits; i > FRACTION; i--) {
                text[i] = (byte) ('0' + left % 10);
                left /= 10;
            }
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** As many groups of three as are needed. */
    private static int fractionDigits(int nano) {
        return nano == 0 ? 0 : nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
    }

    private static void two(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }

    /**
     * Reads a point in time.
     *
     * @throws DateTimeParseException if it is none
     */
    static Instant parse(String text) {
        int length = text.length();
        if (length > FRACTION && text.charAt(length - 1) == 'Z' && hasSeparators(text)) {
            int year = number(text, 0, 4);
            int month = number(text, 5, 7);
            int day = number(text, 8, 10);
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, FRACTION);
            int nano = fraction(text, length - 1);
            // Leap seconds are left to the general way, and so are all errors.
            if ((year | nano) >= 0
                    && in(1, month, 12)
                    && in(1, day, days(year, month))
                    && in(0, hour, 23)
                    && in(0, minute, 59)
                    && in(0, second, 59)) {
                return Instant.ofEpochSecond(
                        LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY
                                + (hour * 60 + minute) * 60L
                                + second,
                        nano);
            }
        }
        return Instant.parse(text);
    }

    private static int days(int year, int month) {
        return month == 2
                ? (Year.isLeap(year) ? 29 : 28)
                : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static boolean in(int first, int number, int last) {
        return number >= first && number <= last;
    }

    private static boolean hasSeparators(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** Nanoseconds; -1 if it is no fraction. */
    private static int fraction(String text, int end) {
        if (end == FRACTION) {
            return 0;
        }
        int digits = end - FRACTION - 1;
        if (text.charAt(FRACTION) != '.' || digits < 1 || digits > 9) {
            return -1;
        }
        int nano = number(text, FRACTION + 1, end);
        for (int i = digits; i < 9 && nano > 0; i++) {
            nano *= 10;
        }
        return nano;
    }

    /** A number of up to nine digits; negative if there is something else. */
    private static int number(String text, int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
