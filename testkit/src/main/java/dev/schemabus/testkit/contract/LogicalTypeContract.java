package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.codec.Codec;
import dev.schemabus.codec.CodecFactory;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.LogicalType;
import dev.schemabus.schema.LogicalTypes;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a {@link LogicalType} owes its callers. Extend it, give yours and some records that use it, and run it: the records
 * are written and read in every format.
 */
public abstract class LogicalTypeContract {

    /** The logical type to examine. */
    protected abstract LogicalType<?> logicalType();

    /** Records that have a component of its class, with values at its limits. At least one; equal when read back. */
    protected abstract List<? extends Record> samples();

    @Test
    void theSamplesUseIt() {
        assertThat(samples()).isNotEmpty();
        assertThat(samples())
                .allSatisfy(sample -> assertThat(Arrays.stream(sample.getClass().getRecordComponents())
                                .map(component -> (Object) component.getType()))
                        .contains(logicalType().javaType()));
    }

    @ParameterizedTest
    @EnumSource(SchemaFormat.class)
    void theSchemaIsTheSameEachTime(SchemaFormat format) {
        for (Record sample : samples()) {
            EventSchema schema = generator().generate(sample.getClass(), format);

            assertThat(generator().generate(sample.getClass(), format)).isEqualTo(schema);
        }
    }

    @ParameterizedTest
    @EnumSource(SchemaFormat.class)
    void whatIsWrittenIsRead(SchemaFormat format) {
        for (Record sample : samples()) {
            assertThat(throughBytes(sample, format)).isEqualTo(sample);
        }
    }

    private Object throughBytes(Record sample, SchemaFormat format) {
        SchemaGenerator generator = generator();
        @SuppressWarnings("unchecked") // a value's class is a class of its type
        Codec<Record> codec = new CodecFactory(generator)
                .codec((Class<Record>) sample.getClass(), generator.generate(sample.getClass(), format));
        return codec.decode(ByteBuffer.wrap(codec.encode(sample, 0)));
    }

    private SchemaGenerator generator() {
        return SchemaGenerator.standard().withLogicalTypes(LogicalTypes.standard().plus(logicalType()));
    }
}
