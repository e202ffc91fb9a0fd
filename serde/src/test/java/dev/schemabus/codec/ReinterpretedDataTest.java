package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that Avro's schema resolution, and so every compatibility level, lets pass although the values change. */
class ReinterpretedDataTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Name("shop.Payment")
    record Millis(Instant at) {}

    @Name("shop.Payment")
    record Micros(@Timestamp(Timestamp.Unit.MICROS) Instant at) {}

    @Name("shop.Payment")
    record Nothing() {}

    @Name("shop.Payment")
    record Day(LocalDate at) {}

    @Name("shop.Payment")
    record Bare(long at) {}

    @Name("shop.Price")
    record Cents(@Decimal(precision = 12, scale = 2) BigDecimal amount) {}

    @Name("shop.Price")
    record MoreCents(@Decimal(precision = 20, scale = 2) BigDecimal amount) {}

    @Name("shop.Price")
    record Fractions(@Decimal(precision = 12, scale = 4) BigDecimal amount) {}

    @Name("shop.Book")
    record Book1(List<Optional<Cents>> prices) {}

    @Name("shop.Book")
    record Book2(List<Optional<Fractions>> prices) {}

    @Test
    void microsecondsAreNotReadAsMilliseconds() {
        assertThatThrownBy(() -> Codecs.rewritten(Micros.class, new Micros(NOON), Millis.class, SchemaFormat.AVRO))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageStartingWith("Data of schema shop.Payment can't be read as " + Millis.class.getName()
                        + ": Payment.at: What was written as timestamp-micros is read as timestamp-millis."
                        + " Keep timestamp-micros, or add a component of another name.");
    }

    @Test
    void daysAreNotReadAsMilliseconds() {
        LocalDate day = LocalDate.of(2026, 3, 1);

        assertThatThrownBy(() -> Codecs.rewritten(Day.class, new Day(day), Millis.class, SchemaFormat.AVRO))
                .hasMessageContaining("Payment.at: What was written as date is read as timestamp-millis.");
    }

    @Test
    void aDecimalPointIsNotMovedHoweverDeepItLies() {
        Book2 fractions = new Book2(List.of(Optional.of(new Fractions(new BigDecimal("12.3456")))));

        assertThatThrownBy(() -> Codecs.rewritten(Book2.class, fractions, Book1.class, SchemaFormat.AVRO))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageContaining("Price.amount: What was written with scale 4 is read with scale 2.");
    }

    @Test
    void aDecimalMayHaveGotMoreDigits() {
        Cents cents = new Cents(new BigDecimal("12.34"));

        assertThat(Codecs.rewritten(Cents.class, cents, MoreCents.class, SchemaFormat.AVRO))
                .isEqualTo(new MoreCents(new BigDecimal("12.34")));
    }

    @Test
    void aNumberWithoutAMeaningOfItsOwnTakesTheTypes() {
        assertThat(Codecs.rewritten(Bare.class, new Bare(NOON.toEpochMilli()), Millis.class, SchemaFormat.AVRO))
                .isEqualTo(new Millis(NOON));
    }

    @Test
    void whatTheTypeDoesNotReadMayMeanAnything() {
        assertThat(Codecs.rewritten(Micros.class, new Micros(NOON), Nothing.class, SchemaFormat.AVRO))
                .isEqualTo(new Nothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"scale\":0"})
    void aScaleThatIsNotWrittenIsZero(String scale) {
        EventSchema writer = EventSchema.of(SchemaFormat.AVRO, """
                {"type":"record","name":"shop.Whole","fields":[{"name":"amount","type":
                {"type":"bytes","logicalType":"decimal","precision":4%s}}]}""".formatted(scale));
        Decoder<Whole> decoder = new CodecFactory(SchemaGenerator.standard()).decoder(Whole.class, writer);

        assertThat(Codecs.decode(decoder, new byte[] {2, 7})).isEqualTo(new Whole(BigDecimal.valueOf(7)));
    }

    @Name("shop.Whole")
    record Whole(@Decimal(precision = 4) BigDecimal amount) {}
}
