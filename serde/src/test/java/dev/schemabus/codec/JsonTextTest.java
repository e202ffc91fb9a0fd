package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.SchemaFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties in any order and encoding: what is read, and what isn't. */
class JsonTextTest {

    record Texts(List<String> texts, Map<String, String> byKey) {}

    private final Codec<Texts> texts = Codecs.own(Texts.class, SchemaFormat.JSON);

    private static byte[] with(String hex) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("{\"texts\":[\"".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(HexFormat.ofDelimiter(" ").parseHex(hex));
        out.writeBytes("\"],\"byKey\":{}}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "C0 80",
                "C1 BF",
                "C3",
                "E0 80 80",
                "E0 9F BF",
                "ED A0 80",
                "ED BF BF",
                "E2 82",
                "F0 8F BF BF",
                "F4 90 80 80",
                "F5 80 80 80",
                "F0 9F 98",
                "FE"
            })
    void whatIsNotUtf8IsRefusedWithItsPlace(String hex) {
        assertThatThrownBy(() -> Codecs.decode(texts, with(hex)))
                .isInstanceOfSatisfying(
                        MalformedPayloadException.class,
                        e -> assertThat(e.offset()).isEqualTo(11));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7F",
                "C2 80",
                "DF BF",
                "E0 A0 80",
                "ED 9F BF",
                "EE 80 80",
                "EF BF BF",
                "F0 90 80 80",
                "F4 8F BF BF"
            })
    void whatIsUtf8IsRead(String hex) {
        String text = new String(HexFormat.ofDelimiter(" ").parseHex(hex), StandardCharsets.UTF_8);
        byte[] payload = with(hex);

        assertThat(Codecs.decode(texts, payload).texts()).containsExactly(text);
        assertThat(texts.encode(Codecs.decode(texts, payload), 0)).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'texts':['\\uD83D'],'byKey':{}}",
                "{'texts':['\\uDE00\\uD83D'],'byKey':{}}",
                "{'texts':[],'byKey':{'\\uD83D':''}}",
                "{'texts':[],'byKey':{},'x':'\\uD83D'}",
                "{'texts':[],'byKey':{},'x':{'\\uD83D':1}}",
                "{'texts':[],'byKey':{},'\\uD83D':1}"
            })
    void halfASurrogatePairIsRefusedWhereverItIs(String json) {
        assertThatThrownBy(() -> Codecs.decode(texts, json.replace('\'', '"')))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining(" surrogate pair");
    }

    @Test
    void anEscapedPairIsRead() {
        assertThat(Codecs.decode(texts, "{\"texts\":[\"\\uD83D\\uDE00 \\u00e9\\n\"],\"byKey\":{}}")
                        .texts())
                .containsExactly("\uD83D\uDE00 \u00E9\n");
    }

    @Test
    void aTextThatLooksLikeAnEscapeIsWrittenAndRead() {
        Texts value = new Texts(
                List.of("\\uD83D", "\\\\uD83D", "\u0001\u001F\"\\/\u2028"), Map.of("\\uDE00", "\uD83D\uDE00"));

        assertThat(Codecs.decode(texts, texts.encode(value, 0))).isEqualTo(value);
    }

    @Test
    void surrogatePairsAcrossTheGeneratorsBufferAreKept() {
        for (int length = 3_990; length < 4_010; length++) {
            Texts value = new Texts(List.of("x".repeat(length) + "\uD83D\uDE00".repeat(10)), Map.of());

            assertThat(Codecs.decode(texts, texts.encode(value, 0))).isEqualTo(value);
        }
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(Codecs.decode(texts, "\uFEFF{\"texts\":[],\"byKey\":{}}").texts())
                .isEmpty();
    }

    @Test
    void onlyUtf8IsJson() {
        byte[] wide = "{\"texts\":[],\"byKey\":{}}".getBytes(StandardCharsets.UTF_16BE);

        assertThatThrownBy(() -> Codecs.decode(texts, wide)).isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void thePayloadMayStandAnywhereInAnArray() {
        byte[] payload = texts.encode(new Texts(List.of("a"), Map.of()), 7);
        byte[] more = Arrays.copyOf(payload, payload.length + 9);
        Arrays.fill(more, payload.length, more.length, (byte) '}');

        assertThat(texts.decode(more, 7, payload.length - 7).texts()).containsExactly("a");
    }

    record Zeroes(float a, double b) {}

    @ParameterizedTest
    @ValueSource(strings = {"-0.0", "-0", "-0e5"})
    void theSignOfZeroIsKept(String zero) {
        Codec<Zeroes> codec = Codecs.own(Zeroes.class, SchemaFormat.JSON);
        Zeroes value = Codecs.decode(codec, "{\"a\":%s,\"b\":%s}".replace("%s", zero));

        assertThat(value).isEqualTo(new Zeroes(-0f, -0d));
        assertThat(Codecs.decode(codec, codec.encode(value, 0))).isEqualTo(value);
    }

    record Renamed(@Aliases({"count", "number"}) int quantity, Optional<String> note) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'quantity':1}                      | 1",
                "{'count':2}                         | 2",
                "{'number':3}                        | 3",
                "{'quantity':1,'count':2}            | 1",
                "{'count':2,'quantity':1}            | 1",
                "{'quantity':1,'count':2,'number':3} | 1",
                "{'note':'x','count':2}              | 2"
            })
    void aNameCountsMoreThanAnEarlierOne(String json, int quantity) {
        Codec<Renamed> codec = Codecs.own(Renamed.class, SchemaFormat.JSON);

        assertThat(Codecs.decode(codec, json.replace('\'', '"')).quantity()).isEqualTo(quantity);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'quantity':1,'quantity':1}",
                "{'count':1,'count':1}",
                "{'count':1,'number':1}",
                "{'quantity':1,'x':1,'x':1}",
                "{'quantity':1,'x':{'y':1,'y':1}}"
            })
    void aPropertyThatIsThereTwiceIsRefused(String json) {
        Codec<Renamed> codec = Codecs.own(Renamed.class, SchemaFormat.JSON);

        assertThatThrownBy(() -> Codecs.decode(codec, json.replace('\'', '"')))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining(" twice");
    }

    sealed interface Node permits Leaf, Pair {}

    record Leaf(int value) implements Node {}

    record Pair(Node left, Optional<Node> right) implements Node {}

    private final Codec<Node> nodes = Codecs.own(Node.class, SchemaFormat.JSON);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'@type':'Pair','left':{'@type':'Leaf','value':1},'right':{'@type':'Leaf','value':2}}",
                "{'left':{'value':1,'@type':'Leaf'},'right':{'value':2,'@type':'Leaf'},'@type':'Pair'}",
                "{'left':{'value':1,'@type':'Leaf'},'@type':'Pair','right':{'@type':'Leaf','value':2}}",
                "{'x':[{'@type':'y'}],'left':{'z':1,'@type':'Leaf','value':1},'right':{'@type':'Leaf','value':2},'@type':'Pair'}"
            })
    void theDiscriminatorMayStandAnywhere(String json) {
        assertThat(Codecs.decode(nodes, json.replace('\'', '"')))
                .isEqualTo(new Pair(new Leaf(1), Optional.of(new Leaf(2))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'@type':'Leaf','@type':'Leaf','value':1}",
                "{'@type':'Leaf','value':1,'@type':'Leaf'}",
                "{'value':1,'@type':'Leaf','@type':'Leaf'}",
                "{'@type':1,'value':1}",
                "{'@type':null,'value':1}",
                "{'value':1}",
                "{}",
                "{'value':1,'@type':'Leaf'",
                "{'value':[,'@type':'Leaf'}"
            })
    void aDiscriminatorThatIsMissingOrTwiceThereIsRefused(String json) {
        assertThatThrownBy(() -> Codecs.decode(nodes, json.replace('\'', '"')))
                .isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void aPathLeadsToTheProblem() {
        assertThatThrownBy(() -> Codecs.decode(
                        nodes, "{\"@type\":\"Pair\",\"left\":{\"@type\":\"Leaf\",\"value\":true},\"right\":null}"))
                .isInstanceOfSatisfying(MalformedPayloadException.class, e -> {
                    assertThat(e.path()).isEqualTo(".left.value");
                    assertThat(e.offset()).isEqualTo(51);
                });
    }
}
