package dev.schemabus.schema;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** Dates, and times that know their offset or zone, see {@link LogicalTypes#standard}. */
final class CalendarTypes {

    /** A year in an ISO 8601 text: a sign beyond four digits and below zero. */
    static final String YEAR = "([0-9]{4}|-[0-9]{4,9}|\\+[0-9]{5,9})";

    /** Unlike {@link YearMonth#toString} it has the sign without which the year 10000 can't be read back. */
    private static final DateTimeFormatter YEAR_MONTH = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4, 9, SignStyle.EXCEEDS_PAD)
            .appendLiteral('-')
            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
            .toFormatter(Locale.ROOT);

    private CalendarTypes() {}

    static List<LogicalType<?>> all() {
        return List.of(localDate(), year(), yearMonth(), offsetDateTime(), zonedDateTime());
    }

    private static LogicalType<LocalDate> localDate() {
        return LogicalType.of(
                LocalDate.class,
                Representation.<LocalDate>ofInt(CalendarTypes::daysSinceEpoch, LocalDate::ofEpochDay)
                        .with("logicalType", "date"),
                Representation.<LocalDate>ofStringLike("2026-01-31", Rfc3339::print, LocalDate::parse)
                        .with("format", "date"));
    }

    private static int daysSinceEpoch(LocalDate date) {
        try {
            return Math.toIntExact(date.toEpochDay());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the date is too far from 1970 for 32 bits of days", e);
        }
    }

    private static LogicalType<Year> year() {
        Representation<Year, Integer> number = Representation.ofInt(Year::getValue, Year::of);
        return LogicalType.of(
                Year.class, number, number.with("minimum", Year.MIN_VALUE).with("maximum", Year.MAX_VALUE));
    }

    private static LogicalType<YearMonth> yearMonth() {
        Representation<YearMonth, String> text =
                Representation.ofStringLike("2026-01", YEAR_MONTH::format, month -> YearMonth.parse(month, YEAR_MONTH));
        return LogicalType.of(YearMonth.class, text, text.with("pattern", "^" + YEAR + "-(0[1-9]|1[0-2])$"));
    }

    private static LogicalType<OffsetDateTime> offsetDateTime() {
        Representation<OffsetDateTime, String> text =
                Representation.ofStringLike("2026-01-31T10:15:30+01:00", Rfc3339::print, OffsetDateTime::parse);
        return LogicalType.of(OffsetDateTime.class, text, text.with("format", "date-time"));
    }

    private static LogicalType<ZonedDateTime> zonedDateTime() {
        Representation<ZonedDateTime, String> text = Representation.ofStringLike(
                "2026-01-31T10:15:30+01:00[Europe/Paris]",
                DateTimeFormatter.ISO_ZONED_DATE_TIME::format,
                ZonedDateTime::parse);
        return LogicalType.of(
                ZonedDateTime.class,
                text,
                text.with("pattern", "^" + YEAR + "-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)(\\[[^\\]]+\\])?$"));
    }
}
