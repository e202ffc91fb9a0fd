package dev.schemabus.benchmarks.hand;

import dev.schemabus.benchmarks.Catalogues.Article;
import dev.schemabus.benchmarks.Catalogues.Catalogue;
import dev.schemabus.benchmarks.Catalogues.Condition;
import dev.schemabus.benchmarks.Catalogues.Film;
import dev.schemabus.benchmarks.Catalogues.Image;
import dev.schemabus.benchmarks.Catalogues.Medium;
import dev.schemabus.benchmarks.Catalogues.Quote;
import dev.schemabus.benchmarks.Catalogues.Section;
import dev.schemabus.codec.Decoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Catalogues. */
@SuppressWarnings("EnumOrdinal") // Avro counts the constants as Java does: they are the same
public final class CatalogueCodec implements HandCodec<Catalogue> {

    private static final Condition[] CONDITIONS = Condition.values();
    private static final int PRECISION = 12;
    private static final int SCALE = 2;

    /** Deeper than any catalogue; without a bound, a short payload could overflow the stack. */
    private static final int MAX_DEPTH = 64;

    @Override
    public byte[] encode(Catalogue catalogue, int headroom) {
        Scratch scratch = Scratch.own();
        byte[] out = scratch.bytes;
        while (true) {
            try {
                return Scratch.cut(out, write(catalogue, out, headroom));
            } catch (IndexOutOfBoundsException e) {
                out = scratch.larger(out, e);
            }
        }
    }

    private static int write(Catalogue catalogue, byte[] out, int start) {
        int at = Put.text(out, start, catalogue.id().toString());
        at = Put.text(out, at, catalogue.title());
        at = Put.text(out, at, catalogue.introduction());
        at = Put.number(out, at, catalogue.validFrom().toEpochDay());
        at = articles(out, at, catalogue.articles());
        at = media(out, at, catalogue.media());
        if (catalogue.cover().isPresent()) {
            at = medium(out, at, catalogue.cover().get(), 1);
        } else {
            out[at++] = 0;
        }
        Map<String, Section> sections = catalogue.sections();
        if (!sections.isEmpty()) {
            at = Put.number(out, at, sections.size());
            for (Map.Entry<String, Section> section : sections.entrySet()) {
                at = Put.text(out, at, section.getKey());
                at = section(out, at, section.getValue());
            }
        }
        out[at] = 0;
        return at + 1;
    }

    private static int articles(byte[] out, int start, List<Article> articles) {
        int at = start;
        if (!articles.isEmpty()) {
            at = Put.number(out, at, articles.size());
            for (Article article : articles) {
                at = article(out, at, article);
            }
        }
        out[at] = 0;
        return at + 1;
    }

    private static int article(byte[] out, int start, Article article) {
        int at = Put.text(out, start, article.sku());
        at = Put.text(out, at, article.name());
        at = Put.number(out, at, article.stock());
        at = Put.decimal(out, at, article.price(), PRECISION, SCALE);
        at = Put.real(out, at, article.grams());
        out[at++] = (byte) (article.active() ? 1 : 0);
        at = Put.number(out, at, article.condition().ordinal());
        return maybe(out, at, article.note());
    }

    private static int media(byte[] out, int start, List<Medium> media) {
        int at = start;
        if (!media.isEmpty()) {
            at = Put.number(out, at, media.size());
            for (Medium medium : media) {
                at = medium(out, at, medium, 0);
            }
        }
        out[at] = 0;
        return at + 1;
    }

    /** The branches stand in the order of the sealed interface; before them, where it is optional, stands null. */
    private static int medium(byte[] out, int start, Medium medium, int firstBranch) {
        if (medium instanceof Image image) {
            int at = Put.number(out, start, firstBranch);
            at = Put.text(out, at, image.url());
            at = Put.number(out, at, image.width());
            return Put.number(out, at, image.height());
        }
        if (medium instanceof Film film) {
            int at = Put.number(out, start, firstBranch + 1);
            at = Put.text(out, at, film.url());
            return Put.number(out, at, film.seconds());
        }
        Quote quote = (Quote) medium;
        int at = Put.number(out, start, firstBranch + 2);
        at = Put.text(out, at, quote.text());
        return maybe(out, at, quote.author());
    }

    private static int section(byte[] out, int start, Section section) {
        int at = Put.text(out, start, section.title());
        if (!section.skus().isEmpty()) {
            at = Put.number(out, at, section.skus().size());
            for (String sku : section.skus()) {
                at = Put.text(out, at, sku);
            }
        }
        out[at++] = 0;
        if (!section.sections().isEmpty()) {
            at = Put.number(out, at, section.sections().size());
            for (Section inner : section.sections()) {
                at = section(out, at, inner);
            }
        }
        out[at] = 0;
        return at + 1;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static int maybe(byte[] out, int at, Optional<String> text) {
        if (text.isEmpty()) {
            out[at] = 0;
            return at + 1;
        }
        out[at] = 2;
        return Put.text(out, at + 1, text.get());
    }

    @Override
    public Catalogue decode(byte[] bytes, int offset, int length) {
        Take in = new Take(bytes, offset, length);
        Catalogue catalogue = new Catalogue(
                UUID.fromString(in.text()),
                in.text(),
                in.text(),
                LocalDate.ofEpochDay(in.integer()),
                articles(in),
                list(in, each -> medium(each, each.index())),
                cover(in),
                sections(in));
        in.requireEnd();
        return catalogue;
    }

    private static <T> List<T> list(Take in, Function<Take, T> element) {
        int count = in.items();
        List<T> list = new ArrayList<>(count);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                list.add(element.apply(in));
            }
            count = in.items();
        }
        return Collections.unmodifiableList(list);
    }

    /** A loop of its own: in one that all lists share, the call for each of 1,000 articles could go anywhere. */
    private static List<Article> articles(Take in) {
        int count = in.items();
        List<Article> list = new ArrayList<>(count);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                list.add(article(in));
            }
            count = in.items();
        }
        return Collections.unmodifiableList(list);
    }

    private static Article article(Take in) {
        return new Article(
                in.text(),
                in.text(),
                in.number(),
                in.decimal(SCALE),
                in.real(),
                in.bool(),
                CONDITIONS[in.index()],
                maybe(in));
    }

    private static Medium medium(Take in, int branch) {
        return switch (branch) {
            case 0 -> new Image(in.text(), in.integer(), in.integer());
            case 1 -> new Film(in.text(), in.number());
            case 2 -> new Quote(in.text(), maybe(in));
            default -> throw new IllegalArgumentException("no such branch: " + branch);
        };
    }

    private static Optional<Medium> cover(Take in) {
        int branch = in.index();
        return branch == 0 ? Optional.empty() : Optional.of(medium(in, branch - 1));
    }

    private static Map<String, Section> sections(Take in) {
        int count = in.items();
        Map<String, Section> sections = new LinkedHashMap<>(count * 2);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                sections.put(in.text(), section(in, 1));
            }
            count = in.items();
        }
        return Collections.unmodifiableMap(sections);
    }

    private static Section section(Take in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("sections are nested more than " + MAX_DEPTH + " deep");
        }
        return new Section(in.text(), list(in, Take::text), list(in, each -> section(each, depth + 1)));
    }

    private static Optional<String> maybe(Take in) {
        return switch (in.index()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(in.text());
            default -> throw new IllegalArgumentException("no such branch");
        };
    }

    @Override
    public Decoder<Catalogue> older() {
        return CatalogueCodec::decodeOlder;
    }

    private static Catalogue decodeOlder(byte[] bytes, int offset, int length) {
        Take in = new Take(bytes, offset, length);
        String title = in.text();
        UUID id = UUID.fromString(in.text());
        String introduction = in.text();
        int tags = in.items();
        while (tags > 0) {
            for (int i = 0; i < tags; i++) {
                in.skipText();
            }
            tags = in.items();
        }
        Map<String, Section> sections = sections(in);
        LocalDate validFrom = LocalDate.ofEpochDay(in.integer());
        List<Medium> media = list(in, CatalogueCodec::olderMedium);
        List<Article> articles = list(in, CatalogueCodec::olderArticle);
        in.requireEnd();
        return new Catalogue(id, title, introduction, validFrom, articles, media, Optional.empty(), sections);
    }

    private static Article olderArticle(Take in) {
        String name = in.text();
        String sku = in.text();
        in.skipText();
        int stock = in.integer();
        float grams = in.smallReal();
        Condition condition = CONDITIONS[in.index()];
        boolean active = in.bool();
        return new Article(sku, name, stock, in.decimal(SCALE), grams, active, condition, Optional.empty());
    }

    private static Medium olderMedium(Take in) {
        return switch (in.index()) {
            case 0 -> new Film(in.text(), in.integer());
            case 1 -> {
                int height = in.integer();
                int width = in.integer();
                yield new Image(in.text(), width, height);
            }
            default -> throw new IllegalArgumentException("no such branch");
        };
    }
}
