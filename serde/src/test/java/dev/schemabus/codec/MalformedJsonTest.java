package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.SchemaFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: a value, or a MalformedPayloadException. Never another error, never a long wait. */
@Timeout(60)
class MalformedJsonTest {

    private final Codec<Shop.Everything> everything = Codecs.own(Shop.Everything.class, SchemaFormat.JSON);

    private final Codec<Noted> noted = Codecs.own(Noted.class, SchemaFormat.JSON);

    record Noted(String text, Optional<Noted> next) {}

    @Test
    void everyTruncationIsMalformed() {
        byte[] payload = everything.encode(new RandomValues(3).next(Shop.Everything.class), 0);
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> Codecs.decode(everything, cut))
                    .as("%d of %d bytes", length, payload.length)
                    .isInstanceOf(MalformedPayloadException.class);
        }
    }

    @Test
    void everyChangedByteGivesAValueOrIsMalformed() {
        byte[] payload = everything.encode(new RandomValues(3).next(Shop.Everything.class), 0);
        List<String> values = new ArrayList<>();
        for (int at = 0; at < payload.length; at++) {
            for (int value = 0; value < 256; value += at % 8 == 0 ? 1 : 17) {
                byte[] changed = payload.clone();
                changed[at] = (byte) value;
                try {
                    values.add(Codecs.decode(everything, changed).text());
                } catch (MalformedPayloadException expected) {
                    assertThat(expected).hasMessageStartingWith("Everything");
                }
            }
        }
        assertThat(values).as("some changes leave a value").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "[]",
                "\"text\"",
                "{",
                "{\"text\":\"a\"",
                "{\"text\":\"a\"}}",
                "{\"text\":\"a\"} {}",
                "{\"text\":\"a\",}",
                "{'text':'a'}",
                "{\"text\":7}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{\"text\":\"a\",\"next\":{\"text\":\"b\",\"text\":\"b\"}}",
                "{\"text\":\"a\",\"unknown\":{\"x\":1,\"x\":2}}",
                "{\"text\":\"a\",\"next\":7}"
            })
    void thisIsMalformed(String json) {
        assertThatThrownBy(() -> Codecs.decode(noted, json))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Noted");
    }

    record Priced(@Decimal(precision = 12, scale = 2) BigDecimal price, long units) {}

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999999999", "1e2147483647", "1000e2147483647", "1e-2147483648", "1e999999999"})
    void aNumberWithAnExtremeExponentIsMalformed(String number) {
        Codec<Priced> codec = Codecs.own(Priced.class, SchemaFormat.JSON);

        for (String json : List.of("{\"price\":%s,\"units\":1}", "{\"price\":1,\"units\":%s}")) {
            assertThatThrownBy(() -> Codecs.decode(codec, json.replace("%s", number)))
                    .as(json)
                    .isInstanceOf(MalformedPayloadException.class);
        }
    }

    record Dated(Instant at) {}

    @Test
    void aValueThatItsTypeRefusesIsToldWithTheReason() {
        Codec<Priced> priced = Codecs.own(Priced.class, SchemaFormat.JSON);
        Codec<Dated> dated = Codecs.own(Dated.class, SchemaFormat.JSON);

        assertThatThrownBy(() -> Codecs.decode(priced, "{\"price\":1.234,\"units\":1}"))
                .hasMessageStartingWith(
                        "Priced.price: is no BigDecimal: the number has more than the 2 digits after the point that"
                                + " @Decimal allows: round it first");
        assertThatThrownBy(() -> Codecs.decode(priced, "{\"price\":1,\"units\":9223372036854775808}"))
                .hasMessageStartingWith("Priced.units: is a number that LONG can't hold");
        assertThatThrownBy(() -> Codecs.decode(priced, "{\"price\":1,\"units\":1.5}"))
                .hasMessageStartingWith("Priced.units: is a number that LONG can't hold");
        assertThatThrownBy(() -> Codecs.decode(dated, "{\"at\":\"yesterday\"}"))
                .hasMessageStartingWith("Dated.at: is no Instant: write it like 2026-01-31T10:15:30Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"text\":\"a\",\"next\":", "{\"text\":\"a\",\"unknown\":"})
    void nestingWithoutEndIsMalformed(String level) {
        assertThatThrownBy(() -> Codecs.decode(noted, level.repeat(10_000)))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Noted: ");
    }

    @ParameterizedTest
    @CsvSource({"C3, a cut character", "FF, no UTF-8 at all", "ED A0 80, half a surrogate pair"})
    void whatIsNotUtf8IsMalformed(String hex) {
        byte[] json = "{\"text\":\"....\"}".getBytes(StandardCharsets.UTF_8);
        byte[] wrong = HexFormat.ofDelimiter(" ").parseHex(hex);
        System.arraycopy(wrong, 0, json, 9, wrong.length);

        assertThatThrownBy(() -> Codecs.decode(noted, json)).isInstanceOf(MalformedPayloadException.class);
    }

    record Even(int number) {
        Even {
            if (number % 2 != 0) {
                throw new IllegalArgumentException("odd");
            }
        }
    }

    record Evens(List<Even> numbers) {}

    @Test
    void aConstructorMayRefuse() {
        assertThatThrownBy(() -> Codecs.decode(
                        Codecs.own(Evens.class, SchemaFormat.JSON), "{\"numbers\":[{\"number\":2},{\"number\":1}]}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith(
                        "Evens.numbers[1]: the constructor of Even refuses the values (IllegalArgumentException)")
                .hasRootCauseMessage("odd");
    }
}
