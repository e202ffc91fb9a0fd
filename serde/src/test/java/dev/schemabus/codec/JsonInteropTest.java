package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemabus.schema.SchemaFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may make of our JSON, and we of theirs. */
class JsonInteropTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void payloadsValidateAgainstTheSchema(long seed) {
        Shop.Everything value = new RandomValues(seed).next(Shop.Everything.class);
        byte[] payload = Codecs.own(Shop.Everything.class, SchemaFormat.JSON).encode(value, 0);

        assertThat(errors(Shop.Everything.class, new String(payload, StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void aValidatorThatSawNothingWouldHaveFailed() {
        assertThat(errors(Shop.Everything.class, "{}")).isNotEmpty();
    }

    private static List<Error> errors(Class<?> type, String payload) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Codecs.schema(type, SchemaFormat.JSON).text())
                .validate(
                        payload,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    record Numbers(int count, long total, float ratio, double mean) {}

    private final Codec<Numbers> numbers = Codecs.own(Numbers.class, SchemaFormat.JSON);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"count\":7,\"total\":8,\"ratio\":1,\"mean\":2}",
                "{\"count\":7.0,\"total\":0.8e1,\"ratio\":1.0,\"mean\":2e0}",
                " { \"mean\" : 2.000, \"total\" : 800E-2, \"count\" : 7, \"ratio\" : 1.00, \"unknown\" : [ { } ] } "
            })
    void aNumberIsItsValueHoweverItIsWritten(String json) {
        assertThat(Codecs.decode(numbers, json)).isEqualTo(new Numbers(7, 8, 1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"count\":7.5,\"total\":8,\"ratio\":1,\"mean\":2}",
                "{\"count\":2147483648,\"total\":8,\"ratio\":1,\"mean\":2}",
                "{\"count\":1e999999999,\"total\":8,\"ratio\":1,\"mean\":2}",
                "{\"count\":7,\"total\":9223372036854775808,\"ratio\":1,\"mean\":2}",
                "{\"count\":7,\"total\":8,\"ratio\":1e39,\"mean\":2}",
                "{\"count\":7,\"total\":8,\"ratio\":1,\"mean\":1e309}",
                "{\"count\":7,\"total\":8,\"ratio\":1,\"mean\":NaN}",
                "{\"count\":7,\"total\":8,\"ratio\":1,\"mean\":\"2\"}",
                "{\"count\":null,\"total\":8,\"ratio\":1,\"mean\":2}"
            })
    void aNumberOutOfRangeIsMalformed(String json) {
        assertThatThrownBy(() -> Codecs.decode(numbers, json)).isInstanceOf(MalformedPayloadException.class);
    }

    record Noted(Optional<String> note) {}

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"note\":null}"})
    void absenceIsNoPropertyOrANull(String json) {
        assertThat(Codecs.decode(Codecs.own(Noted.class, SchemaFormat.JSON), json))
                .isEqualTo(new Noted(Optional.empty()));
    }
}
