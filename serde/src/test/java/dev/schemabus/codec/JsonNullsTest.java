package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema that requires a property, and lets it be null, gets a null for what is absent. */
class JsonNullsTest {

    private static final CodecFactory PLAIN = new CodecFactory(SchemaGenerator.standard()).withMode(Codecs.MODE);

    private static final CodecFactory CHECKING = PLAIN.withValidation(true);

    record Noted(int a, Optional<String> b) {}

    private static final Noted ABSENT = new Noted(1, Optional.empty());

    private static EventSchema schema(String text) {
        return EventSchema.registered(SchemaFormat.JSON, text.replace('\'', '"'));
    }

    private static EventSchema noted(String b, String more) {
        return schema(
                "{'type':'object','properties':{'a':{'type':'integer'}" + b + "},'required':['a','b']" + more + "}");
    }

    private static <T> String written(CodecFactory factory, Class<T> type, EventSchema schema, T value) {
        Codec<T> codec = factory.codec(type, schema);
        byte[] payload = codec.encode(value, 0);
        assertThat(Codecs.decode(codec, payload)).isEqualTo(value);
        return new String(payload, StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static boolean isValid(EventSchema schema, String payload) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(schema.text())
                .validate(payload.replace('\'', '"'), InputFormat.JSON)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",'b':{'type':['string','null']}                     | ``",
                ",'b':{'oneOf':[{'type':'null'},{'type':'string'}]}  | ``",
                ",'b':{'anyOf':[{'type':'string'},{'type':'null'}]}  | ``",
                ",'b':{'enum':['x',null]}                            | ,'additionalProperties':false",
                ",'b':{'$ref':'#/definitions/b'}                     | ,'definitions':{'b':{'type':['string','null']}}",
                ",'b':{}                                             | ``",
                "``                                                  | ``",
                // needs the validator
                ",'b':{'type':['string','null']}                     | ,'not':{'required':['c']}"
            })
    void isWrittenWithAndWithoutValidation(String b, String more) {
        EventSchema schema = noted(b, more);

        assertThat(isValid(schema, "{'a':1}")).isFalse();
        assertThat(isValid(schema, "{'a':1,'b':null}")).isTrue();
        for (CodecFactory factory : List.of(PLAIN, CHECKING)) {
            assertThat(written(factory, Noted.class, schema, ABSENT)).isEqualTo("{'a':1,'b':null}");
            assertThat(written(factory, Noted.class, schema, new Noted(1, Optional.of("x"))))
                    .isEqualTo("{'a':1,'b':'x'}");
        }
        assertThatThrownBy(() -> Codecs.decode(CHECKING.decoder(Noted.class, schema), "{\"a\":1}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",'b':{'type':'string'}                                   | ``",
                ",'b':{'type':['string','null'],'not':{'type':'null'}}    | ``",
                ",'b':{'enum':['x']}                                      | ``",
                "``                                                       | ,'additionalProperties':false",
            })
    void isNotWrittenWhereTheSchemaForbidsIt(String b, String more) {
        EventSchema schema = noted(b, more);

        assertThat(written(PLAIN, Noted.class, schema, ABSENT)).isEqualTo("{'a':1}");
        assertThatThrownBy(() -> CHECKING.encoder(Noted.class, schema).encode(ABSENT, 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining("required");
    }

    @Test
    void isNotWrittenWhereNothingIsRequired() {
        EventSchema schema = schema("{'type':'object','properties':{'b':{'type':['string','null']}},'required':['a']}");

        for (CodecFactory factory : List.of(PLAIN, CHECKING)) {
            assertThat(written(factory, Noted.class, schema, ABSENT)).isEqualTo("{'a':1}");
        }
    }

    sealed interface Pay permits Cash, Card {}

    record Cash(OptionalInt cents) implements Pay {}

    record Card(String number) implements Pay {}

    record Inner(OptionalInt n, Optional<Inner> next) {}

    record Outer(List<Inner> list, Map<String, Inner> map, Inner one, Pay pay) {}

    @ParameterizedTest
    @ValueSource(strings = {"{'$ref':'#/definitions/inner'}", "{'$ref':'#/definitions/inner','title':'x'}"})
    void isWrittenHoweverDeepItIs(String inner) {
        EventSchema schema = schema("""
                {'type':'object',
                'definitions':{'inner':{'type':'object','properties':{
                    'n':{'type':['integer','null']},'next':{'oneOf':[{'type':'null'},{'$ref':'#/definitions/inner'}]}},
                    'required':['n']}},
                'properties':{
                    'list':{'type':'array','items':%1$s},
                    'map':{'type':'object','additionalProperties':%1$s},
                    'one':%1$s,
                    'pay':{'oneOf':[{'type':'object','properties':{
                        '@type':{'const':'Cash'},'cents':{'type':['integer','null']}},'required':['@type','cents']}]}},
                'required':['list','map','one','pay']}""".formatted(inner));
        Inner inmost = new Inner(OptionalInt.empty(), Optional.empty());
        Outer value = new Outer(
                List.of(inmost),
                Map.of("k", inmost),
                new Inner(OptionalInt.of(1), Optional.of(inmost)),
                new Cash(OptionalInt.empty()));
        String payload = "{'list':[{'n':null}],'map':{'k':{'n':null}},'one':{'n':1,'next':{'n':null}},"
                + "'pay':{'@type':'Cash','cents':null}}";

        assertThat(isValid(schema, payload)).isTrue();
        for (CodecFactory factory : List.of(PLAIN, CHECKING)) {
            assertThat(written(factory, Outer.class, schema, value)).isEqualTo(payload);
        }
    }

    record Twice(Noted first, Noted second) {}

    /** Nothing is checked, so the same plan serves both places, and null must be right in each. */
    @Test
    void isLeftOutIfTheRecordMayNotHaveItElsewhere() {
        EventSchema schema = schema("{'type':'object','properties':{"
                + "'first':{'type':'object','properties':{'b':{'type':['string','null']}},'required':['b']},"
                + "'second':{'type':'object','properties':{'b':{'type':'string'}}}}}");
        Twice value = new Twice(ABSENT, ABSENT);

        assertThat(written(PLAIN, Twice.class, schema, value)).isEqualTo("{'first':{'a':1},'second':{'a':1}}");
        assertThat(written(CHECKING, Twice.class, schema, value))
                .isEqualTo("{'first':{'a':1,'b':null},'second':{'a':1}}");
    }
}
