package dev.schemabus.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** The payloads as Avro's generic records, of whichever schema, and their bytes by Avro's own writer. */
final class Generics {

    private static final String INVENTED = "something that was dropped since";

    private Generics() {}

    static GenericRecord record(Record value, Schema schema) {
        return (GenericRecord) Objects.requireNonNull(generic(value, schema));
    }

    static byte[] bytes(GenericRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't fail to take bytes", e);
        }
        return out.toByteArray();
    }

    private static @Nullable Object generic(@Nullable Object value, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> fields((Record) Objects.requireNonNull(value), schema);
            case UNION -> branch(value, schema);
            case ARRAY -> items((Collection<?>) Objects.requireNonNull(value), schema.getElementType());
            case MAP -> entries((Map<?, ?>) Objects.requireNonNull(value), schema.getValueType());
            case ENUM -> new GenericData.EnumSymbol(schema, String.valueOf(value));
            case BYTES ->
                ByteBuffer.wrap(((BigDecimal) Objects.requireNonNull(value))
                        .unscaledValue()
                        .toByteArray());
            case STRING -> String.valueOf(value);
            case INT ->
                value instanceof LocalDate day
                        ? (int) day.toEpochDay()
                        : number(value).intValue();
            case LONG ->
                value instanceof Instant instant
                        ? instant.toEpochMilli()
                        : number(value).longValue();
            case FLOAT -> number(value).floatValue();
            default -> value;
        };
    }

    private static Number number(@Nullable Object value) {
        return (Number) Objects.requireNonNull(value);
    }

    private static GenericRecord fields(Record value, Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), generic(component(value, field), field.schema()));
        }
        return record;
    }

    private static @Nullable Object component(Record value, Schema.Field field) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            if (component.getName().equals(field.name())) {
                try {
                    return component.getAccessor().invoke(value);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("accessors of payloads are public and don't throw", e);
                }
            }
        }
        return field.schema().getType() == Schema.Type.ARRAY ? List.of(INVENTED, INVENTED) : INVENTED;
    }

    /** A branch that an older schema doesn't have becomes its first one. */
    private static @Nullable Object branch(@Nullable Object value, Schema schema) {
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        for (Schema branch : schema.getTypes()) {
            boolean fits = branch.getType() == Schema.Type.RECORD
                    ? present != null && present.getClass().getSimpleName().equals(branch.getName())
                    : branch.getType() == Schema.Type.NULL == (present == null);
            if (fits) {
                return generic(present, branch);
            }
        }
        return generic(
                new Catalogues.Film("https://media.example.com/instead", 1),
                schema.getTypes().get(0));
    }

    private static List<@Nullable Object> items(Collection<?> values, Schema schema) {
        List<@Nullable Object> items = new ArrayList<>();
        values.forEach(value -> items.add(generic(value, schema)));
        return items;
    }

    private static Map<String, @Nullable Object> entries(Map<?, ?> values, Schema schema) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(String.valueOf(key), generic(value, schema)));
        return entries;
    }
}
