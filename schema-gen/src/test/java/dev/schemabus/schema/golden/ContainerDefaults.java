package dev.schemabus.schema.golden;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Fixed;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Defaults of lists, sets, arrays and maps. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class ContainerDefaults {

    private ContainerDefaults() {}

    record Point(int x) {}

    @Golden
    record ListDefaults(
            @Default("[]") List<Point> none,
            @Default("[\"a\", \"\", \"ü\"]") List<String> texts,
            @Default("[1, -2]") Set<Integer> numbers,
            @Default("[0.5, 2]") Collection<Double> means,
            @Default("[true]") boolean[] flags,
            @Default("[9223372036854775807]") long[] totals,
            @Default("[[\"a\"], []]") List<List<String>> nested,
            @Default("[\"2026-01-31\"]") List<LocalDate> days,

            @Default("[\"00000000-0000-0000-0000-000000000001\"]")
            List<@Fixed UUID> ids,

            @Default("[1.50, 2]") List<@Decimal(precision = 6, scale = 2) BigDecimal> prices,
            @Default("[{\"a\": 1}]") List<Map<String, Integer>> maps) {}

    @Golden
    record MapDefaults(
            @Default("{}") Map<String, Point> none,
            @Default("{\"limit\": 10}") Map<String, Integer> numbers,
            @Default("{\"1\": \"one\", \"-2\": \"two\"}") Map<Integer, String> byNumber,
            @Default("{\"2026-01-31\": true}") Map<LocalDate, Boolean> byDay,
            @Default("{\"a\": [\"b\", \"c\"]}") Map<String, List<String>> lists,
            @Default("{\"a\": \"1970-01-01T00:00:01Z\"}") Map<String, Instant> times,
            @Default("{\"a\": 0.01}") Map<String, @Decimal(precision = 6, scale = 2) BigDecimal> prices,
            @Default("{\"a\": {\"b\": 1.5}}") Map<String, Map<String, Double>> nested) {}
}
