package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Times and durations: counts of a unit in Avro, texts in JSON, see {@link LogicalTypes#standard}. */
final class TimeTypes {

    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?";

    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private TimeTypes() {}

    static List<LogicalType<?>> all() {
        return List.of(
                LogicalType.of(Instant.class, TimeTypes::instant),
                LogicalType.of(LocalDateTime.class, TimeTypes::localDateTime),
                LogicalType.of(LocalTime.class, TimeTypes::localTime),
                LogicalType.of(Duration.class, TimeTypes::duration));
    }

    private static Resolution resolution(AnnotatedElement use) {
        Timestamp timestamp = use.getAnnotation(Timestamp.class);
        return timestamp == null
                ? Resolution.MILLIS
                : switch (timestamp.value()) {
                    case MILLIS -> Resolution.MILLIS;
                    case MICROS -> Resolution.MICROS;
                    case NANOS -> Resolution.NANOS;
                };
    }

    private static LogicalType.Forms<Instant> instant(AnnotatedElement use) {
        Resolution unit = resolution(use);
        return new LogicalType.Forms<>(
                Representation.<Instant>ofLong(
                                at -> count(at, unit),
                                count -> Instant.ofEpochSecond(unit.seconds(count), unit.nanos(count)))
                        .with("logicalType", "timestamp-" + unit.suffix()),
                Representation.<Instant>ofStringLike("2026-01-31T10:15:30Z", Rfc3339::print, InstantText::parse)
                        .with("format", "date-time"));
    }

    private static long count(Instant at, Resolution unit) {
        return unit.count(at.getEpochSecond(), at.getNano(), "the time is too far from 1970");
    }

    private static LogicalType.Forms<LocalDateTime> localDateTime(AnnotatedElement use) {
        Resolution unit = resolution(use);
        return new LogicalType.Forms<>(
                Representation.<LocalDateTime>ofLong(
                                at -> count(at.toInstant(ZoneOffset.UTC), unit),
                                count -> LocalDateTime.ofEpochSecond(
                                        unit.seconds(count), unit.nanos(count), ZoneOffset.UTC))
                        .with("logicalType", "local-timestamp-" + unit.suffix()),
                Representation.<LocalDateTime>ofStringLike(
                                "2026-01-31T10:15:30",
                                // Unlike toString it always has the seconds.
                                DateTimeFormatter.ISO_LOCAL_DATE_TIME::format,
                                LocalDateTime::parse)
                        .with("pattern", "^" + CalendarTypes.YEAR + "-[0-9]{2}-[0-9]{2}T" + CLOCK + "$"));
    }

    private static LogicalType.Forms<LocalTime> localTime(AnnotatedElement use) {
        Resolution unit = resolution(use);
        Representation<LocalTime, ?> inAvro = switch (unit) {
            case MILLIS ->
                Representation.ofInt(time -> (int) sinceMidnight(time, unit), count -> timeOfDay((long) count, unit));
            case MICROS -> Representation.ofLong(time -> sinceMidnight(time, unit), count -> timeOfDay(count, unit));
            default ->
                throw new SchemaException("Avro counts the time of day in milliseconds or microseconds"
                        + " (specification, \"Time\"): use @Timestamp(MICROS), or a long of nanoseconds");
        };
        return new LogicalType.Forms<>(
                inAvro.with("logicalType", "time-" + unit.suffix()),
                Representation.<LocalTime>ofStringLike(
                                "10:15:30.5", DateTimeFormatter.ISO_LOCAL_TIME::format, LocalTime::parse)
                        .with("pattern", "^" + CLOCK + "$"));
    }

    private static long sinceMidnight(LocalTime time, Resolution unit) {
        return time.toNanoOfDay() / unit.nanosPerUnit();
    }

    private static LocalTime timeOfDay(long count, Resolution unit) {
        long day = NANOS_PER_DAY / unit.nanosPerUnit();
        if (count < 0 || count >= day) {
            throw new IllegalArgumentException("write the " + unit.word() + " since midnight, from 0 to " + (day - 1));
        }
        return LocalTime.ofNanoOfDay(count * unit.nanosPerUnit());
    }

    private static LogicalType.Forms<Duration> duration(AnnotatedElement use) {
        DurationUnit declared = use.getAnnotation(DurationUnit.class);
        Resolution unit = declared == null
                ? Resolution.MILLIS
                : switch (declared.value()) {
                    case SECONDS -> Resolution.SECONDS;
                    case MILLIS -> Resolution.MILLIS;
                    case MICROS -> Resolution.MICROS;
                    case NANOS -> Resolution.NANOS;
                };
        return new LogicalType.Forms<>(
                Representation.<Duration>ofLong(
                                span -> unit.count(span.getSeconds(), span.getNano(), "the duration is too long"),
                                count -> Duration.ofSeconds(unit.seconds(count), unit.nanos(count)))
                        .with("logicalType", "duration-" + unit.suffix()),
                Representation.<Duration>ofStringLike("PT1H30M or -PT0.5S", TimeTypes::signed, Duration::parse)
                        // Not the format "duration": RFC 3339, Appendix A, has neither fractions nor a sign.
                        .with("pattern", "^-?P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]{1,9})?S)?)?$"));
    }

    /** One sign in front, as most others read it, rather than one at every part. */
    private static String signed(Duration span) {
        if (!span.isNegative()) {
            return span.toString();
        }
        if (span.getSeconds() == Long.MIN_VALUE && span.getNano() == 0) {
            throw new IllegalArgumentException("the duration is too long for 64 bits of seconds");
        }
        return "-" + span.negated();
    }
}
