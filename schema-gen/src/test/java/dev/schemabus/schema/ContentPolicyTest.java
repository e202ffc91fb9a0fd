package dev.schemabus.schema;

import static dev.schemabus.schema.ContentPolicy.LENIENT;
import static dev.schemabus.schema.ContentPolicy.STRICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Incompatibility.Direction;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lenient policy lets pass that the strict one refuses, and what neither lets pass. */
class ContentPolicyTest {

    private static final String OPEN = "{'type':'object','properties':{'id':{'type':'string'}%s}%s}";
    private static final String CLOSED =
            "{'type':'object','properties':{'id':{'type':'string'}%s}%s,'additionalProperties':false}";
    private static final String PARTLY =
            "{'type':'object','properties':{'id':{'type':'string'}%s}%s,'additionalProperties':{'type':'string'}}";

    private static boolean reads(ContentPolicy policy, EventSchema reader, EventSchema writer) {
        return JsonRules.read(reader, writer, Direction.BACKWARD, policy).isEmpty();
    }

    private static EventSchema model(String model, String property) {
        String text = model.equals("open") ? OPEN : model.equals("closed") ? CLOSED : PARTLY;
        String required = property.equals("required") || property.equals("default") ? ",'required':['x']" : "";
        return JsonRulesTest.json(text.formatted(
                switch (property) {
                    case "none" -> "";
                    case "false" -> ",'x':false";
                    case "default" -> ",'x':{'type':'integer','default':1}";
                    default -> ",'x':{'type':'integer'}";
                },
                required));
    }

    /** The reader's model and its property x, the writer's, and whether it is read strictly and leniently. */
    @ParameterizedTest
    @CsvSource({
        // a property is added: the reader has it, the writer's content model decides
        "open, optional, open, none, false, true",
        "open, default, open, none, false, true",
        "open, required, open, none, false, false",
        "closed, optional, closed, none, true, true",
        "closed, default, closed, none, true, true",
        "closed, required, closed, none, false, false",
        // a property is removed: the writer has it, the reader's content model decides
        "open, none, open, optional, true, true",
        "open, none, open, default, true, true",
        "open, none, open, required, true, true",
        "closed, none, closed, optional, false, true",
        "closed, none, closed, default, false, true",
        "closed, none, closed, required, false, true",
        // what the reader forbids by name, or covers by a schema, is refused under both
        "closed, false, closed, optional, false, false",
        "partly, none, partly, optional, false, false",
        "partly, optional, partly, none, false, false",
        // the content model itself changes
        "closed, none, open, none, false, true",
        "open, none, closed, none, true, true",
        "partly, none, open, none, false, true",
        "closed, none, partly, none, false, true",
        "open, none, partly, none, true, true",
        // a property that both have is checked as ever
        "open, required, open, optional, false, false",
        "open, optional, open, required, true, true",
    })
    void writersSendWhatTheyNameAndReadersIgnoreTheRest(
            String readerModel,
            String readerProperty,
            String writerModel,
            String writerProperty,
            boolean strictly,
            boolean leniently) {
        EventSchema reader = model(readerModel, readerProperty);
        EventSchema writer = model(writerModel, writerProperty);
        assertThat(reads(STRICT, reader, writer)).as("strictly").isEqualTo(strictly);
        assertThat(reads(LENIENT, reader, writer)).as("leniently").isEqualTo(leniently);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void optionalPropertiesComeAndGoLenientlyAtEveryLevel(CompatibilityLevel level) {
        for (String model : List.of("open", "closed")) {
            EventSchema without = model(model, "none");
            EventSchema with = model(model, "optional");
            assertThat(Compatibility.check(level, with, List.of(without), LENIENT))
                    .isEmpty();
            assertThat(Compatibility.check(level, without, List.of(with), LENIENT))
                    .isEmpty();
        }
    }

    @Test
    void theDefaultIsStrict() {
        EventSchema without = model("open", "none");
        EventSchema with = model("open", "optional");
        assertThat(Compatibility.check(CompatibilityLevel.BACKWARD, with, List.of(without)))
                .isEqualTo(Compatibility.check(CompatibilityLevel.BACKWARD, with, List.of(without), STRICT))
                .hasSize(1);
    }

    @Test
    void thePolicyReachesCombinationsAndReferences() {
        String before = "{'allOf':[{'$ref':'#/definitions/A'}],'definitions':{'A':" + OPEN.formatted("", "") + "}}";
        String after = before.replace("}}}", "},'x':{'type':'integer'}}}");
        assertThat(reads(STRICT, JsonRulesTest.json(after), JsonRulesTest.json(before)))
                .isFalse();
        assertThat(reads(LENIENT, JsonRulesTest.json(after), JsonRulesTest.json(before)))
                .isTrue();
    }

    /** Leniently, each branch would take the other's values; a validator wouldn't, so oneOf stays unambiguous. */
    @Test
    void branchesOfOneOfDontOverlapBecauseReadersIgnoreProperties() {
        String a =
                "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false,'required':['a']}";
        String either = "{'oneOf':[" + a + "," + CLOSED.formatted("", "") + "]}";
        assertThat(reads(LENIENT, JsonRulesTest.json(either), JsonRulesTest.json(a)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsCompatibleStrictlyIsCompatibleLeniently(long seed) {
        Random random = new Random(seed);
        int gained = 0;
        for (int i = 0; i < 3_000; i++) {
            EventSchema reader = JsonRulesTest.json(JsonRulesSoundnessTest.schema(random, 2));
            EventSchema writer = JsonRulesTest.json(JsonRulesSoundnessTest.schema(random, 2));
            boolean lenient = reads(LENIENT, reader, writer);
            boolean strict = reads(STRICT, reader, writer);
            assertThat(lenient || !strict)
                    .as("seed %d, pair %d: reader %s, writer %s", seed, i, reader.text(), writer.text())
                    .isTrue();
            gained += lenient && !strict ? 1 : 0;
        }
        assertThat(gained).as("pairs that only the lenient policy accepts").isPositive();
    }

    @Test
    void avroKnowsNoContentModels() {
        EventSchema without = EventSchema.of(SchemaFormat.AVRO, "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        EventSchema with = EventSchema.of(
                SchemaFormat.AVRO,
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}");
        assertThat(Compatibility.check(CompatibilityLevel.BACKWARD, with, List.of(without), LENIENT))
                .isEqualTo(Compatibility.check(CompatibilityLevel.BACKWARD, with, List.of(without), STRICT))
                .hasSize(1);
    }

    @Test
    void aPolicyIsReadByItsNameInAnyCase() {
        assertThat(ContentPolicy.parse(" lenient ")).isEqualTo(LENIENT);
        assertThatThrownBy(() -> ContentPolicy.parse("lax"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown content policy 'lax': use one of STRICT, LENIENT");
    }
}
