package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import org.junit.jupiter.api.Test;

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
}
