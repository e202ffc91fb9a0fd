package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A union at the root of which some branches are bound to types, and others to none. */
class RootUnionTest {

    sealed interface Pay permits Cash, Card, Cheque {}

    record Cash(int cents) implements Pay {}

    record Card(String number) implements Pay {}

    record Cheque(String bank) implements Pay {}

    @Aliases("dev.schemabus.codec.Card")
    record Plastic(String number) {}

    private static <T> Decoder<T> decoder(
            Class<?> union, SchemaFormat format, Limits limits, Map<String, Class<? extends T>> bound) {
        return new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .withLimits(limits)
                .union(
                        Codecs.schema(union, format),
                        branch -> Optional.ofNullable(bound.get(simpleName(branch))),
                        branch -> new UnreadableSchemaException("a stranger: " + simpleName(branch)));
    }

    private static String simpleName(EventSchema branch) {
        String name = branch.name().orElse("");
        return name.substring(name.lastIndexOf('.') + 1).replace("-branch", "");
    }

    private static final Decoder<Record> CASH_ONLY =
            decoder(Pay.class, SchemaFormat.JSON, Limits.standard(), Map.of("Cash", Cash.class));

    private static void assertMalformed(byte[] payload, String message) {
        assertThatThrownBy(() -> Codecs.decode(CASH_ONLY, payload))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining(message);
    }

    @Test
    void jsonIsUtf8WhateverItsFirstBytesLookLike() {
        String card = "{\"@type\":\"Card\",\"number\":\"1\"}";

        assertThatThrownBy(() -> Codecs.decode(CASH_ONLY, card)).hasMessage("a stranger: Card");
        assertThatThrownBy(() -> Codecs.decode(CASH_ONLY, "\uFEFF" + card)).hasMessage("a stranger: Card");
        assertMalformed(new byte[] {0, 0, 0, '{', -1, -1, -1, -1}, "no UTF-8");
        assertMalformed(card.getBytes(StandardCharsets.UTF_16BE), "it is not JSON");
        assertMalformed(card.getBytes(StandardCharsets.UTF_16LE), "it is not JSON");
        assertMalformed(card.replace('1', '\u00E9').getBytes(StandardCharsets.ISO_8859_1), "no UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[", "7", "{", "{\"x\":", "{\"x\":1,}", "{\"@type\":", "{\"@type\":1}", "{} {}"})
    void whatIsNoObjectOfABranchIsMalformed(String json) {
        assertMalformed(json.getBytes(StandardCharsets.UTF_8), "Record");
    }

    @Test
    void limitsComeFirst() {
        Decoder<Record> small =
                decoder(Pay.class, SchemaFormat.JSON, Limits.standard().withValueBytes(40), Map.of("Cash", Cash.class));
        String deep = "{\"x\":" + "[".repeat(64) + "]".repeat(64) + ",\"@type\":\"Card\"}";

        assertThatThrownBy(() -> Codecs.decode(small, "{\"@type\":\"Card\",\"number\":\"1234567890123\"}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("schemabus.limits.value.bytes");
        assertMalformed(deep.getBytes(StandardCharsets.UTF_8), "schemabus.limits.depth");
    }

    @ParameterizedTest
    @EnumSource
    void aBranchMayBeBoundToASealedInterface(SchemaFormat format) {
        Codec<Pay> writer = Codecs.own(Pay.class, format);
        Decoder<Object> reader =
                decoder(Pay.class, format, Limits.standard(), Map.of("Cash", Pay.class, "Card", Plastic.class));

        assertThat(Codecs.decode(reader, writer.encode(new Cash(7), 0))).isEqualTo(new Cash(7));
        // The sealed interface has a Card, too, and this branch isn't bound to it.
        assertThat(Codecs.decode(reader, writer.encode(new Card("1"), 0))).isEqualTo(new Plastic("1"));
        assertThatThrownBy(() -> Codecs.decode(reader, writer.encode(new Cheque("b"), 0)))
                .hasMessage("a stranger: Cheque");
    }
}
