package dev.schemabus.schema;

import dev.schemabus.schema.SemanticWarning.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Names that lead somewhere else than they did. Avro's reader renames a writer's names by the reader's aliases before it
 * compares anything (Avro specification, "Aliases"), so that an alias wins over a component that has that very name.
 */
final class AvroAliases {

    private final SemanticWarnings warnings;
    private final Map<String, Schema> newer = new HashMap<>();
    private final Map<String, Schema> older = new HashMap<>();

    AvroAliases(SemanticWarnings warnings, Schema newer, Schema older) {
        this.warnings = warnings;
        collect(newer, this.newer);
        collect(older, this.older);
    }

    private static void collect(Schema schema, Map<String, Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.putIfAbsent(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), named));
                }
            }
            case ENUM, FIXED -> named.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), named);
            case MAP -> collect(schema.getValueType(), named);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, named));
            default -> {}
        }
    }

    /** The fields that a reader's field may be read from, by its name and then its aliases. */
    static List<Field> candidates(Schema writer, Field reader) {
        List<Field> candidates = new ArrayList<>();
        Stream.concat(Stream.of(reader.name()), reader.aliases().stream().sorted())
                .distinct()
                .map(writer::getField)
                .filter(field -> field != null)
                .forEach(candidates::add);
        return candidates;
    }

    /** Compares the names of two named types of which one reads the other. */
    void compareTypes(Place place, Schema now, Schema then) {
        String name = now.getFullName();
        boolean renamed = !name.equals(then.getFullName());
        if (renamed && !now.getAliases().contains(then.getFullName())) {
            warnings.add(
                    Kind.NAME_CHANGED,
                    place.at("name"),
                    "What was written as " + then.getFullName() + " is read as " + name
                            + ", which consumers that go by full names refuse.",
                    "Keep the namespace, or name the old one with @Aliases(\"" + then.getFullName() + "\").");
        }
        for (String alias : new TreeSet<>(now.getAliases())) {
            if (!alias.equals(name) && newer.containsKey(alias) && older.containsKey(alias)) {
                ambiguous(place.at("aliases"), alias, name);
            }
        }
        for (String alias : new TreeSet<>(then.getAliases())) {
            if (!alias.equals(name) && !now.getAliases().contains(alias)) {
                dropped(place.at("aliases"), alias, name);
            }
        }
    }

    /** Compares the names of two records' fields. */
    void compareFields(Schema now, Schema then, Function<Field, Place> placeOf) {
        List<Field> fields = new ArrayList<>(now.getFields());
        fields.sort(Comparator.comparing(Field::name)); // their order doesn't matter to readers
        Map<String, Field> readers = new HashMap<>();
        for (Field field : fields) {
            candidates(then, field).stream()
                    .limit(1)
                    .forEach(written -> readers.merge(
                            written.name(), field, (one, other) -> one.name().equals(written.name()) ? one : other));
        }
        for (Field field : fields) {
            for (String alias : new TreeSet<>(field.aliases())) {
                // Where the older schema has both, it isn't compatible at all.
                boolean taken = now.getField(alias) != null && then.getField(alias) != null;
                if (taken && then.getField(field.name()) == null) {
                    ambiguous(placeOf.apply(field).at("aliases"), alias, field.name());
                }
            }
        }
        for (Field written : then.getFields()) {
            for (String alias : new TreeSet<>(written.aliases())) {
                moved(fields, alias, written, readers.get(written.name()), placeOf);
            }
        }
    }

    private void moved(
            List<Field> fields, String alias, Field written, @Nullable Field reader, Function<Field, Place> placeOf) {
        List<Field> takers = fields.stream()
                .filter(field -> field.name().equals(alias) || field.aliases().contains(alias))
                .toList();
        if (reader != null && takers.contains(reader)) {
            return;
        }
        if (takers.isEmpty()) {
            if (reader != null) {
                dropped(placeOf.apply(reader).at("aliases"), alias, reader.name());
            }
            return;
        }
        for (Field taker : takers) {
            warnings.add(
                    Kind.ALIAS_MOVED,
                    placeOf.apply(taker),
                    "What was written as '" + alias + "' was read as '" + written.name() + "' and is read as '"
                            + taker.name() + "'.",
                    "Keep the alias '" + alias + "' with '" + written.name() + "', and choose another name here.");
        }
    }

    private void ambiguous(Place place, String alias, String name) {
        warnings.add(
                Kind.ALIAS_AMBIGUOUS,
                place,
                "What was written as '" + alias + "' is read as '" + name + "', although '" + alias
                        + "' is still there.",
                "Remove the alias '" + alias + "' from '" + name + "'.");
    }

    private void dropped(Place place, String alias, String name) {
        warnings.add(
                Kind.ALIAS_DROPPED,
                place,
                "What was written as '" + alias + "' was read as '" + name + "' and isn't any more.",
                "Keep the alias '" + alias + "' as long as such data is read.");
    }
}
