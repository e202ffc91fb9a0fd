package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Incompatibility.Direction;
import dev.schemabus.schema.Incompatibility.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRulesTest {

    private static final String DRAFT_2020 = "'$schema':'https://json-schema.org/draft/2020-12/schema',";

    static EventSchema json(String text) {
        return EventSchema.of(SchemaFormat.JSON, text.replace('\'', '"'));
    }

    private static List<Incompatibility> read(String reader, String writer) {
        return JsonRules.read(json(reader), json(writer), Direction.BACKWARD, ContentPolicy.STRICT);
    }

    /** The first column reads the second; then the other way round. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // types
                "{} | {'type':'string'} | true | false",
                "{'type':'string'} | false | true | false",
                "true | {'not':{}} | true | false",
                "{'type':['string','null']} | {'type':'null'} | true | false",
                "{'type':'number'} | {'type':['integer','number']} | true | true",
                "{'type':'number','maximum':9} | {'maximum':9} | true | true",
                "{'type':['string','null'],'maxLength':3} | {'type':'null'} | true | false",
                // values
                "{'enum':[1,'a']} | {'const':1.0} | true | false",
                "{'type':'integer'} | {'enum':[1,2]} | true | false",
                "{'const':{'a':1}} | {'const':{'a':2}} | false | false",
                // numbers
                "{'type':'number','maximum':5} | {'type':'number','exclusiveMaximum':5} | true | false",
                "{'type':'number','minimum':0} | {'type':'number','minimum':0,'exclusiveMinimum':true} | true | false",
                "{'type':'number','minimum':1,'maximum':9} | {'type':'number','minimum':2,'maximum':8} | true | false",
                "{'type':'number','multipleOf':0.5} | {'type':'integer'} | true | false",
                "{'type':'number','multipleOf':0.01} | {'type':'number','multipleOf':0.1} | true | false",
                // arrays
                "{'type':'array'} | {'type':'array','uniqueItems':true} | true | false",
                "{'type':'array','items':{'type':'number'}} | {'type':'array','items':[{'type':'integer'}],"
                        + "'additionalItems':false} | true | false",
                "{'type':'array','items':[{'type':'string'}]} | {'type':'array','items':[{'type':'string'},"
                        + "{'type':'integer'}]} | true | false",
                "{'type':'array','prefixItems':[{'type':'string'}],'items':false} | {'type':'array',"
                        + "'prefixItems':[{'type':'string'}]} | false | true",
                "{'type':'array','contains':{'const':1}} | {'type':'array'} | false | true",
                // objects
                "{'type':'object','additionalProperties':{'type':'number'}} | {'type':'object',"
                        + "'additionalProperties':{'type':'integer'}} | true | false",
                "{'type':'object','patternProperties':{'^x':{'type':'number'}},'additionalProperties':false} | "
                        + "{'type':'object','properties':{'x1':{'type':'integer'}},'additionalProperties':false}"
                        + " | true | false",
                "{'type':'object','required':['a']} | {'type':'object','required':['a','b']} | true | false",
                "{'type':'object','properties':{'a':{'default':1}},'required':['a']} | {'type':'object',"
                        + "'properties':{'a':{}}} | true | true",
                "{'type':'object','propertyNames':{'maxLength':9}} | {'type':'object','propertyNames':{'type':'string',"
                        + "'maxLength':5}} | true | false",
                "{'dependentRequired':{'a':['b']}} | {'dependencies':{'a':['b','c']}} | true | false",
                "{'dependentRequired':{'a':['b']}} | {'required':['b']} | true | false",
                "{'dependentSchemas':{'a':{'required':['b']}}} | {'dependencies':{'a':{'required':['b','c']}}}"
                        + " | true | false",
                "{'type':'object','unevaluatedProperties':false} | {'type':'object','properties':{'a':{}}}"
                        + " | false | true",
                // combinations
                "{'anyOf':[{'type':'string'},{'type':'null'}]} | {'type':['null','string']} | true | true",
                "{'oneOf':[{'type':'string'},{'type':'null'}]} | {'type':['null','string']} | true | true",
                "{'type':'number'} | {'anyOf':[{'type':'integer'},{'type':'number'}]} | true | true",
                "{'anyOf':[{'type':'integer'},{'type':'string'}]} | {'oneOf':[{'type':'integer'},{'type':'string'}]}"
                        + " | true | false",
                "{'oneOf':[{'type':'integer'},{'type':'number'}]} | {'type':'integer'} | false | false",
                "{'type':'string','maxLength':5} | {'allOf':[{'type':'string'},{'maxLength':5}]} | true | true",
                "{'anyOf':[{'required':['a']},{'required':['b']}]} | {'type':'object','required':['b']} | true | false",
                "{'not':{'type':'integer'}} | {'not':{'type':'number'}} | true | false",
                "{'type':'string','oneOf':[{'maxLength':3},{'minLength':9}]} | {'oneOf':[{'type':'string',"
                        + "'maxLength':2},{'type':'string','minLength':9}]} | true | false",
                "{'if':{'type':'string'},'then':{'maxLength':3}} | {} | false | true",
                // documentation only
                "{'type':'string','format':'date','title':'t','description':'d'} | {'type':'string'} | true | true",
            })
    void everythingTheWriterMaySendMustBeValidForTheReader(String one, String other, boolean reads, boolean isRead) {
        assertThat(read(one, other).isEmpty()).as("reads: %s", read(one, other)).isEqualTo(reads);
        assertThat(read(other, one).isEmpty())
                .as("is read: %s", read(other, one))
                .isEqualTo(isRead);
    }

    static Stream<EventSchema> schemas() {
        return CompatibilityVerdictsTest.pairs()
                .filter(pair -> pair.newer().format() == SchemaFormat.JSON)
                .flatMap(pair -> Stream.of(pair.older(), pair.newer()));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySchemaReadsItself(EventSchema schema) {
        assertThat(JsonRules.read(schema, schema, Direction.BACKWARD, ContentPolicy.STRICT))
                .isEmpty();
    }

    @Test
    void referencesAreFollowedWhereverTheyPointInsideTheDocument() {
        String plain = "{'properties':{'a':{'type':'string'}}}";
        assertThat(read(plain, "{'properties':{'a':{'$ref':'#/$defs/A'}},'$defs':{'A':{'type':'string'}}}"))
                .isEmpty();
        assertThat(read(plain, "{'properties':{'a':{'$ref':'#a'}},'$defs':{'A':{'$anchor':'a','type':'string'}}}"))
                .isEmpty();
        assertThat(read(plain, "{'properties':{'a':{'$ref':'#a'}},'definitions':{'A':{'$id':'#a','type':'string'}}}"))
                .isEmpty();
        assertThat(read(
                        plain,
                        "{'$id':'urn:x','properties':{'a':{'$ref':'urn:x#/$defs/b%25%7E1c'}},"
                                + "'$defs':{'b%/c':{'type':'string'}}}"))
                .isEmpty();
        assertThat(read(plain, "{'properties':{'a':{'$ref':'#/$defs/A'}},'$defs':{'A':{'type':'integer'}}}"))
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.TYPE_CHANGED));
    }

    @Test
    void whatStandsNextToAReferenceCountsSinceDraft2019() {
        String reference = "'$ref':'#/$defs/A','maxLength':3,'$defs':{'A':{'type':'string'}}}";
        String reader = "{'type':'string','maxLength':3}";
        assertThat(read(reader, "{" + DRAFT_2020 + reference)).isEmpty();
        assertThat(read(reader, "{" + reference)).hasSize(1);
    }

    @Test
    void aReferenceToAnotherDocumentIsAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> read("{'type':'string'}", "{'properties':{'a':{'$ref':'b.json#/x'}},'$ref':'b.json'}"))
                .isInstanceOf(SchemaException.class)
                .hasMessage("The $ref 'b.json' at # leads to another document, which a check without a network can't"
                        + " follow: copy that schema into $defs and refer to '#/$defs/…'");
        assertThatThrownBy(() -> read("{'type':'string'}", "{'$ref':'#/$defs/A'}"))
                .isInstanceOf(SchemaException.class)
                .hasMessage("The $ref '#/$defs/A' at # leads to no schema: correct it, or add the schema it names");
    }

    @Test
    void recursiveSchemasEnd() {
        String tree = "{'$ref':'#/definitions/Node','definitions':{'Node':{'type':'object','properties':{"
                + "'value':{'type':'%s'},'next':{'oneOf':[{'type':'null'},{'$ref':'#/definitions/Node'}]},"
                + "'children':{'type':'array','items':{'$ref':'#'}}},'additionalProperties':false}}}";
        assertThat(read(tree.formatted("number"), tree.formatted("integer"))).isEmpty();
        assertThat(read(tree.formatted("integer"), tree.formatted("number")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.component()).hasValue("Node.value");
                    assertThat(found.path()).isEqualTo("/definitions/Node/properties/value/type");
                });
    }

    @Test
    void aReferenceToItselfEnds() {
        String loop = "{'$ref':'#/$defs/A','$defs':{'A':{'$ref':'#/$defs/B'},'B':{'$ref':'#/$defs/A'}}}";
        String either = "{'oneOf':[{'$ref':'#'},{'type':'string'}]}";
        assertThat(read(loop, "{'type':'string'}")).isEmpty();
        assertThat(read("{'type':'string'}", loop)).hasSize(1);
        assertThat(read("{'type':'string'}", either)).isNotNull();
        assertThat(read(either, "{'type':'integer'}")).isNotNull();
    }

    @Test
    void aChainDeeperThanAnyRealSchemaIsRefusedWithAReason() {
        assertThat(read(chain(200, "number"), chain(200, "integer"))).isEmpty();
        assertThatThrownBy(() -> read(chain(1_000, "number"), chain(1_000, "integer")))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "The schemas nest deeper than 250 levels and can't be compared: make the structure flatter");
    }

    private static String chain(int length, String last) {
        StringBuilder text = new StringBuilder("{'$ref':'#/$defs/D0','$defs':{");
        for (int i = 0; i < length; i++) {
            text.append("'D" + i + "':{'properties':{'x':{'$ref':'#/$defs/D" + (i + 1) + "'}}},");
        }
        return text + "'D" + length + "':{'type':'" + last + "'}}}";
    }

    @Test
    void deeplyNestedPropertiesFitAnOrdinaryStack() {
        assertThat(read(nested(200, "number"), nested(200, "integer"))).isEmpty();
        assertThat(read(nested(200, "integer"), nested(200, "number"))).hasSize(1);
    }

    private static String nested(int depth, String last) {
        return "{'type':'object','properties':{'x':".repeat(depth) + "{'type':'" + last + "'}" + "}}".repeat(depth);
    }

    @Test
    void sharedDefinitionsDoNotMultiplyTheWork() {
        assertThat(read(diamonds("number"), diamonds("integer"))).isEmpty();
        assertThat(read(diamonds("integer"), diamonds("string"))).hasSize(2);
    }

    /** Sixty definitions, each of which uses the one before it twice. */
    private static String diamonds(String last) {
        StringBuilder text = new StringBuilder("{'$ref':'#/$defs/D60','$defs':{'D0':{'type':'" + last + "'}");
        for (int i = 1; i <= 60; i++) {
            String inner = "{'$ref':'#/$defs/D" + (i - 1) + "'}";
            text.append(",'D" + i + "':{'properties':{'a':" + inner + ",'b':" + inner + "}}");
        }
        return text + "}}";
    }

    @Test
    void aComponentIsNamedByTheNearestTitleThatIsARecord() {
        String order = "{'title':'shop.OrderPlaced','type':'object','properties':{'lines':{'type':'array','items':"
                + "{'title':'shop.Order$Line','type':'object','properties':{'price':{'type':'%s','title':'The price'}}}},"
                + "'address':{'type':'object','properties':{'street':{'type':'%s'}}}}}";
        assertThat(read(order.formatted("integer", "integer"), order.formatted("string", "string")))
                .extracting(found -> found.component().orElse("?"))
                .containsExactly("Line.price", "OrderPlaced.address.street");
    }
}
