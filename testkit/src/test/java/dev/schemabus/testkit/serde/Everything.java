package dev.schemabus.testkit.serde;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Timestamp;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One component of each kind, and values for them at random. */
@SuppressWarnings("ArrayRecordComponent") // bytes are one of the kinds; tests compare them by content
record Everything(
        boolean flag,
        int count,
        long total,
        float ratio,
        double precise,
        String text,
        byte[] bytes,
        @Decimal(precision = 12, scale = 3) BigDecimal amount,
        Instant at,
        @Timestamp(Timestamp.Unit.MICROS) Instant exactly,
        LocalDate day,
        UUID id,
        Colour colour,
        List<Part> parts,
        Map<String, List<@Decimal(precision = 6, scale = 2) BigDecimal>> prices,
        Optional<Part> maybePart,
        Optional<Integer> maybeCount,
        @Nullable String note,
        List<@Nullable String> gaps,
        Figure figure,
        Optional<Figure> maybeFigure,
        @Name("was_renamed") String renamed,
        @Default("7") int withDefault) {

    enum Colour {
        @EnumDefault
        UNKNOWN,
        RED,
        @Name("G")
        GREEN
    }

    record Part(String title, Optional<Part> inner) {}

    sealed interface Figure {}

    record Circle(double radius) implements Figure {}

    record Polygon(List<Integer> sides) implements Figure {}

    static Everything random(Random random) {
        Supplier<String> text = () -> text(random);
        return new Everything(
                random.nextBoolean(),
                edge(random, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue(),
                edge(random, Long.MIN_VALUE, Long.MAX_VALUE),
                Float.intBitsToFloat(random.nextInt() & 0x7effffff),
                Double.longBitsToDouble(random.nextLong() & 0x7fdfffffffffffffL),
                text.get(),
                bytes(random),
                new BigDecimal(BigInteger.valueOf(random.nextLong() % 1_000_000_000_000L), 3),
                instant(random).truncatedTo(ChronoUnit.MILLIS),
                instant(random).truncatedTo(ChronoUnit.MICROS),
                LocalDate.ofEpochDay(random.nextInt(80_000) - 30_000),
                new UUID(random.nextLong(), random.nextLong()),
                Colour.values()[random.nextInt(3)],
                few(random, () -> part(random)),
                prices(random),
                maybe(random, () -> part(random)),
                maybe(random, random::nextInt),
                random.nextBoolean() ? null : text.get(),
                Stream.of(text.get(), text.get()).toList(),
                figure(random),
                maybe(random, () -> figure(random)),
                text.get(),
                random.nextInt());
    }

    private static Part part(Random random) {
        return new Part(text(random), random.nextInt(3) == 0 ? Optional.of(part(random)) : Optional.empty());
    }

    private static Figure figure(Random random) {
        return random.nextBoolean()
                ? new Circle(random.nextGaussian())
                : new Polygon(few(random, () -> random.nextInt(100)));
    }

    private static Map<String, List<BigDecimal>> prices(Random random) {
        Map<String, List<BigDecimal>> prices = new LinkedHashMap<>();
        few(random, () -> text(random))
                .forEach(key -> prices.put(
                        key, few(random, () -> new BigDecimal(BigInteger.valueOf(random.nextInt(1_000_000)), 2))));
        return prices;
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(random.nextLong(8_000_000_000L) - 2_000_000_000L, random.nextInt(1_000_000_000));
    }

    private static Long edge(Random random, long min, long max) {
        return switch (random.nextInt(5)) {
            case 0 -> min;
            case 1 -> max;
            case 2 -> 0L;
            default -> random.nextLong() >> (max == Integer.MAX_VALUE ? 33 : 0);
        };
    }

    /** Letters of many scripts, signs that JSON escapes, and pairs of surrogates. */
    private static String text(Random random) {
        int[] alphabet = "aZ9 \"\\/\n\t\u0000\u001f\u007fäßøЖ中ع\u2028\ufeff🧀𝄞"
                .codePoints()
                .toArray();
        return IntStream.range(0, random.nextInt(12))
                .map(i -> alphabet[random.nextInt(alphabet.length)])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static <T> List<T> few(Random random, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(4)).toList();
    }

    private static <T> Optional<T> maybe(Random random, Supplier<T> one) {
        return random.nextBoolean() ? Optional.of(one.get()) : Optional.empty();
    }
}
