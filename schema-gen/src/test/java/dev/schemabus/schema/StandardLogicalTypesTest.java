package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardLogicalTypesTest {

    record Values(
            @Decimal(precision = 6, scale = 2) BigDecimal price,
            Instant millis,
            @Timestamp(Timestamp.Unit.MICROS) Instant micros,
            LocalDate day,
            UUID id) {}

    private static LogicalType.Forms<?> forms(String component) {
        RecordShape shape = (RecordShape) SchemaGenerator.standard().shape(Values.class);
        return shape.components().stream()
                .filter(c -> c.javaName().equals(component))
                .map(c -> (Shape.OfLogical) c.shape())
                .findFirst()
                .orElseThrow()
                .forms();
    }

    @ParameterizedTest
    @CsvSource({"12.5, 12.50", "0, 0.00", "1E+3, 1000.00", "12.3400, 12.34", "-9999.99, -9999.99", "0E+999999999, 0.00"
    })
    void aDecimalTakesTheDeclaredScale(BigDecimal value, BigDecimal written) {
        assertThat(forms("price").json().toScalar(value)).isEqualTo(written);
        assertThat(forms("price").avro().fromScalar(forms("price").avro().toScalar(value)))
                .isEqualTo(written);
    }

    @Test
    void aDecimalIsNeverRounded() {
        assertThatThrownBy(() -> forms("price").avro().toScalar(new BigDecimal("1.005")))
                .hasMessage(
                        "the number has more than the 2 digits after the point that @Decimal allows: round it first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000", "-10000.00", "1E+999999999"})
    @Timeout(5) // written out, the last one has a billion digits
    void aDecimalWithTooManyDigitsIsRefusedAtOnce(BigDecimal value) {
        assertThatThrownBy(() -> forms("price").json().fromScalar(value))
                .hasMessage("the number has more than the 6 digits that @Decimal allows, 2 of them after the point:"
                        + " raise the precision");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "2026-01-31T10:15:30.123456Z",
                "9999-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00.000001Z"
            })
    void anInstantKeepsItsMicroseconds(Instant at) {
        assertThat(forms("micros").avro().fromScalar(forms("micros").avro().toScalar(at)))
                .isEqualTo(at);
        assertThat(forms("micros").json().fromScalar(forms("micros").json().toScalar(at)))
                .isEqualTo(at);
    }

    @Test
    void whatIsSmallerThanTheUnitIsCutOffTowardsThePast() {
        Instant justBeforeTheEpoch = Instant.ofEpochSecond(0, -1);

        assertThat(forms("millis").avro().toScalar(justBeforeTheEpoch)).isEqualTo(-1L);
        assertThat(forms("micros").avro().toScalar(justBeforeTheEpoch)).isEqualTo(-1L);
    }

    @Test
    void timesTooFarAwaySaySo() {
        assertThatThrownBy(() -> forms("millis").avro().toScalar(Instant.MAX))
                .hasMessage("the time is too far from 1970 for 64 bits of milliseconds");
        assertThatThrownBy(() -> forms("micros").avro().toScalar(Instant.MAX))
                .hasMessage("the time is too far from 1970 for 64 bits of microseconds");
        assertThatThrownBy(() -> forms("day").avro().toScalar(LocalDate.MAX))
                .hasMessage("the date is too far from 1970 for 32 bits of days");
    }

    @ParameterizedTest
    @ValueSource(strings = {"millis", "day", "id"})
    void aTextThatIsNoValueIsAnsweredWithAnExample(String component) {
        assertThatThrownBy(() -> forms(component).json().fromScalar("nonsense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("write it like ");
    }
}
