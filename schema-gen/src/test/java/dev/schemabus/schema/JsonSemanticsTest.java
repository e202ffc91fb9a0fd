package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.SemanticWarning.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JSON Schema's validators take for documentation, and consumers don't. */
class JsonSemanticsTest {

    private static EventSchema object(String properties) {
        return JsonRulesTest.json(
                "{'title':'shop.Paid','type':'object','properties':{" + properties + "},'additionalProperties':false}");
    }

    private static List<SemanticWarning> warnings(EventSchema newer, EventSchema older) {
        return Compatibility.warnings(newer, older);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','format':'date-time'} | {'type':'string','format':'date'} |"
                        + " LOGICAL_TYPE_CHANGED What was written as date is read as date-time."
                        + " Keep date, or add a component of another name.",
                "{'type':'string'} | {'type':'string','format':'date'} |"
                        + " LOGICAL_TYPE_DROPPED What was written as date is read as a plain string."
                        + " Keep date, or tell every consumer how to read the plain values.",
                "{'type':'string','format':'uri'} | {'type':'string'} |"
                        + " LOGICAL_TYPE_ADDED What was written as a plain string is read as uri."
                        + " Make sure that all data so far means that, or add a component of another name.",
                "{'type':'string','contentEncoding':'base16'} | {'type':'string','contentEncoding':'base64'} |"
                        + " ENCODING_CHANGED What was written with contentEncoding base64 is read with contentEncoding"
                        + " base16. Keep the contentEncoding base64, or add a component of another name.",
                "{'type':'string','contentMediaType':'image/png'} | {'type':'string'} |"
                        + " ENCODING_CHANGED What was written with no contentMediaType is read with contentMediaType"
                        + " image/png. Leave contentMediaType out, or add a component of another name.",
                "{'type':'integer','x-unit':'ms'} | {'type':'integer','x-unit':'s'} |"
                        + " UNIT_CHANGED What was written with x-unit \"s\" is read with x-unit \"ms\"."
                        + " Keep the x-unit \"s\", or add a component of another name.",
                "{'type':'number','x-currency':'USD'} | {'type':'number','x-currency':'EUR'} |"
                        + " ATTRIBUTE_CHANGED What was written with x-currency \"EUR\" is read with x-currency \"USD\"."
                        + " Keep the x-currency \"EUR\", or add a component of another name.",
                "{'type':'number'} | {'type':'integer'} |"
                        + " DIGITS_LOST What was written as integer is read as number, which many readers round to 15"
                        + " digits. Keep integer, or add a component of another name.",
            })
    void aTypeThatMeansSomethingElseIsWarnedAbout(String newer, String older, String expected) {
        for (String place : List.of(
                "%s",
                "{'type':'array','items':%s}",
                "{'type':'object','additionalProperties':%s}",
                "{'oneOf':[{'type':'null'},%s]}")) {
            AvroSemanticsTest.acceptedButWarnedAbout(
                    object("'x':" + place.formatted(newer)),
                    object("'x':" + place.formatted(older)),
                    "/properties/x",
                    expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'number'} | {'type':'integer','minimum':-2147483648,'maximum':2147483647}",
                "{'type':['null','string'],'format':'date'} | {'type':'string','format':'date'}",
                "{'oneOf':[{'type':'null'},{'type':'string','format':'date'}]} | {'type':'string','format':'date'}",
                "{'oneOf':[{'type':'integer'},{'type':'string'}]} | {'oneOf':[{'type':'string'},{'type':'integer'}]}",
                "{'type':'string','maxLength':9,'title':'A title','description':'new','examples':['a']} |"
                        + " {'type':'string','maxLength':5}",
                "{'enum':['B','A']} | {'enum':['A','B']}",
                "{'type':'string','x-owner':'sales'} | {'type':'string'}",
                "true | {'type':'string','format':'date'}",
            })
    void whatKeepsItsMeaningIsNot(String newer, String older) {
        assertThat(warnings(object("'x':" + newer), object("'x':" + older))).isEmpty();
    }

    @Test
    void aChangedDefaultIsWarnedAboutAlsoNextToAReference() {
        EventSchema zero = object("'n':{'type':'integer','default':0}");
        assertThat(warnings(object("'n':{'type':'integer','default':1}"), zero))
                .singleElement()
                .hasToString("Paid.n: Data from before 'n' was read with 0 and is read with 1."
                        + " Keep the default 0 as long as such data is read.");
        assertThat(warnings(object("'n':{'type':'integer'}"), zero)).hasSize(1);
        assertThat(warnings(zero, object("'n':{'type':'integer'}"))).isEmpty();
        assertThat(warnings(object("'n':{'type':'integer','default':0.0}"), zero))
                .isEmpty();

        String reference =
                "{'properties':{'n':{'$ref':'#/definitions/N','default':%s}},'definitions':{'N':{'type':'integer'}}}";
        assertThat(warnings(JsonRulesTest.json(reference.formatted(1)), JsonRulesTest.json(reference.formatted(0))))
                .extracting(SemanticWarning::path)
                .containsExactly("/properties/n/default");
    }

    @Test
    void aRenameIsWarnedAbout() {
        assertThat(warnings(
                        object("'hint':{'type':'string','description':'A note'},'id':{'type':'string'}"),
                        object("'id':{'type':'string'},'note':{'type':'string'}")))
                .singleElement()
                .hasToString("Paid.hint: 'note' is gone and 'hint' of the same type is new, so what was written as"
                        + " 'note' isn't read. If it only has a new name, keep the data with @Aliases(\"note\").");
        assertThat(warnings(object("'hint':{'type':'integer'}"), object("'note':{'type':'string'}")))
                .isEmpty();
    }

    @Test
    void aTypeNameThatChangesIsWarnedAboutAndAnotherTitleIsNot() {
        assertThat(warnings(JsonRulesTest.json("{'title':'pay.Paid'}"), JsonRulesTest.json("{'title':'shop.Paid'}")))
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.NAME_CHANGED));
        assertThat(warnings(
                        JsonRulesTest.json("{'title':'An order, paid. At last'}"),
                        JsonRulesTest.json("{'title':'An order. Paid'}")))
                .isEmpty();
    }

    @Test
    void sealedTypesAreComparedBranchByBranch() {
        String union = "{'oneOf':[{'$ref':'#/definitions/shop.%s'},{'$ref':'#/definitions/shop.%s'}],'definitions':{"
                + "'shop.Card':{'title':'shop.Card','type':'object','properties':{'at':{'type':'string',"
                + "'format':'%s'}}},'shop.Cash':{'title':'shop.Cash','type':'object','properties':{'at':{"
                + "'type':'string','format':'time'}}}}}";
        assertThat(warnings(
                        JsonRulesTest.json(union.formatted("Cash", "Card", "date-time")),
                        JsonRulesTest.json(union.formatted("Card", "Cash", "date"))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.component()).hasValue("Card.at");
                    assertThat(found.path()).isEqualTo("/definitions/shop.Card/properties/at");
                });
    }

    @Test
    void recursiveSchemasEnd() {
        String node = "{'title':'shop.Node','type':'object','properties':{'at':{'type':'string','format':'%s'},"
                + "'next':{'oneOf':[{'type':'null'},{'$ref':'#'}]}}}";
        assertThat(warnings(JsonRulesTest.json(node.formatted("date")), JsonRulesTest.json(node.formatted("time"))))
                .singleElement()
                .satisfies(found -> assertThat(found.component()).hasValue("Node.at"));
        String loop = "{'oneOf':[{'$ref':'#'},{'type':'%s'}]}";
        assertThat(warnings(JsonRulesTest.json(loop.formatted("null")), JsonRulesTest.json(loop.formatted("string"))))
                .isEmpty();
    }

    @Test
    void anOptionalValueSpelledAnotherWayMeansTheSame() {
        String object = "{'type':'object','properties':{'at':%s}}";
        String types = object.formatted("{'type':['null','string'],'format':'date','contentEncoding':'base64'}");
        String branches = object.formatted(
                "{'oneOf':[{'type':'null'},{'type':'string','format':'date','contentEncoding':'base64'}]}");

        assertThat(warnings(JsonRulesTest.json(types), JsonRulesTest.json(branches)))
                .isEmpty();
        assertThat(warnings(JsonRulesTest.json(branches), JsonRulesTest.json(types)))
                .isEmpty();
    }
}
