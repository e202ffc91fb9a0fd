package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.LogicalType;
import dev.schemabus.schema.LogicalTypes;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that others wrote, with what no schema of our types has. */
class JsonForeignSchemaTest {

    private static final CodecFactory PLAIN = new CodecFactory(SchemaGenerator.standard()).withMode(Codecs.MODE);

    private static final CodecFactory CHECKING = PLAIN.withValidation(true);

    private static EventSchema schema(String text) {
        return EventSchema.registered(SchemaFormat.JSON, text.replace('\'', '"'));
    }

    record Pair(int a, int b) {}

    @Test
    void aPlainComponentThatTheSchemaForbidsIsNeitherWrittenNorRead() {
        String schema = "{'type':'object','properties':{'a':{'type':'integer'}%s},'additionalProperties':false}";
        Codec<Pair> open = CHECKING.codec(Pair.class, schema(schema.formatted(",'b':{'type':'integer'}")));
        Codec<Pair> closed = CHECKING.codec(Pair.class, schema(schema.formatted("")));

        assertThat(Codecs.decode(open, open.encode(new Pair(1, 2), 0))).isEqualTo(new Pair(1, 2));
        assertThatThrownBy(() -> closed.encode(new Pair(1, 2), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage("Pair.b: is there, and breaks additionalProperties false of the schema");
        assertThatThrownBy(() -> Codecs.decode(closed, "{\"a\":1,\"b\":2}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Pair.b: is there, and breaks additionalProperties false of the schema");
    }

    record Few(int a) {}

    private static String few(String more) {
        return "{'type':'object','properties':{'a':{'type':'integer'},'more':%s}}".formatted(more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e1000000", "1e999999999", "1e-1001", "1e-999999999", "[0,{\"x\":1e1000000}]"})
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a division can't be interrupted
    void aNumberOfVeryManyDigitsKeepsNoValidatorBusy(String number) {
        Decoder<Few> decoder = CHECKING.decoder(Few.class, schema(few("{'multipleOf':0.01}")));

        assertThatThrownBy(() -> Codecs.decode(decoder, "{\"a\":1,\"more\":" + number + "}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Few.more")
                .hasMessageContaining(
                        ": is a number too large, or of too many digits, to be checked against the schema");
    }

    @Test
    void aNumberOfManyDigitsIsValidated() {
        Decoder<Few> decoder = CHECKING.decoder(Few.class, schema(few("{'multipleOf':0.01}")));

        for (String number : List.of("1e308", "-1e308", "9".repeat(308), "0.25")) {
            assertThat(Codecs.decode(decoder, "{\"a\":1,\"more\":" + number + "}"))
                    .as(number)
                    .isEqualTo(new Few(1));
        }
        assertThatThrownBy(() -> Codecs.decode(decoder, "{\"a\":1,\"more\":1e-1000}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Few.more: breaks multipleOf of the schema");
    }

    record Noted(Map<String, Integer> counts) {}

    @Test
    void aValidatorReadsWhatTheCodecReads() {
        String longName = "k".repeat(60_000);
        Noted value = new Noted(Map.of(longName, 1));
        Codec<Noted> codec = CHECKING.codec(Noted.class, schema("{'type':'object','not':{'required':['x']}}"));

        assertThat(Codecs.decode(codec, codec.encode(value, 0))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{'type':'integer'}},'additionalProperties':false}                       | true",
                "{'properties':{'a':{'type':'integer'}},'allOf':[{'additionalProperties':false}]}           | false",
                "{'properties':{'a':{'type':'integer'}},'allOf':[{'additionalProperties':true}]}            | true",
                "{'properties':{'a':{'type':'integer'}},'allOf':[{'additionalProperties':{'type':'string'}}]} | false",
                "{'allOf':[{'properties':{'a':{'type':'integer'}},'additionalProperties':false},{'required':['a']}]} | true",
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','$defs':{'base':{'properties':{'a':{}}}},"
                        + "'$ref':'#/$defs/base','additionalProperties':false} | false",
                "{'$schema':'http://json-schema.org/draft-07/schema#','definitions':{'base':{'properties':{'a':{}}}},"
                        + "'$ref':'#/definitions/base','additionalProperties':false} | true"
            })
    void additionalPropertiesSeeOnlyTheirNeighbours(String text, boolean valid) {
        byte[] payload = PLAIN.codec(Few.class, schema("{}")).encode(new Few(1), 0);
        Codec<Few> codec = CHECKING.codec(Few.class, schema(text));

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(schema(text).text())
                        .validate(new String(payload, StandardCharsets.UTF_8), InputFormat.JSON)
                        .isEmpty())
                .as("a validator's verdict")
                .isEqualTo(valid);
        if (valid) {
            assertThat(codec.encode(Codecs.decode(codec, payload), 0)).isEqualTo(payload);
        } else {
            assertThatThrownBy(() -> codec.encode(new Few(1), 0))
                    .isInstanceOf(MismatchedValueException.class)
                    .hasMessageContaining("additionalProperties");
            assertThatThrownBy(() -> Codecs.decode(codec, payload))
                    .isInstanceOf(MalformedPayloadException.class)
                    .hasMessageContaining("additionalProperties");
        }
    }

    record Weight(BigDecimal grams) {}

    record Weights(List<Weight> weights) {}

    @Test
    void numbersOfAUsersTypeAreUniqueByValue() {
        SchemaGenerator generator = SchemaGenerator.standard()
                .withLogicalTypes(LogicalTypes.standard()
                        .plus(LogicalType.of(
                                Weight.class,
                                Representation.ofString(w -> w.grams().toString(), t -> new Weight(new BigDecimal(t))),
                                Representation.ofNumber(Weight::grams, Weight::new))));
        Codec<Weights> codec = new CodecFactory(generator)
                .withMode(Codecs.MODE)
                .withValidation(true)
                .codec(
                        Weights.class,
                        schema("{'type':'object','properties':{'weights':{'type':'array','uniqueItems':true}}}"));
        Weights twice = new Weights(List.of(new Weight(new BigDecimal("1.0")), new Weight(new BigDecimal("1.00"))));
        Weights once = new Weights(List.of(new Weight(new BigDecimal("1.0")), new Weight(new BigDecimal("1.01"))));

        assertThat(Codecs.decode(codec, codec.encode(once, 0))).isEqualTo(once);
        assertThatThrownBy(() -> codec.encode(twice, 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage("Weights.weights: holds an item twice, which breaks uniqueItems of the schema");
        assertThatThrownBy(() -> Codecs.decode(codec, "{\"weights\":[1.0,1.00]}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("uniqueItems");
    }
}
