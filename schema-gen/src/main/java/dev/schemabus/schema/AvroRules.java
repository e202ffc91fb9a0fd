package dev.schemabus.schema;

import dev.schemabus.schema.Comparisons.Pair;
import dev.schemabus.schema.Incompatibility.Direction;
import dev.schemabus.schema.Incompatibility.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;

/**
 * Whether a reader with one Avro schema understands what was written with another: the Avro specification's "Schema
 * Resolution", as the Java implementation does it (named types match by their name without the namespace, or by an
 * alias of the reader).
 *
 * <p>Avro's own {@link SchemaCompatibility} gives the same verdicts (a test compares them), but for a record inside a
 * union, which is every {@code Optional} and every sealed type, it doesn't say what is wrong in it.
 */
final class AvroRules {

    private final Comparisons comparisons = new Comparisons();
    private final Direction direction;
    private final Wording words;

    private AvroRules(Direction direction) {
        this.direction = direction;
        this.words = new Wording(direction);
    }

    static List<Incompatibility> read(EventSchema reader, EventSchema writer, Direction direction) {
        return new AvroRules(direction).compare(Place.ROOT, reader.avroSchema(), writer.avroSchema());
    }

    private List<Incompatibility> compare(Place place, Schema reader, Schema writer) {
        return comparisons.of(new Pair(reader, List.of(writer), direction), () -> differences(place, reader, writer));
    }

    private List<Incompatibility> differences(Place place, Schema reader, Schema writer) {
        if (writer.getType() == Schema.Type.UNION) {
            List<Incompatibility> found = new ArrayList<>();
            for (Schema branch : writer.getTypes()) {
                boolean another =
                        isNamed(branch) && reader.getType() == branch.getType() && !sameTypeAndName(reader, branch);
                found.addAll(another ? List.of(branchMissing(place, branch)) : compare(place, reader, branch));
            }
            return found;
        }
        if (reader.getType() == Schema.Type.UNION) {
            return someBranch(place, reader, writer);
        }
        if (reader.getType() != writer.getType()) {
            return promotes(writer.getType(), reader.getType())
                    ? List.of()
                    : List.of(typeChanged(place, reader, writer));
        }
        return switch (reader.getType()) {
            case RECORD -> record(place, reader, writer);
            case ENUM -> enumeration(place, reader, writer);
            case FIXED -> fixed(place, reader, writer);
            case ARRAY -> compare(place.at("items"), reader.getElementType(), writer.getElementType());
            case MAP -> compare(place.at("values"), reader.getValueType(), writer.getValueType());
            default -> List.of();
        };
    }

    private List<Incompatibility> someBranch(Place place, Schema reader, Schema writer) {
        List<Schema> branches = reader.getTypes();
        for (int i = 0; i < branches.size(); i++) {
            if (compare(place.at(String.valueOf(i)), branches.get(i), writer).isEmpty()) {
                return List.of();
            }
        }
        // The branch that was meant, or the only one of an optional value, says more than "no branch".
        boolean optional = reader.isNullable() && branches.size() == 2 && writer.getType() != Schema.Type.NULL;
        for (int i = 0; i < branches.size(); i++) {
            boolean present = optional && branches.get(i).getType() != Schema.Type.NULL;
            if (present || sameTypeAndName(branches.get(i), writer)) {
                return compare(place.at(String.valueOf(i)), branches.get(i), writer);
            }
        }
        return List.of(branchMissing(place, writer));
    }

    private Incompatibility branchMissing(Place place, Schema branch) {
        return finding(
                Kind.UNION_BRANCH_MISSING,
                place,
                words.branchMissing(describe(branch)),
                words.branchMissingRemedy(describe(branch), place.component().isEmpty()));
    }

    /** Whether a reader's type is that of the writer, and for named types is called so or has that alias. */
    static boolean sameTypeAndName(Schema branch, Schema writer) {
        return branch.getType() == writer.getType()
                && (!isNamed(branch) || SchemaCompatibility.schemaNameEquals(branch, writer));
    }

    /** Avro specification, "Schema Resolution": the promotions of primitive types. */
    static boolean promotes(Schema.Type from, Schema.Type to) {
        return switch (from) {
            case INT -> to == Schema.Type.LONG || to == Schema.Type.FLOAT || to == Schema.Type.DOUBLE;
            case LONG -> to == Schema.Type.FLOAT || to == Schema.Type.DOUBLE;
            case FLOAT -> to == Schema.Type.DOUBLE;
            case STRING -> to == Schema.Type.BYTES;
            case BYTES -> to == Schema.Type.STRING;
            default -> false;
        };
    }

    private List<Incompatibility> record(Place place, Schema reader, Schema writer) {
        List<Incompatibility> found = names(place, reader, writer);
        for (Field field : reader.getFields()) {
            Place at = place.field(reader, field);
            List<Field> written = AvroAliases.candidates(writer, field);
            if (written.size() > 1) {
                found.add(ambiguous(at, field, written));
            } else if (!written.isEmpty()) {
                found.addAll(
                        compare(at.at("type"), field.schema(), written.get(0).schema()));
            } else if (!field.hasDefaultValue()) {
                boolean renamed = writer.getFields().stream().anyMatch(other -> reader.getField(other.name()) == null);
                found.add(finding(
                        Kind.COMPONENT_WITHOUT_DEFAULT, at, words.needs(field.name()), words.needsRemedy(renamed)));
            }
        }
        return found;
    }

    private Incompatibility ambiguous(Place place, Field field, List<Field> written) {
        String others = written.stream()
                .map(Field::name)
                .filter(name -> !name.equals(field.name()))
                .collect(Collectors.joining("', '", "'", "'"));
        return finding(
                Kind.COMPONENT_AMBIGUOUS,
                place,
                "By its name and aliases, '" + field.name() + "' of " + words.reader()
                        + " could be read from several components of " + words.writer() + ": '"
                        + written.stream().map(Field::name).collect(Collectors.joining("', '")) + "'.",
                words.newReads()
                        ? "Remove the alias " + others + '.'
                        : "Give " + others + " another name: an old schema takes it for '" + field.name() + "'.");
    }

    private List<Incompatibility> enumeration(Place place, Schema reader, Schema writer) {
        List<Incompatibility> found = names(place, reader, writer);
        List<String> unknown = new ArrayList<>(writer.getEnumSymbols());
        unknown.removeAll(reader.getEnumSymbols());
        if (!unknown.isEmpty() && reader.getEnumDefault() == null) {
            String symbols = String.join(", ", unknown);
            found.add(finding(
                    Kind.ENUM_SYMBOL_MISSING,
                    place.at("symbols"),
                    words.symbolsMissing(symbols),
                    words.newReads()
                            ? "Keep " + symbols + ", or give the enum a default (@EnumDefault)."
                            : "Leave " + symbols + " out, or first release a version whose enum has a default"
                                    + " (@EnumDefault) and add it in the one after that."));
        }
        return found;
    }

    private List<Incompatibility> fixed(Place place, Schema reader, Schema writer) {
        List<Incompatibility> found = names(place, reader, writer);
        if (reader.getFixedSize() != writer.getFixedSize()) {
            Schema old = words.newReads() ? writer : reader;
            found.add(finding(
                    Kind.FIXED_SIZE_CHANGED,
                    place.at("size"),
                    words.typeChanged(reader.getFixedSize() + " bytes", writer.getFixedSize() + " bytes"),
                    "Keep the size " + old.getFixedSize()
                            + ", or add a component of another name with a fixed type of another name."));
        }
        return found;
    }

    private List<Incompatibility> names(Place place, Schema reader, Schema writer) {
        List<Incompatibility> found = new ArrayList<>();
        if (!SchemaCompatibility.schemaNameEquals(reader, writer)) {
            found.add(finding(
                    Kind.NAME_CHANGED,
                    place.at("name"),
                    words.renamed(reader.getName(), writer.getName()),
                    words.newReads()
                            ? "Keep the name " + writer.getName() + ", or add " + writer.getFullName()
                                    + " as an alias (@Aliases)."
                            : "Keep the name " + reader.getName() + ": an old schema can't know a new name."));
        }
        return found;
    }

    private Incompatibility typeChanged(Place place, Schema reader, Schema writer) {
        return finding(
                Kind.TYPE_CHANGED,
                place,
                words.typeChanged(describe(reader), describe(writer)),
                words.typeChangedRemedy(describe(reader), describe(writer)));
    }

    private static String describe(Schema schema) {
        return isNamed(schema) ? schema.getName() : schema.getType().getName();
    }

    private static boolean isNamed(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> true;
            default -> false;
        };
    }

    private Incompatibility finding(Kind kind, Place place, String reason, String remedy) {
        return new Incompatibility(kind, direction, place.path(), place.component(), reason, remedy);
    }
}
