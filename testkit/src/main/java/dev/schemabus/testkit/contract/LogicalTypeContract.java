package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.codec.Codec;
import dev.schemabus.codec.CodecFactory;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.LogicalType;
import dev.schemabus.schema.LogicalTypes;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /**
     * Scalars that are no value of it in one format, of the scalar's Java type. None unless you say so.
     *
     * @param format the format in which they are read
     */
    protected List<?> illegalScalars(SchemaFormat format) {
        return List.of();
    }

    @Test
    void theSamplesUseIt() {
        assertThat(samples()).isNotEmpty();
        assertThat(samples())
                .allSatisfy(sample -> assertThat(Arrays.stream(sample.getClass().getRecordComponents())
                                .map(component -> (Object) MethodType.methodType(component.getType())
                                        .wrap()
                                        .returnType()))
                        .contains(MethodType.methodType(logicalType().javaType())
                                .wrap()
                                .returnType()));
    }

    @ParameterizedTest
    @EnumSource(SchemaFormat.class)
    void aValueBecomesTheScalarThatItsFormNames(SchemaFormat format) {
        for (Use use : uses(format)) {
            Object scalar = use.form().toScalar(use.value());

            assertThat(scalar).isInstanceOf(javaType(use.form().scalar()));
            use.form()
                    .fixedType()
                    .ifPresent(fixed -> assertThat((byte[]) scalar).hasSize(fixed.size()));
        }
    }

    @ParameterizedTest
    @EnumSource(SchemaFormat.class)
    void aFormNamesAScalarThatItsFormatHas(SchemaFormat format) {
        for (Use use : uses(format)) {
            assertThat(use.form().scalar()).isNotEqualTo(format == SchemaFormat.JSON ? Scalar.FIXED : Scalar.NUMBER);
        }
    }

    @ParameterizedTest
    @EnumSource(SchemaFormat.class)
    void whatIsNoValueIsRefusedWithAReason(SchemaFormat format) {
        for (Use use : uses(format)) {
            for (Object scalar : illegalScalars(format)) {
                assertThatThrownBy(() -> use.form().fromScalar(scalar))
                        .isInstanceOf(RuntimeException.class)
                        .message()
                        .isNotBlank();
            }
        }
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

    private record Use(Representation<?, ?> form, Object value) {}

    /** The values that stand in the samples themselves or in an Optional there. */
    private List<Use> uses(SchemaFormat format) {
        List<Use> uses = new ArrayList<>();
        for (Record sample : samples()) {
            RecordShape shape = (RecordShape) generator().shape(sample.getClass());
            for (Component component : shape.components()) {
                Shape present =
                        component.shape() instanceof Shape.OfOptional optional ? optional.value() : component.shape();
                Object value = component.get(sample) instanceof Optional<?> optional
                        ? optional.orElse(null)
                        : component.get(sample);
                if (present instanceof Shape.OfLogical logical
                        && logicalType().javaType().isInstance(value)) {
                    uses.add(new Use(logical.forms().in(format), value));
                }
            }
        }
        assertThat(uses).as("values of it that stand in a sample itself").isNotEmpty();
        return uses;
    }

    private static Class<?> javaType(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> Boolean.class;
            case INT -> Integer.class;
            case LONG -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case STRING -> String.class;
            case BYTES, FIXED -> byte[].class;
            case NUMBER -> BigDecimal.class;
        };
    }

    private SchemaGenerator generator() {
        return SchemaGenerator.standard()
                .withLogicalTypes(LogicalTypes.standard().plus(logicalType()));
    }
}
