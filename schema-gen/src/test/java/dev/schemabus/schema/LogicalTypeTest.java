package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a logical type may say, and what becomes of it in schemas. */
class LogicalTypeTest {

    record Iban(String digits) {}

    record Account(Iban iban) {}

    private static SchemaGenerator knowing(LogicalType<?> type) {
        return SchemaGenerator.standard()
                .withLogicalTypes(LogicalTypes.standard().plus(type));
    }

    private static LogicalType<Iban> avro(Representation<Iban, ?> form) {
        return LogicalType.of(Iban.class, form, Representation.ofString(Iban::digits, Iban::new));
    }

    @ParameterizedTest
    @EnumSource(SchemaFormat.class)
    void aTextTakesOneLine(SchemaFormat format) {
        SchemaGenerator generator = knowing(LogicalType.text(Iban.class, Iban::digits, Iban::new));

        assertThat(generator.generate(Account.class, format).text()).contains("\"string\"");
    }

    @Test
    void attributesStandInTheOrderOfTheirNames() {
        Representation<Iban, String> text = Representation.ofString(Iban::digits, Iban::new);

        assertThat(text.with("b", 1).with("c", 2).with("a", 3).attributes().keySet())
                .containsExactly("a", "b", "c");
    }

    record Ids(@Fixed UUID first, List<@Fixed UUID> more, Optional<@Fixed UUID> last, UUID text) {}

    @Test
    void aFixedTypeIsWrittenOnceAndThenNamed() {
        String schema = SchemaGenerator.standard()
                .generate(Ids.class, SchemaFormat.AVRO)
                .text();

        assertThat(schema)
                .containsOnlyOnce("\"type\":\"fixed\"")
                .contains("{\"type\":\"fixed\",\"name\":\"Uuid\",\"namespace\":\"dev.schemabus.fixed\",\"size\":16,"
                        + "\"logicalType\":\"uuid\"}")
                .contains("{\"type\":\"array\",\"items\":\"dev.schemabus.fixed.Uuid\"}")
                .contains("[\"null\",\"dev.schemabus.fixed.Uuid\"]");
    }

    record Clash(@Fixed UUID id, Iban iban) {}

    @Test
    void oneNameForTwoFixedTypesIsRefused() {
        Representation.FixedType taken = new Representation.FixedType("dev.schemabus.fixed.Uuid", 8);
        SchemaGenerator generator =
                knowing(avro(Representation.ofFixed(taken, iban -> new byte[8], bytes -> new Iban(""))));

        assertThatThrownBy(() -> generator.generate(Clash.class, SchemaFormat.AVRO))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("Two types are named dev.schemabus.fixed.Uuid: ")
                .hasMessageEndingWith(". Give one Representation.FixedType another name");
    }

    @Test
    void aFormOfTheOtherFormatIsRefused() {
        Representation<Iban, byte[]> fixed = Representation.ofFixed(
                new Representation.FixedType("com.acme.Iban", 8), iban -> new byte[8], bytes -> new Iban(""));
        LogicalType<Iban> json = LogicalType.of(Iban.class, fixed, fixed);
        LogicalType<Iban> avro = avro(Representation.ofNumber(iban -> BigDecimal.ONE, number -> new Iban("")));

        assertThatThrownBy(() -> knowing(json).generate(Account.class, SchemaFormat.JSON))
                .hasMessage("A logical type's JSON form can't be FIXED: use BYTES or STRING");
        assertThatThrownBy(() -> knowing(avro).generate(Account.class, SchemaFormat.AVRO))
                .hasMessage("A logical type's Avro form can't be a NUMBER: use BYTES");
    }

    @Test
    void aFixedTypeGoesWithTheScalarFixedOnly() {
        assertThatThrownBy(() -> new Representation<Iban, byte[]>(
                        Scalar.FIXED, Map.of(), iban -> new byte[8], bytes -> new Iban("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use Representation.ofFixed");
        assertThatThrownBy(() -> new Representation.FixedType("com.acme.Empty", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.acme.Empty");
    }

    record Numbers(short primitive, Short wrapped) {}

    @Test
    void aWrappersTypeServesItsPrimitiveToo() {
        RecordShape shape = (RecordShape) SchemaGenerator.standard().shape(Numbers.class);

        assertThat(shape.components().stream().map(c -> (Object) c.shape().javaType()))
                .containsExactly(short.class, Short.class);
        assertThat(shape.create(new Object[] {(short) 1, (short) 2})).isEqualTo(new Numbers((short) 1, (short) 2));
    }

    record AtHome(
            @Decimal(precision = 6) @Fixed @Timestamp(Timestamp.Unit.MICROS)
            Iban iban) {}

    @Test
    void aUsersTypeMayGiveAnyAnnotationAMeaning() {
        SchemaGenerator generator = knowing(LogicalType.of(
                Iban.class,
                use -> new LogicalType.Forms<>(
                        Representation.<Iban>ofString(Iban::digits, Iban::new)
                                .with("digits", use.getAnnotation(Decimal.class).precision()),
                        Representation.ofString(Iban::digits, Iban::new))));

        assertThat(generator.generate(AtHome.class, SchemaFormat.AVRO).text()).contains("\"digits\":6");
    }
}
