package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.SemanticWarning.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that every compatibility level accepts although Avro's readers take data for something else. */
class AvroSemanticsTest {

    private static EventSchema avro(String text) {
        return EventSchema.of(SchemaFormat.AVRO, text.replace('\'', '"'));
    }

    private static EventSchema record(String... fields) {
        return avro("{'type':'record','name':'shop.Paid','fields':[" + String.join(",", fields) + "]}");
    }

    private static EventSchema field(String type) {
        return record("{'name':'x','type':" + type + "}");
    }

    private static List<SemanticWarning> warnings(EventSchema newer, EventSchema older) {
        return Compatibility.warnings(newer, older);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'bytes','logicalType':'decimal','precision':9,'scale':4} |"
                        + " {'type':'bytes','logicalType':'decimal','precision':9,'scale':2} |"
                        + " SCALE_CHANGED What was written with scale 2 is read with scale 4."
                        + " Keep the scale 2, or add a component of another name.",
                "{'type':'bytes','logicalType':'decimal','precision':9,'scale':4} |"
                        + " {'type':'bytes','logicalType':'decimal','precision':9} |"
                        + " SCALE_CHANGED What was written with scale 0 is read with scale 4."
                        + " Keep the scale 0, or add a component of another name.",
                "{'type':'bytes','logicalType':'decimal','precision':4,'scale':2} |"
                        + " {'type':'bytes','logicalType':'decimal','precision':9,'scale':2} |"
                        + " PRECISION_NARROWED Numbers were written with up to 9 digits and are read as ones of 4."
                        + " Keep the precision 9, or raise it.",
                "{'type':'long','logicalType':'timestamp-micros'} | {'type':'long','logicalType':'timestamp-millis'} |"
                        + " UNIT_CHANGED What was written as timestamp-millis is read as timestamp-micros."
                        + " Keep timestamp-millis, or add a component of another name.",
                "{'type':'long','logicalType':'time-micros'} | {'type':'int','logicalType':'time-millis'} |"
                        + " UNIT_CHANGED What was written as time-millis is read as time-micros."
                        + " Keep time-millis, or add a component of another name.",
                "{'type':'long','logicalType':'duration-seconds'} | {'type':'long','logicalType':'duration-millis'} |"
                        + " UNIT_CHANGED What was written as duration-millis is read as duration-seconds."
                        + " Keep duration-millis, or add a component of another name.",
                "{'type':'long','unit':'ms'} | {'type':'long','unit':'s'} |"
                        + " UNIT_CHANGED What was written with unit s is read with unit ms."
                        + " Keep the unit s, or add a component of another name.",
                "'long' | {'type':'long','unit':'s'} |"
                        + " LOGICAL_TYPE_DROPPED What was written with unit s is read without a unit. Keep the unit s.",
                "{'type':'long','logicalType':'timestamp-millis'} | {'type':'int','logicalType':'date'} |"
                        + " LOGICAL_TYPE_CHANGED What was written as date is read as timestamp-millis."
                        + " Keep date, or add a component of another name.",
                "'long' | {'type':'long','logicalType':'timestamp-millis'} |"
                        + " LOGICAL_TYPE_DROPPED What was written as timestamp-millis is read as a plain long."
                        + " Keep timestamp-millis, or tell every consumer how to read the plain values.",
                "{'type':'string','logicalType':'uuid'} | 'string' |"
                        + " LOGICAL_TYPE_ADDED What was written as a plain string is read as uuid."
                        + " Make sure that all data so far means that, or add a component of another name.",
                "{'type':'long','logicalType':'money','currency':'USD'} |"
                        + " {'type':'long','logicalType':'money','currency':'EUR'} |"
                        + " ATTRIBUTE_CHANGED What was written with currency EUR is read with currency USD."
                        + " Keep the currency EUR, or add a component of another name.",
                "{'type':'long','logicalType':'money','currency':'USD'} | {'type':'long','logicalType':'money'} |"
                        + " ATTRIBUTE_CHANGED What was written without currency is read with currency USD."
                        + " Leave currency out, or add a component of another name.",
                "'double' | 'long' | DIGITS_LOST What was written as long is read as double, which rounds numbers of"
                        + " more than 15 digits. Keep long, or add a component of another name.",
                "'float' | 'int' | DIGITS_LOST What was written as int is read as float, which rounds numbers of"
                        + " more than 7 digits. Keep int, or add a component of another name.",
                "'bytes' | 'string' | TEXT_AND_BYTES Text is read as its UTF-8 bytes."
                        + " Keep string, or add a component of another name.",
                "'string' | 'bytes' | TEXT_AND_BYTES Bytes are read as text, which garbles all but UTF-8."
                        + " Keep bytes, or add a component of another name.",
                "['float','double'] | 'long' | DIGITS_LOST What was written as long is read as float, which rounds"
                        + " numbers of more than 7 digits. Keep long, or add a component of another name.",
            })
    void aTypeThatMeansSomethingElseIsWarnedAbout(String newer, String older, String expected) {
        for (String place : List.of("%s", "{'type':'array','items':%s}", "{'type':'map','values':%s}")) {
            acceptedButWarnedAbout(
                    field(place.formatted(newer)), field(place.formatted(older)), "/fields/0/type", expected);
        }
    }

    /** A change of the component {@code Paid.x}. */
    static void acceptedButWarnedAbout(EventSchema newer, EventSchema older, String path, String expected) {
        assertThat(Compatibility.check(CompatibilityLevel.BACKWARD, newer, List.of(older)))
                .as("accepted")
                .isEmpty();
        assertThat(warnings(newer, older)).singleElement().satisfies(found -> {
            assertThat(found.kind() + " " + found.reason() + ' ' + found.remedy())
                    .isEqualTo(expected);
            assertThat(found.component()).hasValue("Paid.x");
            assertThat(found.path()).startsWith(path);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'double' | 'int'",
                "{'type':'long','logicalType':'span','doc':'seconds'} | {'type':'long','logicalType':'span'}",
                "'double' | 'float'",
                "'long' | 'int'",
                "['null','string'] | 'string'",
                "['string','null'] | ['null','string']",
                "['double','long'] | 'long'",
                "{'type':'bytes','logicalType':'decimal','precision':9,'scale':0} |"
                        + " {'type':'bytes','logicalType':'decimal','precision':4}",
                "{'type':'string','avro.java.string':'String'} | 'string'",
                "{'type':'long','connect.version':2} | {'type':'long','connect.version':1}",
                "{'type':'enum','name':'E','symbols':['B','A']} | {'type':'enum','name':'E','symbols':['A','B']}",
                "{'type':'enum','name':'E','symbols':['A','B','C'],'default':'A'} |"
                        + " {'type':'enum','name':'E','symbols':['A','B'],'default':'A'}",
                "{'type':'record','name':'N','doc':'new','aliases':['M'],'fields':[]} |"
                        + " {'type':'record','name':'N','fields':[]}",
                "[{'type':'int','logicalType':'date'},{'type':'long','logicalType':'timestamp-millis'}] |"
                        + " [{'type':'long','logicalType':'timestamp-millis'},{'type':'int','logicalType':'date'}]",
            })
    void whatKeepsItsMeaningIsNot(String newer, String older) {
        assertThat(warnings(field(newer), field(older))).isEmpty();
    }

    @Test
    void aChangedOrLostDefaultIsWarnedAboutAndAnAddedOneIsNot() {
        EventSchema none = record("{'name':'n','type':'int'}");
        EventSchema zero = record("{'name':'n','type':'int','default':0}");
        EventSchema one = record("{'name':'n','type':'int','default':1}");

        assertThat(warnings(one, zero))
                .singleElement()
                .hasToString("Paid.n: Data from before 'n' was read with 0 and is read with 1."
                        + " Keep the default 0 as long as such data is read.");
        assertThat(warnings(none, zero))
                .singleElement()
                .hasToString("Paid.n: Data from before 'n' was read with 0 and is read without a default."
                        + " Keep the default 0 as long as such data is read.");
        assertThat(warnings(zero, none)).isEmpty();
    }

    @Test
    void defaultsThatRegistriesLetPassAreTakenAsTheyAre() {
        EventSchema odd =
                registered("{'name':'x','type':'int','default':'many'},{'name':'y','type':'double','default':0}");
        EventSchema even = registered("{'name':'x','type':'int'},{'name':'y','type':'double','default':1e999}");
        assertThat(warnings(even, odd)).extracting(SemanticWarning::kind).contains(Kind.DEFAULT_CHANGED);
        assertThat(warnings(odd, even)).extracting(SemanticWarning::kind).contains(Kind.DEFAULT_CHANGED);
    }

    private static EventSchema registered(String fields) {
        String text = "{'type':'record','name':'shop.Paid','fields':[" + fields + "]}";
        return EventSchema.registered(SchemaFormat.AVRO, text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'A','B','C' | `` | 'A','B' | `` | ENUM_DEFAULT_MISSING The enum's symbols change, but readers refuse a"
                        + " symbol that they don't know.",
                "'A' | `` | 'A','B' | `` | ENUM_DEFAULT_MISSING The enum's symbols change, but readers refuse a symbol"
                        + " that they don't know.",
                "'A','B','C' | A | 'A','B' | `` | ENUM_DEFAULT_MISSING Readers of the older schema refuse C, since their"
                        + " enum has no default.",
                "'A' | A | 'A','B' | A | ENUM_SYMBOL_REMOVED What was written as B is read as A.",
                "'A','B' | B | 'A','B' | A | ENUM_DEFAULT_CHANGED Symbols that a reader doesn't know were read as A and"
                        + " are read as B.",
                "'A','B' | `` | 'A','B' | A | ENUM_DEFAULT_CHANGED Symbols that a reader doesn't know were read as A and"
                        + " are refused.",
            })
    void anEnumWhoseSymbolsOrDefaultChangeIsWarnedAbout(
            String symbols, String initial, String oldSymbols, String oldInitial, String expected) {
        assertThat(warnings(enumeration(symbols, initial), enumeration(oldSymbols, oldInitial)))
                .singleElement()
                .extracting(found -> found.kind() + " " + found.reason())
                .isEqualTo(expected);
    }

    private static EventSchema enumeration(String symbols, String initial) {
        return field("{'type':'enum','name':'E','symbols':[" + symbols + "]"
                + (initial.isEmpty() ? "" : ",'default':'" + initial + "'") + "}");
    }

    @Test
    void aRenameWithoutAliasIsWarnedAbout() {
        EventSchema older = record("{'name':'note','type':'string','default':''}", "{'name':'n','type':'int'}");
        EventSchema newer = record("{'name':'n','type':'int'}", "{'name':'hint','type':'string','default':''}");
        EventSchema aliased =
                record("{'name':'n','type':'int'}", "{'name':'hint','type':'string','default':'','aliases':['note']}");

        assertThat(warnings(newer, older)).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Kind.RENAMED_WITHOUT_ALIAS);
            assertThat(found.path()).isEqualTo("/fields/1");
            assertThat(found)
                    .hasToString("Paid.hint: 'note' is gone and 'hint' of the same type is new, so what was written as"
                            + " 'note' isn't read. If it only has a new name, keep the data with @Aliases(\"note\").");
        });
        assertThat(warnings(aliased, older)).isEmpty();
    }

    @Test
    void aComponentThatGoesWhileOneOfAnotherTypeComesIsNoRename() {
        assertThat(warnings(record("{'name':'b','type':'int','default':0}"), record("{'name':'a','type':'string'}")))
                .isEmpty();
    }

    @Test
    void anAttributeThatIsNullIsCalledSo() {
        assertThat(warnings(
                        field("{'type':'long','logicalType':'gauge','unit':null}"),
                        field("{'type':'long','logicalType':'gauge','unit':'bar'}")))
                .isNotEmpty()
                .allSatisfy(warning -> assertThat(warning.toString()).doesNotContain("@"));
    }

    /** Avro's reader renames first, so an alias wins over the component that has that very name. */
    @Test
    void anAliasThatIsStillAComponentTakesItsData() throws IOException {
        EventSchema older = record("{'name':'gross','type':'int'}");
        EventSchema newer =
                record("{'name':'net','type':'int','aliases':['gross']}", "{'name':'gross','type':'int','default':-1}");

        assertThat(Compatibility.check(CompatibilityLevel.FULL, newer, List.of(older)))
                .as("accepted")
                .isEmpty();
        assertThat(warnings(newer, older))
                .singleElement()
                .hasToString("Paid.net: What was written as 'gross' is read as 'net', although 'gross' is still there."
                        + " Remove the alias 'gross' from 'net'.");

        GenericRecord written = new GenericData.Record(older.avroSchema());
        written.put("gross", 119);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new GenericDatumWriter<GenericRecord>(older.avroSchema())
                .write(written, EncoderFactory.get().directBinaryEncoder(bytes, null));
        assertThat(new GenericDatumReader<GenericRecord>(older.avroSchema(), newer.avroSchema())
                        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)))
                .hasToString("{\"net\": 119, \"gross\": -1}");
    }

    @Test
    void swappedAliasesAreNotCompatibleAtAll() {
        EventSchema older = record("{'name':'net','type':'int'}", "{'name':'gross','type':'int'}");
        EventSchema newer = record("{'name':'net','type':'int','aliases':['gross']}", "{'name':'gross','type':'int'}");

        assertThat(Compatibility.check(CompatibilityLevel.BACKWARD, newer, List.of(older)))
                .singleElement()
                .hasToString("Paid.net: By its name and aliases, 'net' of the new schema could be read from several"
                        + " components of the old schema: 'net', 'gross'. Remove the alias 'gross'.");
        assertThat(Compatibility.check(CompatibilityLevel.FORWARD, older, List.of(newer)))
                .singleElement()
                .hasToString("Paid.net: By its name and aliases, 'net' of the old schema could be read from several"
                        + " components of the new schema: 'net', 'gross'. Give 'gross' another name: an old schema"
                        + " takes it for 'net'.");
        assertThat(warnings(newer, older)).isEmpty();
    }

    @Test
    void anAliasThatMovesOrGoesIsWarnedAbout() {
        EventSchema older =
                record("{'name':'total','type':'int','aliases':['sum']}", "{'name':'fee','type':'int','default':0}");

        assertThat(warnings(
                        record(
                                "{'name':'total','type':'int'}",
                                "{'name':'fee','type':'int','default':0,'aliases':['sum']}"),
                        older))
                .singleElement()
                .hasToString("Paid.fee: What was written as 'sum' was read as 'total' and is read as 'fee'."
                        + " Keep the alias 'sum' with 'total', and choose another name here.");
        assertThat(warnings(record("{'name':'total','type':'int'}", "{'name':'fee','type':'int','default':0}"), older))
                .singleElement()
                .hasToString("Paid.total: What was written as 'sum' was read as 'total' and isn't any more."
                        + " Keep the alias 'sum' as long as such data is read.");
        assertThat(warnings(
                        record(
                                "{'name':'sum','type':'int','aliases':['total']}",
                                "{'name':'fee','type':'int','default':0}"),
                        older))
                .isEmpty();
    }

    @Test
    void aNewNamespaceIsWarnedAboutUnlessTheOldOneIsAnAlias() {
        EventSchema older = avro("{'type':'record','name':'shop.Paid','fields':[]}");

        assertThat(warnings(avro("{'type':'record','name':'pay.Paid','fields':[]}"), older))
                .singleElement()
                .hasToString("/name: What was written as shop.Paid is read as pay.Paid, which consumers that go by full"
                        + " names refuse. Keep the namespace, or name the old one with @Aliases(\"shop.Paid\").");
        assertThat(warnings(avro("{'type':'record','name':'pay.Paid','aliases':['shop.Paid'],'fields':[]}"), older))
                .isEmpty();
    }

    @Test
    void aTypeAliasThatIsStillATypeIsWarnedAbout() {
        String a = "{'type':'record','name':'A'%s,'fields':[]}";
        String b = "{'type':'record','name':'B','fields':[]}";
        assertThat(warnings(
                        avro("[" + a.formatted(",'aliases':['B']") + "," + b + "]"),
                        avro("[" + a.formatted("") + "," + b + "]")))
                .extracting(SemanticWarning::kind)
                .containsOnly(Kind.ALIAS_AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "long"})
    void recursiveRecordsEnd(String type) {
        String node = "{'type':'record','name':'Node','fields':[{'name':'at','type':{'type':'%s','unit':'%s'}},"
                + "{'name':'next','type':['null','Node'],'default':null}]}";
        assertThat(warnings(avro(node.formatted(type, "ms")), avro(node.formatted("int", "s"))))
                .singleElement()
                .satisfies(found -> assertThat(found.component()).hasValue("Node.at"));
    }
}
