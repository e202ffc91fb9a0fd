package dev.schemabus.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * Makes, from a reader's schema, schemas that its data may have been written with: fields reordered, added, left out, under an
 * earlier name; numbers before they were promoted, unions wider and narrower, symbols added, left out and in another order; all
 * that in nested types, too.
 *
 * <p>Left out on purpose, because we refuse what Avro's reader takes: other logical types and units, and branches of sealed
 * interfaces that are no longer called by any of their names.
 */
final class WriterSchemas {

    private static final String LETTERS = "letters";

    private final Random random;
    private final Map<String, Schema> records = new HashMap<>();
    private int added;

    WriterSchemas(Random random) {
        this.random = random;
    }

    /** Whether bytes of this schema should be UTF-8, because they are read as text. */
    static boolean holdsLetters(Schema bytes) {
        return bytes.getObjectProp(LETTERS) != null;
    }

    Schema of(Schema reader) {
        return switch (reader.getType()) {
            case RECORD -> record(reader);
            case ENUM -> enumeration(reader);
            case ARRAY -> perhapsUnion(Schema.createArray(of(reader.getElementType())));
            case MAP -> perhapsUnion(Schema.createMap(of(reader.getValueType())));
            case UNION -> union(reader);
            case NULL -> reader;
            default -> perhapsUnion(plain(reader));
        };
    }

    private Schema record(Schema reader) {
        Schema known = records.get(reader.getFullName());
        if (known != null) {
            return known;
        }
        Schema writer = Schema.createRecord(nameOf(reader), null, null, false);
        records.put(reader.getFullName(), writer);
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : reader.getFields()) {
            if (field.hasDefaultValue() && random.nextInt(3) == 0) {
                continue;
            }
            String name = field.name();
            if (!field.aliases().isEmpty() && random.nextInt(3) == 0) {
                name = field.aliases().iterator().next();
            }
            fields.add(new Schema.Field(name, of(field.schema())));
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(fields, random);
        }
        while (random.nextInt(3) == 0) {
            fields.add(random.nextInt(fields.size() + 1), new Schema.Field("added" + added++, any(0)));
        }
        writer.setFields(fields);
        return writer;
    }

    private String nameOf(Schema named) {
        return !named.getAliases().isEmpty() && random.nextInt(3) == 0
                ? named.getAliases().iterator().next()
                : named.getFullName();
    }

    private Schema enumeration(Schema reader) {
        Schema known = records.get(reader.getFullName());
        if (known != null) {
            return known;
        }
        List<String> symbols = new ArrayList<>(reader.getEnumSymbols());
        if (random.nextInt(3) == 0) {
            Collections.shuffle(symbols, random);
        }
        if (random.nextInt(3) == 0) {
            symbols.add(random.nextInt(symbols.size() + 1), "ADDED");
        }
        if (symbols.size() > 1 && random.nextInt(4) == 0) {
            symbols.remove(random.nextInt(symbols.size()));
        }
        Schema writer = Schema.createEnum(nameOf(reader), null, null, symbols);
        records.put(reader.getFullName(), writer);
        return writer;
    }

    private Schema union(Schema reader) {
        List<Schema> branches = new ArrayList<>();
        for (Schema branch : reader.getTypes()) {
            Schema writer = branch.getType() == Schema.Type.UNION ? branch : withoutUnion(branch);
            boolean taken =
                    branches.stream().anyMatch(other -> other.getFullName().equals(writer.getFullName()));
            branches.add(taken ? branch : writer);
        }
        if (random.nextInt(5) == 0) {
            return branches.get(random.nextInt(branches.size()));
        }
        // One that can be read as absent only is refused, which Avro's reader finds out value by value.
        if (branches.size() > 2 && random.nextInt(4) == 0) {
            branches.remove(random.nextInt(branches.size()));
        }
        if (random.nextInt(4) == 0) {
            add(branches, random.nextBoolean() ? any(2) : Schema.create(Schema.Type.NULL));
        }
        if (random.nextInt(3) == 0) {
            Collections.shuffle(branches, random);
        }
        return Schema.createUnion(branches);
    }

    private Schema withoutUnion(Schema branch) {
        Schema writer = of(branch);
        return writer.getType() == Schema.Type.UNION
                ? writer.getTypes().stream()
                        .filter(one -> one.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElse(branch)
                : writer;
    }

    private static void add(List<Schema> branches, Schema branch) {
        boolean taken = branch.getType() == Schema.Type.UNION
                || branches.stream().anyMatch(other -> other.getFullName().equals(branch.getFullName()));
        if (!taken) {
            branches.add(branch);
        }
    }

    private Schema perhapsUnion(Schema writer) {
        if (random.nextInt(6) > 0) {
            return writer;
        }
        List<Schema> branches = new ArrayList<>(List.of(writer));
        if (random.nextBoolean()) {
            branches.add(random.nextInt(2), Schema.create(Schema.Type.NULL));
        }
        return Schema.createUnion(branches);
    }

    private Schema plain(Schema reader) {
        boolean promoted = random.nextInt(3) == 0 && isPlain(reader);
        return promoted
                ? switch (reader.getType()) {
                    case LONG -> Schema.create(Schema.Type.INT);
                    case FLOAT -> Schema.create(oneOf(Schema.Type.INT, Schema.Type.LONG));
                    case DOUBLE -> Schema.create(oneOf(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT));
                    case STRING -> letters();
                    case BYTES -> Schema.create(Schema.Type.STRING);
                    default -> reader;
                }
                : reader;
    }

    private static Schema letters() {
        Schema bytes = Schema.create(Schema.Type.BYTES);
        bytes.addProp(LETTERS, "true");
        return bytes;
    }

    private static boolean isPlain(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical == null && schema.getObjectProps().isEmpty();
    }

    private Schema.Type oneOf(Schema.Type... types) {
        return types[random.nextInt(types.length)];
    }

    /** What only the writer has. */
    private Schema any(int depth) {
        return switch (random.nextInt(depth > 2 ? 9 : 15)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.INT);
            case 2 -> Schema.create(Schema.Type.LONG);
            case 3 -> Schema.create(Schema.Type.FLOAT);
            case 4 -> Schema.create(Schema.Type.DOUBLE);
            case 5 -> Schema.create(Schema.Type.STRING);
            case 6 -> Schema.create(Schema.Type.BYTES);
            case 7 -> Schema.create(Schema.Type.NULL);
            case 8 -> Schema.createFixed("added.Fixed" + added++, null, null, random.nextInt(20));
            case 9 -> Schema.createEnum("added.Enum" + added++, null, null, List.of("A", "B", "C"));
            case 10 -> Schema.createArray(any(depth + 1));
            case 11 -> Schema.createMap(any(depth + 1));
            case 12 -> Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
            case 13 -> chain();
            default -> {
                Schema record = Schema.createRecord("added.Record" + added++, null, null, false);
                record.setFields(List.of(new Schema.Field("a", any(depth + 1)), new Schema.Field("b", any(depth + 1))));
                yield record;
            }
        };
    }

    private Schema chain() {
        Schema record = Schema.createRecord("added.Chain" + added++, null, null, false);
        record.setFields(List.of(
                new Schema.Field("name", Schema.create(Schema.Type.STRING)),
                new Schema.Field("next", Schema.createUnion(Schema.create(Schema.Type.NULL), record))));
        return record;
    }
}
