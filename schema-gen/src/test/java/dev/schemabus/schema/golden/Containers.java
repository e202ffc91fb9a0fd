package dev.schemabus.schema.golden;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.EnumDefault;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists, sets, arrays and maps. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class Containers {

    private Containers() {}

    record Line(String sku, int quantity) {}

    enum Grade {
        GOOD,
        BAD,
        @EnumDefault
        UNKNOWN
    }

    @Golden
    record Lists(
            List<String> texts,
            List<Line> lines,
            List<List<List<Integer>>> deep,
            List<Optional<String>> optional,
            List<@Nullable Line> gaps,
            List<Map<String, Line>> maps,
            List<Grade> grades,
            Optional<List<Line>> perhaps,
            @Nullable List<String> nullable) {}

    @Golden
    record Sets(
            Set<String> texts,
            Set<Line> lines,
            Set<Grade> grades,
            Set<Set<String>> nested,
            Set<Optional<Line>> optional,
            Collection<Line> anyOrder,
            Collection<Set<String>> mixed,
            Optional<Set<UUID>> perhaps,
            Map<String, Set<Integer>> byName) {}

    @Golden
    record Arrays(
            String[] texts,
            Line[] lines,
            Grade[] grades,
            String[][] table,
            @Nullable String[] gaps,
            String @Nullable [] absent,
            Optional<String[]> perhaps,
            List<Line[]> batches,
            Map<String, int[]> byName,
            List<String>[] buckets) {}

    @Golden
    record TextKeys(
            Map<UUID, String> byId,
            Map<Grade, String> byGrade,
            Map<LocalDate, String> byDay,
            Map<YearMonth, String> byMonth,
            Map<Instant, String> byInstant,
            Map<LocalTime, String> byTime,
            Map<Duration, String> byLength,
            Map<URI, String> byLink,
            Map<Locale, String> byLanguage,
            Map<Currency, String> byCurrency,
            Map<Character, String> byLetter) {}

    @Golden
    record NumberKeys(
            Map<Integer, String> byInt,
            Map<Long, String> byLong,
            Map<Short, String> byShort,
            Map<Byte, String> byByte,
            Map<Boolean, String> byFlag,
            Map<Year, String> byYear,
            Map<@Decimal(precision = 6, scale = 2) BigDecimal, String> byPrice) {}

    @Golden
    record MapValues(
            Map<String, Line> lines,
            Map<String, Optional<Line>> optional,
            Map<String, @Nullable Integer> nullable,
            Map<String, List<@Nullable String>> lists,
            Map<Grade, Map<UUID, Line>> nested,
            Map<String, Grade> grades,
            Map<String, @Decimal(precision = 6, scale = 2) BigDecimal> prices,
            Optional<Map<String, Line>> perhaps,
            @Nullable Map<Grade, Integer> counts) {}

    @Golden
    record Empties(Nothing nothing, List<Nothing> more, Optional<Nothing> perhaps, Map<String, Nothing> byName) {}

    @Doc("Says only that it was there.")
    record Nothing() {}
}
