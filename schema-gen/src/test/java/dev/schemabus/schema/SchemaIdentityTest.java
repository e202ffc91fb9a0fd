package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaIdentityTest {

    private static EventSchema avro(String text) {
        return EventSchema.of(SchemaFormat.AVRO, text.replace('\'', '"'));
    }

    private static EventSchema json(String text) {
        return EventSchema.of(SchemaFormat.JSON, text.replace('\'', '"'));
    }

    @Test
    void avrosCanonicalTextAndFingerprintAreAvrosOwn() {
        for (Class<?> type :
                List.of(GoldenRecords.Paid.class, GoldenRecords.Annotated.class, GoldenRecords.Card.class)) {
            EventSchema schema = SchemaGenerator.standard().generate(type, SchemaFormat.AVRO);
            Schema parsed = new Schema.Parser().parse(schema.text());

            assertThat(schema.canonicalText()).isEqualTo(SchemaNormalization.toParsingForm(parsed));
            assertThat(schema.fingerprint64()).isEqualTo(SchemaNormalization.parsingFingerprint64(parsed));
        }
    }

    /** From the test data of the Avro project (share/test/data/schema-tests.txt). */
    @ParameterizedTest
    @CsvSource({
        "\"null\", 7195948357588979594",
        "{\"type\":\"int\"}, 8247732601305521295",
        "\"string\", -8142146995180207161"
    })
    void theFingerprintIsThatOfAvrosTestData(String text, long expected) {
        assertThat(EventSchema.of(SchemaFormat.AVRO, text).fingerprint64()).isEqualTo(expected);
    }

    @Test
    void singleObjectEncodingWritesTheFingerprintLeastSignificantByteFirst() throws Exception {
        EventSchema schema = avro("{'type':'record','name':'a.A','fields':[{'name':'x','type':'int'}]}");
        GenericData.Record value = new GenericData.Record(schema.avroSchema());
        value.put("x", 7);

        ByteBuffer message =
                new BinaryMessageEncoder<GenericData.Record>(new GenericData(), schema.avroSchema()).encode(value);

        assertThat(message.order(ByteOrder.LITTLE_ENDIAN).getLong(2)).isEqualTo(schema.fingerprint64());
    }

    @Test
    void jsonsCanonicalTextIsSortedWithoutDocsAndWithOneSpellingOfNumbers() {
        EventSchema schema = json("{'type':['string','null'],'title':'a.A','description':'An A.','$comment':'x',"
                + "'required':['b','a'],'properties':{'description':{'title':'Text','maximum':1.50e1},"
                + "'big':{'maximum':12345678901234567890,'minimum':-0.0,'multipleOf':1e-3},'huge':{'maximum':1E400}},"
                + "'default':{'description':1e2,'title':'kept'},'examples':[1]}");

        assertThat(schema.canonicalText())
                .isEqualTo(
                        "{'default':{'description':100,'title':'kept'},'properties':{'big':{'maximum':12345678901234567890,"
                                .concat(
                                        "'minimum':0,'multipleOf':0.001},'description':{'maximum':15},'huge':{'maximum':1E+400}},")
                                .concat("'required':['a','b'],'title':'a.A','type':['null','string']}")
                                .replace('\'', '"'));
    }

    @ParameterizedTest
    @EnumSource
    void theCanonicalTextIsItsOwn(SchemaFormat format) {
        EventSchema schema = SchemaGenerator.standard().generate(GoldenRecords.Paid.class, format);

        EventSchema canonical = EventSchema.of(format, schema.canonicalText());

        assertThat(canonical.canonicalText()).isEqualTo(schema.canonicalText());
        assertThat(canonical.fingerprint()).isEqualTo(schema.fingerprint());
        assertThat(canonical.fingerprint64()).isEqualTo(schema.fingerprint64());
    }

    private static final String FIELD = "{'type':'record','name':'a.A','fields':[{'name':'x','type':%s}]}";

    private static EventSchema field(String type) {
        return avro(FIELD.formatted(type));
    }

    @Test
    void docsAndKeyOrderLeaveAvroSchemasEquivalent() {
        EventSchema plain = avro("{'type':'record','name':'a.A','fields':["
                + "{'name':'x','type':{'type':'enum','name':'E','symbols':['P','Q'],'default':'P'},'default':'Q'},"
                + "{'name':'d','type':'double','default':1.0,'note':{'b':1,'a':2}}]}");
        EventSchema other = avro("{'doc':'An A.','name':'A','namespace':'a','fields':["
                + "{'default':'Q','doc':'x','type':{'default':'P','symbols':['P','Q'],'name':'a.E','type':'enum','doc':'E'},'name':'x'},"
                + "{'note':{'a':2,'b':1},'default':1,'name':'d','type':{'type':'double'}}],'type':'record'}");

        assertThat(other).isNotEqualTo(plain);
        assertThat(other.isEquivalentTo(plain)).isTrue();
        assertThat(plain.isEquivalentTo(other)).isTrue();
        assertThat(other.fingerprint()).isEqualTo(plain.fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'int'|'int','default':1",
                "'int'|'int','aliases':['y']",
                "'int'|'int','order':'ignore'",
                "'long'|{'type':'long','logicalType':'timestamp-millis'}",
                "{'type':'enum','name':'E','symbols':['P','Q']}|{'type':'enum','name':'E','symbols':['P','Q'],'default':'P'}",
                "{'type':'enum','name':'E','symbols':['P','Q']}|{'type':'enum','name':'E','symbols':['Q','P']}",
                "['null','int']|['int','null']",
                "{'type':'record','name':'R','fields':[]}|{'type':'record','name':'b.R','fields':[]}",
                "{'type':'record','name':'R','fields':[]}|{'type':'record','name':'R','fields':[],'aliases':['S']}",
                "'int'|'int','default':{'doc':1}",
            })
    void whatMattersToDataOrEvolutionKeepsAvroSchemasApart(String one, String other) {
        EventSchema left =
                EventSchema.registered(SchemaFormat.AVRO, FIELD.formatted(one).replace('\'', '"'));
        EventSchema right =
                EventSchema.registered(SchemaFormat.AVRO, FIELD.formatted(other).replace('\'', '"'));

        assertThat(left.isEquivalentTo(right)).isFalse();
        assertThat(left.isEquivalentTo(left)).isTrue();
    }

    @Test
    void theOrderOfFieldsKeepsAvroSchemasApart() {
        EventSchema one =
                avro("{'type':'record','name':'A','fields':[{'name':'x','type':'int'},{'name':'y','type':'int'}]}");
        EventSchema other =
                avro("{'type':'record','name':'A','fields':[{'name':'y','type':'int'},{'name':'x','type':'int'}]}");

        assertThat(one.isEquivalentTo(other)).isFalse();
    }

    @Test
    void docsAndKeyOrderLeaveJsonSchemasEquivalent() {
        EventSchema plain = json("{'title':'A','properties':{'x':{'maximum':1},'y':{}},'required':['x','y']}");
        EventSchema other =
                json("{'properties':{'y':{'description':'Y.'},'x':{'maximum':1.0,'title':'The X'}},'title':'A',"
                        + "'$comment':'c','examples':[{}],'required':['y','x'],'description':'An A.'}");

        assertThat(other).isNotEqualTo(plain);
        assertThat(other.isEquivalentTo(plain)).isTrue();
        assertThat(other.fingerprint()).isEqualTo(plain.fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'title':'A'}|{'title':'B'}",
                "{'default':1}|{'default':2}",
                "{'type':'string'}|{'type':'string','format':'date'}",
                "{'enum':['a','b']}|{'enum':['b','a']}",
                "{'properties':{'description':{}}}|{'properties':{}}",
                "{'const':{'description':'a'}}|{'const':{}}",
                "{'x-unit':{'title':'m'}}|{'x-unit':{}}",
                "{'$schema':'http://json-schema.org/draft-07/schema#'}|{}",
                "{}|true",
            })
    void whatMattersToDataOrEvolutionKeepsJsonSchemasApart(String one, String other) {
        assertThat(json(one).isEquivalentTo(json(other))).isFalse();
    }

    @Test
    void schemasOfTwoFormatsAreNeverEquivalent() {
        assertThat(json("{'type':'string'}").isEquivalentTo(avro("{'type':'string'}")))
                .isFalse();
    }

    @Test
    void aFieldThatIsTheRecordItselfHasAMeaningToo() {
        EventSchema tree = field("['null','A']");

        assertThat(tree.isEquivalentTo(field("['null','a.A']"))).isTrue();
        assertThat(tree.isEquivalentTo(field("['null','int']"))).isFalse();
    }
}
