package dev.schemabus.schema;

import dev.schemabus.schema.Incompatibility.Direction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges, offline, whether a new version of a schema may follow the versions before it.
 *
 * <p>The verdicts are those of the reference registry; {@code docs/decisions.md} lists the few that differ on purpose.
 */
public final class Compatibility {

    private Compatibility() {}

    /**
     * Checks a new schema against earlier versions, JSON content models strictly.
     *
     * @see #check(CompatibilityLevel, EventSchema, List, ContentPolicy)
     */
    public static List<Incompatibility> check(CompatibilityLevel level, EventSchema newer, List<EventSchema> older) {
        return check(level, newer, older, ContentPolicy.STRICT);
    }

    /**
     * Checks a new schema against earlier versions.
     *
     * @param level what the new version owes to the earlier ones
     * @param newer the schema that wants to become the next version
     * @param older the earlier versions, oldest first; may be empty. Levels that aren't transitive look at the last
     * @param policy how much JSON content models count; without effect on Avro
     * @return what stands in the way, empty when compatible. The same trouble with several earlier versions is listed
     *     once
     * @throws SchemaException if a schema can't be compared: it refers to another document, nests too deeply, or is a JSON
     *     Schema of draft 3
     */
    public static List<Incompatibility> check(
            CompatibilityLevel level, EventSchema newer, List<EventSchema> older, ContentPolicy policy) {
        List<EventSchema> judges =
                level.transitive() || older.size() <= 1 ? older : older.subList(older.size() - 1, older.size());
        Set<Incompatibility> found = new LinkedHashSet<>();
        for (EventSchema earlier : judges) {
            if (earlier.format() != newer.format()) {
                formatChanged(level, newer, earlier).ifPresent(found::add);
                continue;
            }
            if (level.backward()) {
                found.addAll(read(newer, earlier, Direction.BACKWARD, policy));
            }
            if (level.forward()) {
                found.addAll(read(earlier, newer, Direction.FORWARD, policy));
            }
        }
        return List.copyOf(found);
    }

    /**
     * What a new schema makes of earlier data although it may be compatible: a moved decimal point, seconds taken for
     * milliseconds, a component that was renamed without its alias. Registries accept such changes. What isn't compatible
     * is left to {@link #check}.
     *
     * <p>The same comparison tells what a consumer's schema makes of a producer's; {@link
     * SemanticWarning.Kind#reinterprets} says which of it nobody should read.
     *
     * @param newer the schema that reads
     * @param older the schema of the data
     * @return each warning once; empty for schemas that differ only in documentation, order, or added aliases, and for
     *     schemas of different formats
     * @throws SchemaException if a schema can't be compared: it refers to another document, nests too deeply, or is a JSON
     *     Schema of draft 3
     */
    public static List<SemanticWarning> warnings(EventSchema newer, EventSchema older) {
        if (newer.equals(older) || newer.format() != older.format()) {
            return List.of();
        }
        return switch (newer.format()) {
            case AVRO -> AvroSemantics.warnings(newer, older);
            case JSON -> JsonSemantics.warnings(newer, older);
        };
    }

    private static List<Incompatibility> read(
            EventSchema reader, EventSchema writer, Direction direction, ContentPolicy policy) {
        if (reader.equals(writer)) {
            return List.of();
        }
        return switch (reader.format()) {
            case AVRO -> AvroRules.read(reader, writer, direction);
            case JSON -> JsonRules.read(reader, writer, direction, policy);
        };
    }

    private static Optional<Incompatibility> formatChanged(
            CompatibilityLevel level, EventSchema newer, EventSchema earlier) {
        if (level == CompatibilityLevel.NONE) {
            return Optional.empty();
        }
        return Optional.of(new Incompatibility(
                Incompatibility.Kind.FORMAT_CHANGED,
                level.backward() ? Direction.BACKWARD : Direction.FORWARD,
                "",
                Optional.empty(),
                "The new schema is " + newer.format() + ", the old one is " + earlier.format() + '.',
                "Keep " + earlier.format() + ", or publish the new format under a subject of its own."));
    }
}
