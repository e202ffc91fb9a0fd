package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of every plain type: the table of {@link LogicalTypes#standard}. */
class PlainTypesSchemaTest {

    private static final Schema AVRO = new Schema.Parser()
            .parse(SchemaGenerator.standard()
                    .generate(PlainTypes.class, SchemaFormat.AVRO)
                    .text());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "smallest | 'int' | {'type':'integer','minimum':-128,'maximum':127}",
                "smallestWrapped | 'int' | {'type':'integer','minimum':-128,'maximum':127}",
                "small | 'int' | {'type':'integer','minimum':-32768,'maximum':32767}",
                "smallWrapped | 'int' | {'type':'integer','minimum':-32768,'maximum':32767}",
                "letter | 'string' | {'type':'string','minLength':1,'maxLength':1}",
                "letterWrapped | 'string' | {'type':'string','minLength':1,'maxLength':1}",
                "text | 'string' | {'type':'string'}",
                "buffer | 'bytes' | {'type':'string','contentEncoding':'base64'}",
                "price | {'type':'bytes','logicalType':'decimal','precision':6,'scale':2} | {'type':'number'}",
                "fixedPrice | {'type':'fixed','name':'Decimal_6_2','namespace':'dev.schemabus.fixed','size':3,"
                        + "'logicalType':'decimal','precision':6,'scale':2} | {'type':'number'}",
                "whole | {'type':'bytes','logicalType':'decimal','precision':20,'scale':0} | {'type':'number'}",
                "fixedWhole | {'type':'fixed','name':'Decimal_20_0','namespace':'dev.schemabus.fixed','size':9,"
                        + "'logicalType':'decimal','precision':20,'scale':0} | {'type':'number'}",
                "id | {'type':'string','logicalType':'uuid'} | {'type':'string','format':'uuid'}",
                "fixedId | {'type':'fixed','name':'Uuid','namespace':'dev.schemabus.fixed','size':16,"
                        + "'logicalType':'uuid'} | {'type':'string','format':'uuid'}",
                "at | {'type':'long','logicalType':'timestamp-millis'} | {'type':'string','format':'date-time'}",
                "atMicros | {'type':'long','logicalType':'timestamp-micros'} | {'type':'string','format':'date-time'}",
                "atNanos | {'type':'long','logicalType':'timestamp-nanos'} | {'type':'string','format':'date-time'}",
                "day | {'type':'int','logicalType':'date'} | {'type':'string','format':'date'}",
                "time | {'type':'int','logicalType':'time-millis'} |",
                "timeMicros | {'type':'long','logicalType':'time-micros'} |",
                "local | {'type':'long','logicalType':'local-timestamp-millis'} |",
                "localMicros | {'type':'long','logicalType':'local-timestamp-micros'} |",
                "localNanos | {'type':'long','logicalType':'local-timestamp-nanos'} |",
                "offset | 'string' | {'type':'string','format':'date-time'}",
                "zoned | 'string' |",
                "span | {'type':'long','logicalType':'duration-millis'} |",
                "spanSeconds | {'type':'long','logicalType':'duration-seconds'} |",
                "spanMicros | {'type':'long','logicalType':'duration-micros'} |",
                "spanNanos | {'type':'long','logicalType':'duration-nanos'} |",
                "year | 'int' | {'type':'integer','minimum':-999999999,'maximum':999999999}",
                "month | 'string' |",
                "uri | 'string' | {'type':'string','format':'uri-reference'}",
                "locale | 'string' |",
                "currency | 'string' | {'type':'string','pattern':'^[A-Z]{3}$'}",
            })
    void aTypeHasOneSchemaInEachFormat(String component, String avro, String json) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(AVRO.getField(component).schema().toString()))
                .isEqualTo(mapper.readTree(avro.replace('\'', '"')));
        String text = SchemaGenerator.standard()
                .generate(PlainTypes.class, SchemaFormat.JSON)
                .text();
        if (json == null) {
            assertThat(mapper.readTree(text)
                            .at("/properties/" + component + "/pattern")
                            .isTextual())
                    .isTrue();
        } else {
            assertThat(mapper.readTree(text).at("/properties/" + component))
                    .isEqualTo(mapper.readTree(json.replace('\'', '"')));
        }
    }

    @Test
    void avroKnowsEveryLogicalTypeButOurDurations() {
        assertThat(AVRO.getFields().stream().map(Schema.Field::schema).filter(s -> s.getProp("logicalType") != null))
                .allSatisfy(schema -> {
                    LogicalType known = schema.getLogicalType();
                    assertThat(known != null || schema.getProp("logicalType").startsWith("duration-"))
                            .as(schema.toString())
                            .isTrue();
                });
    }
}
