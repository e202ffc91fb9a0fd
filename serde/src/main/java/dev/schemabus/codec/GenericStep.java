package dev.schemabus.codec;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * How data of a schema becomes Avro's generic values, the same ones that Avro's own {@code GenericDatumReader} makes. Why not
 * that one: it believes the bytes, goes as deep as they say, and knows no place when they are wrong. Nothing here looks for
 * a class, whatever the schema's properties name.
 */
sealed interface GenericStep {

    /** Reads a value; throws {@link PathException} if there is none. */
    @Nullable
    Object read(AvroInput in);

    /** The fewest bytes it reads; 0 also within a record that is being planned. */
    int leastBytes();

    /**
     * A plain value.
     *
     * @param schema of any type but those that hold others
     * @param javaText whether texts are to be strings of Java's rather than {@link Utf8}
     */
    record Plain(Schema schema, boolean javaText) implements GenericStep {

        static Plain of(Schema schema) {
            return new Plain(schema, isJavaText(schema));
        }

        @Override
        public @Nullable Object read(AvroInput in) {
            try {
                return switch (schema.getType()) {
                    case NULL -> null;
                    case BOOLEAN -> in.readBoolean();
                    case INT -> in.readInt();
                    case LONG -> in.readLong();
                    case FLOAT -> in.readFloat();
                    case DOUBLE -> in.readDouble();
                    case STRING -> text(in);
                    case BYTES -> ByteBuffer.wrap(in.readBytes());
                    case FIXED -> new GenericData.Fixed(schema, in.readFixed(schema.getFixedSize()));
                    case ENUM -> symbol(in);
                    default -> throw new AssertionError(schema.getType() + " holds others");
                };
            } catch (IndexOutOfBoundsException e) {
                throw PlannedReads.endsTooEarly(e);
            }
        }

        CharSequence text(AvroInput in) {
            String text = in.readString();
            return javaText ? text : new Utf8(text);
        }

        private Object symbol(AvroInput in) {
            List<String> symbols = schema.getEnumSymbols();
            int index = PlannedReads.index(in, symbols.size(), "symbols of the writer's enum");
            return new GenericData.EnumSymbol(schema, symbols.get(index));
        }

        @Override
        public int leastBytes() {
            return switch (schema.getType()) {
                case NULL -> 0;
                case FLOAT -> Float.BYTES;
                case DOUBLE -> Double.BYTES;
                case FIXED -> schema.getFixedSize();
                default -> 1;
            };
        }
    }

    /** An array. */
    record OfArray(Schema schema, GenericStep element) implements GenericStep {
        @Override
        public Object read(AvroInput in) {
            ItemBuffer items = PlannedReads.items(in, element.leastBytes(), element::read);
            return new GenericData.Array<>(schema, items.toList());
        }

        @Override
        public int leastBytes() {
            return 1;
        }
    }

    /** A map. */
    record OfMap(boolean javaText, GenericStep value) implements GenericStep {
        @Override
        public Object read(AvroInput in) {
            Map<CharSequence, @Nullable Object> entries = new HashMap<>();
            PlannedReads.entries(
                    in,
                    PlannedReads.leastEntryBytes(value.leastBytes()),
                    key -> entries.put(javaText ? key : new Utf8(key), value.read(in)));
            return entries;
        }

        @Override
        public int leastBytes() {
            return 1;
        }
    }

    /** A union. */
    record OfUnion(List<GenericStep> branches) implements GenericStep {
        @Override
        public @Nullable Object read(AvroInput in) {
            int index = PlannedReads.index(in, branches.size(), "branches of the writer's union");
            return branches.get(index).read(in);
        }

        @Override
        public int leastBytes() {
            return 1;
        }
    }

    /** A record, whose fields are known only after it is. */
    final class OfRecord implements GenericStep {
        private final Schema schema;
        private List<GenericStep> fields = List.of();
        private int leastBytes;
        private int fieldsWithoutBytes;

        OfRecord(Schema schema) {
            this.schema = schema;
        }

        void complete(List<GenericStep> all) {
            fields = all;
            leastBytes = (int) Math.min(
                    Integer.MAX_VALUE,
                    all.stream().mapToLong(GenericStep::leastBytes).sum());
            fieldsWithoutBytes =
                    (int) all.stream().filter(field -> field.leastBytes() == 0).count();
        }

        @Override
        public Object read(AvroInput in) {
            in.enter();
            // What takes no byte takes memory here all the same.
            in.takeNodes(fieldsWithoutBytes);
            GenericData.Record record = new GenericData.Record(schema);
            for (int i = 0; i < fields.size(); i++) {
                try {
                    record.put(i, fields.get(i).read(in));
                } catch (PathException e) {
                    throw e.under("." + schema.getFields().get(i).name());
                }
            }
            in.leave();
            return record;
        }

        @Override
        public int leastBytes() {
            return leastBytes;
        }
    }

    /** The property with which Avro's code generator asks for strings of Java's. */
    private static boolean isJavaText(Schema schema) {
        return "String".equals(schema.getProp("avro.java.string"));
    }

    /** The step for data of a schema. */
    static GenericStep of(Schema schema) {
        return of(schema, new HashMap<>());
    }

    private static GenericStep of(Schema schema, Map<String, OfRecord> records) {
        return switch (schema.getType()) {
            case ARRAY -> new OfArray(schema, of(schema.getElementType(), records));
            case MAP -> new OfMap(isJavaText(schema), of(schema.getValueType(), records));
            case UNION ->
                new OfUnion(schema.getTypes().stream()
                        .map(branch -> of(branch, records))
                        .toList());
            case RECORD -> record(schema, records);
            default -> Plain.of(schema);
        };
    }

    private static GenericStep record(Schema schema, Map<String, OfRecord> records) {
        OfRecord known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        OfRecord record = new OfRecord(schema);
        records.put(schema.getFullName(), record);
        record.complete(schema.getFields().stream()
                .map(field -> of(field.schema(), records))
                .toList());
        return record;
    }
}
