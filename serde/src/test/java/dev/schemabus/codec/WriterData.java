package dev.schemabus.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes data of one of {@link WriterSchemas} from data of the reader's schema: so what the reader gets are values that its logical
 * types take. Now and then there is a null or a symbol that the reader doesn't know.
 */
final class WriterData {

    private static final int DEPTH = 6;

    /** No such data can be made of that value. */
    static final class NoSuchDataException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchDataException() {
            super(null, null, false, false);
        }
    }

    private final Random random;

    WriterData(Random random) {
        this.random = random;
    }

    @Nullable
    Object of(Schema writer, Schema reader, @Nullable Object datum) {
        if (reader.getType() == Schema.Type.UNION) {
            return of(writer, reader.getTypes().get(GenericData.get().resolveUnion(reader, datum)), datum);
        }
        if (writer.getType() == Schema.Type.UNION) {
            return ofUnion(writer, reader, datum);
        }
        if (!corresponds(writer, reader)) {
            throw new NoSuchDataException();
        }
        return switch (writer.getType()) {
            case RECORD -> record(writer, reader, (GenericRecord) Objects.requireNonNull(datum));
            case ENUM -> symbol(writer, String.valueOf(datum));
            case ARRAY -> array(writer, reader, (List<?>) Objects.requireNonNull(datum));
            case MAP -> {
                Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) Objects.requireNonNull(datum))
                        .forEach((key, value) ->
                                entries.put(key, of(writer.getValueType(), reader.getValueType(), value)));
                yield entries;
            }
            case INT -> ((Number) Objects.requireNonNull(datum)).intValue();
            case LONG -> ((Number) Objects.requireNonNull(datum)).longValue();
            case FLOAT -> ((Number) Objects.requireNonNull(datum)).floatValue();
            case STRING -> datum instanceof ByteBuffer ? text() : Objects.requireNonNull(datum);
            case BYTES ->
                datum instanceof ByteBuffer
                        ? datum
                        : ByteBuffer.wrap(String.valueOf(datum).getBytes(StandardCharsets.UTF_8));
            default -> datum;
        };
    }

    private @Nullable Object ofUnion(Schema writer, Schema reader, @Nullable Object datum) {
        if (random.nextInt(20) == 0 && writer.isNullable()) {
            return null;
        }
        for (Schema branch : writer.getTypes()) {
            if (corresponds(branch, reader)) {
                return of(branch, reader, datum);
            }
        }
        throw new NoSuchDataException();
    }

    private Object record(Schema writer, Schema reader, GenericRecord datum) {
        GenericData.Record record = new GenericData.Record(writer);
        for (Schema.Field field : writer.getFields()) {
            Schema.Field own = reader.getFields().stream()
                    .filter(one ->
                            one.name().equals(field.name()) || one.aliases().contains(field.name()))
                    .findFirst()
                    .orElse(null);
            record.put(
                    field.pos(),
                    own == null ? any(field.schema(), 0) : of(field.schema(), own.schema(), datum.get(own.pos())));
        }
        return record;
    }

    private GenericData.EnumSymbol symbol(Schema writer, String wanted) {
        String symbol = writer.hasEnumSymbol(wanted) && random.nextInt(10) > 0
                ? wanted
                : writer.getEnumSymbols()
                        .get(random.nextInt(writer.getEnumSymbols().size()));
        return new GenericData.EnumSymbol(writer, symbol);
    }

    private GenericArray<@Nullable Object> array(Schema writer, Schema reader, List<?> datum) {
        GenericArray<@Nullable Object> items = new GenericData.Array<>(datum.size(), writer);
        datum.forEach(item -> items.add(of(writer.getElementType(), reader.getElementType(), item)));
        return items;
    }

    private static boolean corresponds(Schema writer, Schema reader) {
        return switch (reader.getType()) {
            case RECORD, ENUM, FIXED ->
                writer.getType() == reader.getType()
                        && (writer.getFullName().equals(reader.getFullName())
                                || (reader.getType() != Schema.Type.FIXED
                                        && reader.getAliases().contains(writer.getFullName())));
            case LONG -> isAnyOf(writer, Schema.Type.INT, Schema.Type.LONG);
            case FLOAT -> isAnyOf(writer, Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT);
            case DOUBLE -> isAnyOf(writer, Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
            case STRING, BYTES -> isAnyOf(writer, Schema.Type.STRING, Schema.Type.BYTES);
            default -> writer.getType() == reader.getType();
        };
    }

    private static boolean isAnyOf(Schema schema, Schema.Type... types) {
        return List.of(types).contains(schema.getType());
    }

    private @Nullable Object any(Schema schema, int depth) {
        int size = depth > DEPTH ? 0 : random.nextInt(4);
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case ENUM -> symbol(schema, "");
            case UNION ->
                any(
                        schema.getTypes()
                                .get(
                                        depth > DEPTH
                                                ? 0
                                                : random.nextInt(
                                                        schema.getTypes().size())),
                        depth + 1);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    items.add(any(schema.getElementType(), depth + 1));
                }
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    entries.put("k" + i, any(schema.getValueType(), depth + 1));
                }
                yield entries;
            }
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), any(field.schema(), depth + 1)));
                yield record;
            }
        };
    }

    /** Of lengths about which codecs know something: short, one or two bytes of length, wider than Latin-1. */
    private String text() {
        String letter = random.nextInt(4) == 0 ? "é" : random.nextInt(4) == 0 ? "😀" : "a";
        return letter.repeat(random.nextInt(8) == 0 ? 60 + random.nextInt(10) : random.nextInt(6));
    }
}
