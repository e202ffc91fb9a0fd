package dev.schemabus.schema.golden;

import dev.schemabus.schema.Default;
import dev.schemabus.schema.DurationUnit;
import dev.schemabus.schema.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Times, dates and durations in every unit and position. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class Times {

    private Times() {}

    @Golden
    record Instants(
            Instant plain,
            @Timestamp(Timestamp.Unit.MILLIS) Instant millis,
            @Timestamp(Timestamp.Unit.MICROS) Instant micros,
            @Timestamp(Timestamp.Unit.NANOS) Instant nanos,
            Optional<@Timestamp(Timestamp.Unit.NANOS) Instant> seen,
            @Nullable @Timestamp(Timestamp.Unit.MICROS) Instant deleted,
            List<@Timestamp(Timestamp.Unit.MICROS) Instant> visits,
            Set<Instant> distinct,
            @Timestamp(Timestamp.Unit.NANOS) Instant[] ticks,
            Map<String, @Timestamp(Timestamp.Unit.MICROS) Instant> byName) {}

    @Golden
    record LocalTimes(
            LocalTime opens,
            @Timestamp(Timestamp.Unit.MICROS) LocalTime closes,
            LocalDateTime starts,
            @Timestamp(Timestamp.Unit.MICROS) LocalDateTime ends,
            @Timestamp(Timestamp.Unit.NANOS) LocalDateTime exact,
            Optional<LocalTime> pause,
            @Nullable LocalDateTime moved,
            List<@Timestamp(Timestamp.Unit.MICROS) LocalTime> bells,
            Map<String, LocalDateTime> byName) {}

    @Golden
    record ZonedTimes(
            OffsetDateTime sent,
            ZonedDateTime departs,
            Optional<OffsetDateTime> read,
            @Nullable ZonedDateTime arrives,
            List<OffsetDateTime> all,
            ZonedDateTime[] stops,
            Map<String, ZonedDateTime> byCity) {}

    @Golden
    record Durations(
            Duration plain,
            @DurationUnit(DurationUnit.Unit.SECONDS) Duration seconds,
            @DurationUnit(DurationUnit.Unit.MILLIS) Duration millis,
            @DurationUnit(DurationUnit.Unit.MICROS) Duration micros,
            @DurationUnit(DurationUnit.Unit.NANOS) Duration nanos,
            Optional<@DurationUnit(DurationUnit.Unit.SECONDS) Duration> pause,
            @Nullable Duration delay,
            List<@DurationUnit(DurationUnit.Unit.NANOS) Duration> laps,
            Map<String, Duration> byName) {}

    @Golden
    record CalendarDays(
            LocalDate day,
            Year year,
            YearMonth month,
            Optional<LocalDate> until,
            @Nullable Year built,
            OptionalMonths months,
            List<LocalDate> holidays,
            Set<Year> years,
            YearMonth[] closed,
            Map<String, LocalDate> byName) {}

    record OptionalMonths(Optional<YearMonth> first, Optional<Year> last) {}

    @Golden
    record TimeDefaults(
            @Default("2026-01-31T10:15:30.123456Z") @Timestamp(Timestamp.Unit.MICROS)
            Instant at,

            @Default("1969-12-31T23:59:59.999999999Z") @Timestamp(Timestamp.Unit.NANOS)
            Instant before,

            @Default("2026-01-31T10:15:30") LocalDateTime local,
            @Default("10:15:30.5") LocalTime time,
            @Default("2026-01-31T10:15:30+01:00") OffsetDateTime offset,

            @Default("2026-01-31T10:15:30+01:00[Europe/Paris]")
            ZonedDateTime zoned,

            @Default("PT1H30M") Duration span,

            @Default("-PT0.5S") @DurationUnit(DurationUnit.Unit.MICROS)
            Duration back,

            @Default("2026-02-28") LocalDate day,
            @Default("2026") Year year,
            @Default("2026-02") YearMonth month) {}
}
