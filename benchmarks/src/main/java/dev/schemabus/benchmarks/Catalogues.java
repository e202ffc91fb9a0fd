package dev.schemabus.benchmarks;

import dev.schemabus.schema.Decimal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * The payload that is nasty on purpose: long text beyond ASCII and beyond Unicode's first plane, a list of 1,000 records,
 * unions of sealed types, a map of records, and records within their own kind.
 */
public final class Catalogues {

    private static final String[] WORDS = {
        "Größe",
        "naïve",
        "Ωμέγα",
        "каталог",
        "目録",
        "정확한",
        "straight",
        "façade",
        "🚲",
        "über",
        "article",
        "Łódź",
        "und",
        "of"
    };

    private Catalogues() {}

    /** All that a shop sells. */
    public record Catalogue(
            UUID id,
            String title,
            String introduction,
            LocalDate validFrom,
            List<Article> articles,
            List<Medium> media,
            Optional<Medium> cover,
            Map<String, Section> sections) {}

    /** Something to buy. */
    public record Article(
            String sku,
            String name,
            long stock,
            @Decimal(precision = 12, scale = 2) BigDecimal price,
            double grams,
            boolean active,
            Condition condition,
            Optional<String> note) {}

    /** How much it was used. */
    public enum Condition {
        NEW,
        OPENED,
        USED
    }

    /** Something to look at. */
    public sealed interface Medium {}

    /** A picture. */
    public record Image(String url, int width, int height) implements Medium {}

    /** A moving picture. */
    public record Film(String url, long seconds) implements Medium {}

    /** What somebody said. */
    public record Quote(String text, Optional<String> author) implements Medium {}

    /** A chapter, which may have chapters. */
    public record Section(String title, List<String> skus, List<Section> sections) {}

    /** Catalogues that differ; the same ones on every call. */
    public static List<Catalogue> catalogues(int count) {
        Random random = new Random(3);
        List<Catalogue> catalogues = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            catalogues.add(catalogue(random));
        }
        return List.copyOf(catalogues);
    }

    private static Catalogue catalogue(Random random) {
        List<Article> articles = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            articles.add(article(random));
        }
        List<Medium> media = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            media.add(medium(random));
        }
        Map<String, Section> sections = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            sections.put("section-" + i, section(random, 3));
        }
        return new Catalogue(
                new UUID(random.nextLong(), random.nextLong()),
                text(random, 4),
                text(random, 400),
                LocalDate.ofEpochDay(20_000 + random.nextInt(1_000)),
                List.copyOf(articles),
                List.copyOf(media),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(medium(random)),
                sections);
    }

    private static Article article(Random random) {
        return new Article(
                sku(random),
                text(random, 1 + random.nextInt(4)),
                random.nextInt(1_000),
                BigDecimal.valueOf(random.nextInt(1_000_000), 2),
                random.nextInt(100_000),
                random.nextInt(10) > 0,
                Condition.values()[random.nextInt(3)],
                random.nextInt(3) == 0 ? Optional.of(text(random, 5)) : Optional.empty());
    }

    private static Medium medium(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Image(url(random), 1 + random.nextInt(5_000), 1 + random.nextInt(5_000));
            case 1 -> new Film(url(random), random.nextInt(10_000));
            default -> new Quote(text(random, 12), random.nextBoolean() ? Optional.of("Ada") : Optional.empty());
        };
    }

    private static Section section(Random random, int depth) {
        List<String> skus = new ArrayList<>();
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            skus.add(sku(random));
            if (depth > 1) {
                sections.add(section(random, depth - 1));
            }
        }
        return new Section(text(random, 2), List.copyOf(skus), List.copyOf(sections));
    }

    private static String sku(Random random) {
        return "sku-" + (100_000 + random.nextInt(900_000));
    }

    private static String url(Random random) {
        return "https://media.example.com/" + Long.toHexString(random.nextLong());
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
