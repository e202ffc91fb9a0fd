package dev.schemabus.schema;

import static dev.schemabus.schema.CompatibilityLevel.BACKWARD;
import static dev.schemabus.schema.CompatibilityLevel.FORWARD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What an author reads after each of the frequent mistakes: where, why, and what to change in the new schema. */
class CompatibilityMessagesTest {

    private static void avro(CompatibilityLevel level, String older, String newer, String expected) {
        check(level, SchemaFormat.AVRO, record(older), record(newer), expected);
    }

    private static String record(String fields) {
        return "{'type':'record','name':'shop.OrderPaid','fields':[{'name':'id','type':'string'}" + fields + "]}";
    }

    private static String field(String name, String type) {
        return ",{'name':'" + name + "','type':" + type + "}";
    }

    private static void json(CompatibilityLevel level, String older, String newer, String expected) {
        check(level, SchemaFormat.JSON, object(older), object(newer), expected);
    }

    private static String object(String rest) {
        return "{'title':'shop.OrderPaid','type':'object'," + rest + "}";
    }

    private static void check(
            CompatibilityLevel level, SchemaFormat format, String older, String newer, String expected) {
        List<Incompatibility> found = Compatibility.check(
                level,
                EventSchema.of(format, newer.replace('\'', '"')),
                List.of(EventSchema.of(format, older.replace('\'', '"'))));
        assertThat(found)
                .singleElement()
                .extracting(one -> one.path() + " " + one)
                .isEqualTo(expected);
    }

    @Test
    void avroComponentAddedWithoutDefault() {
        avro(
                BACKWARD,
                "",
                field("method", "'string'"),
                "/fields/1 OrderPaid.method: The new schema needs 'method', but data of the old schema doesn't have it."
                        + " Give it a default (@Default, or Optional in Java).");
    }

    @Test
    void avroComponentRemovedThatHadNoDefault() {
        avro(
                FORWARD,
                field("method", "'string'"),
                "",
                "/fields/1 OrderPaid.method: The old schema needs 'method' and has no default for it, but the new"
                        + " schema no longer writes it. Keep it, or first release a version that gives it a default"
                        + " (@Default, or Optional in Java) and remove it in the one after that.");
    }

    @Test
    void avroComponentRenamed() {
        avro(
                BACKWARD,
                field("method", "'string'"),
                field("means", "'string'"),
                "/fields/1 OrderPaid.means: The new schema needs 'means', but data of the old schema doesn't have it."
                        + " Give it a default (@Default, or Optional in Java), or, if it only has a new name, name the"
                        + " old one with @Aliases (Avro: aliases).");
    }

    @Test
    void avroTypeChanged() {
        avro(
                BACKWARD,
                field("total", "'string'"),
                field("total", "'int'"),
                "/fields/1/type OrderPaid.total: The new schema reads int, but data of the old schema may hold string."
                        + " Keep the old type, string, or add a component of another name for the new type.");
        avro(
                FORWARD,
                field("total", "'int'"),
                field("total", "'long'"),
                "/fields/1/type OrderPaid.total: The old schema reads int, but the new schema may write long."
                        + " Keep the old type, int, or add a component of another name for the new type.");
    }

    @Test
    void avroOptionalMadeRequiredAndTheOtherWayRound() {
        avro(
                BACKWARD,
                field("note", "['null','string']"),
                field("note", "'string'"),
                "/fields/1/type OrderPaid.note: The new schema reads string, but data of the old schema may hold null."
                        + " Keep it nullable (Optional in Java).");
        avro(
                FORWARD,
                field("note", "'string'"),
                field("note", "['null','string']"),
                "/fields/1/type OrderPaid.note: The old schema reads string, but the new schema may write null."
                        + " Keep it non-null (in Java: not Optional), or add a nullable component of another name.");
    }

    @Test
    void avroEnumSymbolRemovedAndAdded() {
        String few = field("state", "{'type':'enum','name':'State','symbols':['NEW']}");
        String more = field("state", "{'type':'enum','name':'State','symbols':['NEW','PAID']}");
        avro(
                BACKWARD,
                more,
                few,
                "/fields/1/type/symbols OrderPaid.state: Data of the old schema may hold PAID, which the new schema's"
                        + " enum lacks. Keep PAID, or give the enum a default (@EnumDefault).");
        avro(
                FORWARD,
                few,
                more,
                "/fields/1/type/symbols OrderPaid.state: The new schema may write PAID, which the old schema's enum"
                        + " lacks. Leave PAID out, or first release a version whose enum has a default (@EnumDefault)"
                        + " and add it in the one after that.");
    }

    @Test
    void avroMistakeInsideAnOptionalRecord() {
        String line = "['null',{'type':'record','name':'Line','fields':[{'name':'sku','type':'string'}%s]}]";
        avro(
                BACKWARD,
                field("line", line.formatted("")),
                field("line", line.formatted(field("price", "'int'"))),
                "/fields/1/type/1/fields/1 Line.price: The new schema needs 'price', but data of the old schema doesn't"
                        + " have it. Give it a default (@Default, or Optional in Java).");
    }

    @Test
    void avroBranchOfASealedTypeRemovedAndAdded() {
        String a = "{'type':'record','name':'A','fields':[]}";
        String b = "{'type':'record','name':'B','fields':[]}";
        check(
                BACKWARD,
                SchemaFormat.AVRO,
                "[" + a + "," + b + "]",
                "[" + a + "]",
                " Data of the old schema may hold B, which the new schema doesn't know."
                        + " Keep B among the alternatives.");
        check(
                FORWARD,
                SchemaFormat.AVRO,
                "[" + a + "]",
                "[" + a + "," + b + "]",
                " The new schema may write B, which the old schema doesn't know."
                        + " Leave B out, or publish it under a subject of its own.");
    }

    @Test
    void avroRecordRenamed() {
        check(
                BACKWARD,
                SchemaFormat.AVRO,
                "{'type':'record','name':'shop.Paid','fields':[]}",
                "{'type':'record','name':'shop.OrderPaid','fields':[]}",
                "/name /name: The new schema calls OrderPaid what the old schema calls Paid."
                        + " Keep the name Paid, or add shop.Paid as an alias (@Aliases).");
    }

    @Test
    void jsonRequiredPropertyAdded() {
        json(
                BACKWARD,
                "'properties':{},'additionalProperties':false",
                "'properties':{'method':{'type':'string'}},'required':['method'],'additionalProperties':false",
                "/required OrderPaid.method: The new schema requires 'method', but data of the old schema may leave it"
                        + " out. Give it a default (@Default, or Optional in Java), or don't require it.");
    }

    @Test
    void jsonPropertyAddedToAClosedModel() {
        json(
                FORWARD,
                "'properties':{},'additionalProperties':false",
                "'properties':{'method':{'type':'string'}},'additionalProperties':false",
                "/additionalProperties OrderPaid.method: The new schema may write 'method', which the old schema doesn't"
                        + " allow: its content model is closed."
                        + " Leave it out: readers of the old schema refuse whatever it doesn't name.");
    }

    @Test
    void jsonPropertyAddedToAnOpenModel() {
        json(
                BACKWARD,
                "'properties':{}",
                "'properties':{'method':{'type':'string'}}",
                "/properties/method OrderPaid.method: Data of the old schema may hold 'method' with any content, since"
                        + " its content model is open, but the new schema gives it a schema. Declare it without"
                        + " constraints ({}), or leave it out; schemas that are to grow start with a closed content"
                        + " model (additionalProperties: false).");
    }

    @Test
    void jsonPropertyRemovedFromAClosedModel() {
        json(
                BACKWARD,
                "'properties':{'method':{'type':'string'}},'additionalProperties':false",
                "'properties':{},'additionalProperties':false",
                "/additionalProperties OrderPaid.method: Data of the old schema may hold 'method', which the new schema"
                        + " no longer allows: its content model is closed."
                        + " Keep it, or open the content model (additionalProperties: true).");
    }

    @Test
    void jsonTypeChanged() {
        json(
                BACKWARD,
                "'properties':{'total':{'type':['string','null']}}",
                "'properties':{'total':{'type':'string'}}",
                "/properties/total/type OrderPaid.total: The new schema reads string, but data of the old schema may"
                        + " hold null. Keep it nullable (Optional in Java).");
    }

    @Test
    void jsonLimitTightenedAndLoosened() {
        String shorter = "'properties':{'note':{'type':'string','maxLength':5}}";
        String longer = "'properties':{'note':{'type':'string','maxLength':9}}";
        String none = "'properties':{'note':{'type':'string'}}";
        json(
                BACKWARD,
                longer,
                shorter,
                "/properties/note/maxLength OrderPaid.note: The new schema demands maxLength 5, but the old one had"
                        + " maxLength 9. Keep maxLength 9, or allow more.");
        json(
                BACKWARD,
                none,
                shorter,
                "/properties/note/maxLength OrderPaid.note: The new schema demands maxLength 5, but the old one had"
                        + " none. Leave maxLength out.");
        json(
                FORWARD,
                shorter,
                longer,
                "/properties/note/maxLength OrderPaid.note: The old schema demands maxLength 5, but the new one has"
                        + " maxLength 9. Keep maxLength 5, or allow less.");
    }

    @Test
    void jsonMistakeInsideABranchOfASealedType() {
        String sealed = "{'oneOf':[{'$ref':'#/$defs/Card'},{'$ref':'#/$defs/Cash'}],'$defs':{"
                + "'Card':{'title':'shop.Card','type':'object','properties':{'kind':{'const':'Card'}%s},"
                + "'required':['kind'],'additionalProperties':false},"
                + "'Cash':{'title':'shop.Cash','type':'object','properties':{'kind':{'const':'Cash'}},"
                + "'required':['kind'],'additionalProperties':false}}}";
        check(
                BACKWARD,
                SchemaFormat.JSON,
                sealed.formatted(",'number':{'type':'string'}"),
                sealed.formatted(",'number':{'type':'integer'}"),
                "/$defs/Card/properties/number/type Card.number: The new schema reads integer, but data of the old"
                        + " schema may hold string."
                        + " Keep the old type, string, or add a component of another name for the new type.");
    }
}
