package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.SchemaFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reading what an older or newer declaration wrote. */
class JsonEvolutionTest {

    record Item1(String sku, int count, Kind1 kind) {}

    record Item2(
            @Default("0.5") double weight,
            Optional<String> note,
            @Default("[]") List<String> tags,
            @Aliases("count") long quantity,
            String sku,
            Kind2 kind) {}

    record Item3(String sku) {}

    enum Kind1 {
        BOOK,
        VINYL
    }

    enum Kind2 {
        @EnumDefault
        OTHER,
        BOOK
    }

    @Test
    void aNewerTypeReadsOlderData() {
        Item1 written = new Item1("tea", 3, Kind1.VINYL);

        assertThat(Codecs.rewritten(Item1.class, written, Item2.class, SchemaFormat.JSON))
                .isEqualTo(new Item2(0.5, Optional.empty(), List.of(), 3, "tea", Kind2.OTHER));
    }

    @Test
    void anOlderTypeReadsNewerData() {
        Item2 written = new Item2(1, Optional.of("x"), List.of("y"), 3, "tea", Kind2.BOOK);

        assertThat(Codecs.rewritten(Item2.class, written, Item3.class, SchemaFormat.JSON))
                .isEqualTo(new Item3("tea"));
    }

    @Test
    void aRequiredPropertyThatIsMissingIsNamed() {
        assertThatThrownBy(() -> Codecs.rewritten(Item3.class, new Item3("tea"), Item1.class, SchemaFormat.JSON))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Item1.count: is missing, and required");
    }

    record Moved(Shift shift) {}

    sealed interface Shift permits Left {}

    @Aliases("Port")
    record Left(int by) implements Shift {}

    @Test
    void aRenamedBranchIsFoundByItsEarlierName() {
        Codec<Moved> codec = Codecs.own(Moved.class, SchemaFormat.JSON);

        assertThat(Codecs.decode(codec, "{\"shift\":{\"@type\":\"Port\",\"by\":1}}"))
                .isEqualTo(new Moved(new Left(1)));
        assertThatThrownBy(() -> Codecs.decode(codec, "{\"shift\":{\"@type\":\"Up\",\"by\":1}}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Moved.shift: has no property @type that names one of [Left]");
    }
}
