package dev.schemabus.schema.bad;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Defaults that are no values of their types. */
public final class BadDefaults {

    private BadDefaults() {}

    record Point(int x) {}

    sealed interface Payment permits Cash {}

    record Cash(int cents) implements Payment {}

    enum Colour {
        GREEN,
        BLUE
    }

    @Mistake
    record BadBoolean(@Default("yes") boolean flag) {}

    @Mistake
    record FractionalInt(@Default("1.5") int count) {}

    @Mistake
    record EmptyInt(@Default("") int count) {}

    @Mistake
    record WideByte(@Default("128") byte value) {}

    @Mistake
    record BadLong(@Default("5L") long value) {}

    @Mistake
    record LargeFloat(@Default("1e39") float value) {}

    @Mistake
    record LongChar(@Default("ab") char letter) {}

    @Mistake
    record BadUuid(@Default("123") UUID id) {}

    @Mistake
    record FinerThanAvro(
            @Default("2026-01-31T10:15:30.123456789Z") Instant at) {}

    @Mistake
    record BadDate(@Default("31.01.2026") LocalDate day) {}

    @Mistake
    record BadTime(@Default("9:00") LocalTime time) {}

    @Mistake
    record BadDuration(@Default("90s") Duration span) {}

    @Mistake
    record BadUri(@Default("not a uri") URI link) {}

    @Mistake
    record BadLocale(@Default("de_CH") Locale locale) {}

    @Mistake
    record BadCurrency(@Default("euro") Currency currency) {}

    @Mistake
    record SomeBytes(@Default("AAEC") ByteBuffer raw) {}

    @Mistake
    record WideDecimal(
            @Default("12345") @Decimal(precision = 4) BigDecimal price) {}

    @Mistake
    record RecordDefault(@Default("{\"x\": 1}") Point point) {}

    @Mistake
    record SealedDefault(@Default("{}") Payment payment) {}

    @Mistake
    record NullableDefault(@Default("") @Nullable String note) {}

    @Mistake
    record NotAList(@Default("a, b") List<String> tags) {}

    @Mistake
    record ObjectForList(@Default("{}") List<String> tags) {}

    @Mistake
    record ArrayForMap(@Default("[]") Map<String, String> tags) {}

    @Mistake
    record NumberForText(@Default("[1]") List<String> tags) {}

    @Mistake
    record NullInList(@Default("[null]") List<String> tags) {}

    @Mistake
    record RecordsInList(@Default("[{\"x\": 1}]") List<Point> points) {}

    @Mistake
    record BadMapKey(@Default("{\"one\": \"a\"}") Map<Integer, String> byNumber) {}

    @Mistake
    record BadMapValue(@Default("{\"a\": \"b\"}") Map<String, Integer> counts) {}

    @Mistake
    record TwiceInMap(@Default("{\"a\": 1, \"a\": 2}") Map<String, Integer> counts) {}

    @Mistake
    record TwiceInSet(@Default("[1, 1]") Set<Integer> numbers) {}

    @Mistake
    record BadEnumKey(@Default("{\"RED\": 1}") Map<Colour, Integer> counts) {}

    @Mistake
    record MoreAfter(@Default("[] []") List<String> tags) {}
}
