package dev.schemabus.codec;

import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import dev.schemabus.schema.SemanticWarning;
import dev.schemabus.schema.Shape;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes encoders and decoders for Avro binary. Whether a schema can be read is decided here, not found out record by record.
 */
final class AvroCodecs {

    private static final Logger LOG = LoggerFactory.getLogger(AvroCodecs.class);

    private final CodecMode mode;
    private final Limits limits;

    AvroCodecs(CodecSettings settings) {
        this.mode = settings.mode();
        this.limits = settings.limits();
    }

    <T> Encoder<T> encoder(Class<T> type, Shape shape, EventSchema writerSchema) {
        WriteStep plan = writePlan(type, shape, writerSchema);
        AvroEncoder<T> encoder = new AvroEncoder<>(type, plan, limits);
        GeneratedWriter generated = generated(type, () -> WriterClass.of(plan, limits));
        if (generated == null) {
            return encoder;
        }
        generated.follow(encoder);
        return encoder(generated);
    }

    @SuppressWarnings("unchecked") // it was generated for that type
    private static <T> Encoder<T> encoder(GeneratedWriter generated) {
        return (Encoder<T>) generated;
    }

    @SuppressWarnings(
            "unchecked") // it was generated for that type, and a cast for each record costs as much as a field
    private static <T> Decoder<T> decoder(GeneratedReader generated) {
        return (Decoder<T>) generated;
    }

    private static WriteStep writePlan(Class<?> type, Shape shape, EventSchema writerSchema) {
        try {
            return AvroWritePlan.of(shape, parsed(writerSchema));
        } catch (PathException e) {
            throw new UnreadableSchemaException(
                    type.getName() + " can't be written under the schema " + named(writerSchema) + ": "
                            + e.describe(type),
                    e.path(),
                    e);
        }
    }

    <T> Decoder<T> decoder(Class<T> type, Shape shape, EventSchema writerSchema, EventSchema ownSchema) {
        requireSameMeaning(type, writerSchema, ownSchema);
        ReadStep plan = readPlan(type, shape, writerSchema, ownSchema);
        AvroInterpreter<T> interpreter = new AvroInterpreter<>(type.getSimpleName(), type, plan::read, limits);
        GeneratedReader generated = generated(type, () -> ReaderClass.of(plan, limits));
        if (generated == null) {
            return interpreter;
        }
        generated.follow(interpreter);
        return decoder(generated);
    }

    private static ReadStep readPlan(Class<?> type, Shape shape, EventSchema writerSchema, EventSchema ownSchema) {
        try {
            return AvroReadPlan.of(
                    shape,
                    parsed(writerSchema),
                    new Schema.Parser().parse(ownSchema.inlined().text()));
        } catch (PathException e) {
            throw new UnreadableSchemaException(
                    unreadable(type, writerSchema, ownSchema) + why(e, type, writerSchema, ownSchema), e.path(), e);
        }
    }

    private <C> @Nullable C generated(Class<?> type, Supplier<C> generation) {
        if (mode == CodecMode.INTERPRETED) {
            return null;
        }
        try {
            return generation.get();
        } catch (UngeneratableException e) {
            LOG.debug("The codec of {} is interpreted: {}", type.getName(), e.getMessage());
            return null;
        }
    }

    /** What a registry holds is taken as it is, see {@link EventSchema#registered}. */
    static Schema parsed(EventSchema writerSchema) {
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(writerSchema.inlined().text());
    }

    /** Schema resolution looks at plain types alone: microseconds would be read as milliseconds. */
    private static void requireSameMeaning(Class<?> type, EventSchema writerSchema, EventSchema ownSchema) {
        List<SemanticWarning> reinterpreted = Compatibility.warnings(ownSchema, writerSchema).stream()
                .filter(warning -> warning.kind().reinterprets())
                .toList();
        if (!reinterpreted.isEmpty()) {
            throw new UnreadableSchemaException(unreadable(type, writerSchema, ownSchema) + joined(reinterpreted));
        }
    }

    /** The rules of compatibility say it best, with remedies; but they are stricter, so they don't decide. */
    private static String why(PathException obstacle, Class<?> type, EventSchema writerSchema, EventSchema ownSchema) {
        List<Incompatibility> all = Compatibility.check(CompatibilityLevel.BACKWARD, ownSchema, List.of(writerSchema));
        return all.isEmpty() ? obstacle.describe(type) : joined(all);
    }

    private static String unreadable(Class<?> type, EventSchema writerSchema, EventSchema ownSchema) {
        String own = named(ownSchema);
        return "Data of schema " + named(writerSchema) + " can't be read as " + type.getName()
                + (own.equals(named(writerSchema)) ? "" : " (schema " + own + ")") + ": ";
    }

    private static String named(EventSchema schema) {
        return schema.name().orElse("(no name)");
    }

    private static String joined(List<?> reasons) {
        return reasons.stream().map(Object::toString).collect(Collectors.joining("; "));
    }
}
