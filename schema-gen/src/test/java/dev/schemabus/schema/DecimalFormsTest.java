package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers at the scale that {@link Decimal} declares; their bytes are in {@link PlainTypesTest}. */
class DecimalFormsTest {

    record Price(@Decimal(precision = 6, scale = 2) BigDecimal price) {}

    private static LogicalType.Forms<?> forms() {
        RecordShape shape = (RecordShape) SchemaGenerator.standard().shape(Price.class);
        return ((Shape.OfLogical) shape.components().get(0).shape()).forms();
    }

    @ParameterizedTest
    @CsvSource({"12.5, 12.50", "0, 0.00", "1E+3, 1000.00", "12.3400, 12.34", "-9999.99, -9999.99", "0E+999999999, 0.00"
    })
    void aDecimalTakesTheDeclaredScale(BigDecimal value, BigDecimal written) {
        assertThat(forms().json().toScalar(value)).isEqualTo(written);
        assertThat(forms().avro().fromScalar(forms().avro().toScalar(value))).isEqualTo(written);
    }

    @Test
    void aDecimalIsNeverRounded() {
        assertThatThrownBy(() -> forms().avro().toScalar(new BigDecimal("1.005")))
                .hasMessage(
                        "the number has more than the 2 digits after the point that @Decimal allows: round it first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000", "-10000.00", "1E+999999999"})
    @Timeout(5) // written out, the last one has a billion digits
    void aDecimalWithTooManyDigitsIsRefusedAtOnce(BigDecimal value) {
        assertThatThrownBy(() -> forms().json().fromScalar(value))
                .hasMessage("the number has more than the 6 digits that @Decimal allows, 2 of them after the point:"
                        + " raise the precision");
    }
}
