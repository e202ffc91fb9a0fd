package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.Comparisons.Pair;
import dev.schemabus.schema.Incompatibility.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether everything that is valid against one JSON Schema is valid against another, for drafts 4 to 2020-12.
 *
 * <p>Both sides are taken apart into what must hold together ({@code $ref}, {@code allOf}). Each reading part must
 * follow from what is known of the written value. Where it doesn't follow at once, and the writer offers alternatives
 * ({@code oneOf}, {@code anyOf}, several types), it must follow from each of them.
 */
final class JsonRules {

    private final Comparisons comparisons = new Comparisons();
    private final IdentityHashMap<JsonNode, Map<Choice, List<List<JsonPart>>>> alternatives = new IdentityHashMap<>();
    private final Wording words;
    private final @Nullable JsonRules strict;

    private JsonRules(Direction direction, ContentPolicy policy) {
        this.words = new Wording(direction);
        this.strict = policy == ContentPolicy.STRICT ? null : new JsonRules(direction, ContentPolicy.STRICT);
    }

    /** How the written value was narrowed to one alternative: it matters to a reader's {@code oneOf}. */
    enum Choice {
        NONE,
        ANY_OF,
        ONE_OF;

        String keyword() {
            return this == ONE_OF ? "oneOf" : "anyOf";
        }

        /** Once the writer excludes other alternatives, that stays true. */
        Choice then(Choice next) {
            return compareTo(next) >= 0 ? this : next;
        }
    }

    static List<Incompatibility> read(
            EventSchema reader, EventSchema writer, Direction direction, ContentPolicy policy) {
        return new JsonRules(direction, policy)
                .compare("", JsonDocument.compared(reader), List.of(JsonDocument.compared(writer)));
    }

    Wording words() {
        return words;
    }

    /** Whether writers count as sending only what they name, and readers as ignoring what they don't. */
    boolean lenient() {
        return strict != null;
    }

    /**
     * The same comparison with content models taken at their word, as a validator takes them. It decides whether a value
     * matches several branches of {@code oneOf}: leniently, it would match branches that no validator takes it for.
     */
    JsonRules strict() {
        return strict == null ? this : strict;
    }

    /**
     * What of the written values the reading schema refuses.
     *
     * @param component the Java component this is about, empty where unknown
     * @param writers the schemas that hold together for what is written
     */
    List<Incompatibility> compare(String component, JsonPart reader, List<JsonPart> writers) {
        return compare(component, reader, writers, Choice.NONE);
    }

    /** As above, where the writers include an alternative chosen before. */
    List<Incompatibility> compare(String component, JsonPart reader, List<JsonPart> writers, Choice choice) {
        List<JsonPart> reading = reader.conjuncts();
        List<JsonPart> written = distinct(writers);
        if (reading.isEmpty() || written.stream().anyMatch(JsonPart::isFalse)) {
            return List.of();
        }
        Pair pair = new Pair(reader.node(), written.stream().map(JsonPart::node).toList(), choice);
        return comparisons.of(pair, () -> differences(component, reader, reading, written, choice));
    }

    private static List<JsonPart> distinct(List<JsonPart> writers) {
        Set<JsonNode> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        List<JsonPart> distinct = new ArrayList<>();
        for (JsonPart writer : writers) {
            for (JsonPart part : writer.conjuncts()) {
                if (nodes.add(part.node())) {
                    distinct.add(part);
                }
            }
        }
        return distinct;
    }

    private List<Incompatibility> differences(
            String component, JsonPart reader, List<JsonPart> reading, List<JsonPart> written, Choice choice) {
        List<Incompatibility> found = new ArrayList<>();
        for (JsonPart part : reading) {
            JsonStep step = new JsonStep(this, component, part, reading, written, choice, found);
            if (part.isFalse()) {
                step.report(
                        Incompatibility.Kind.TYPE_CHANGED,
                        "",
                        words.typeChanged("nothing (false)", "values"),
                        words.newReads() ? "Keep the schema it had." : "Leave it out.");
                return found;
            }
            JsonTypes.compare(step);
            JsonLimits.compare(step);
            JsonObjects.compare(step);
            JsonArrays.compare(step);
            JsonCombinations.compare(step);
        }
        return found.isEmpty() ? found : perAlternative(component, reader, written, choice, found);
    }

    /** Tries each of the writer's alternatives on its own; {@code whole} is what was found without doing so. */
    private List<Incompatibility> perAlternative(
            String component, JsonPart reader, List<JsonPart> written, Choice choice, List<Incompatibility> whole) {
        List<Incompatibility> closest = whole;
        for (JsonPart part : written) {
            for (Map.Entry<Choice, List<List<JsonPart>>> split :
                    alternatives(part).entrySet()) {
                List<Incompatibility> found = new ArrayList<>();
                for (List<JsonPart> alternative : split.getValue()) {
                    List<JsonPart> narrowed = new ArrayList<>(written);
                    narrowed.remove(part);
                    narrowed.addAll(alternative);
                    found.addAll(compare(component, reader, narrowed, choice.then(split.getKey())));
                }
                if (found.isEmpty()) {
                    return found;
                }
                closest = closest == whole ? found : closest;
            }
        }
        return closest;
    }

    /** By keyword, the alternatives that a part offers, each together with the rest of the part. */
    private Map<Choice, List<List<JsonPart>>> alternatives(JsonPart part) {
        return alternatives.computeIfAbsent(part.node(), node -> {
            Map<Choice, List<List<JsonPart>>> found = new EnumMap<>(Choice.class);
            for (Choice choice : List.of(Choice.ONE_OF, Choice.ANY_OF)) {
                List<JsonPart> branches = part.list(choice.keyword());
                if (!branches.isEmpty()) {
                    JsonPart rest = part.without(List.of(choice.keyword()));
                    found.put(
                            choice,
                            branches.stream()
                                    .map(branch -> List.of(rest, branch))
                                    .toList());
                }
            }
            JsonNode types = node.path("type");
            if (types.size() > 1) {
                List<List<JsonPart>> each = new ArrayList<>();
                types.forEach(type -> each.add(List.of(part.withType(type.asText()))));
                found.put(Choice.NONE, each);
            }
            return found;
        });
    }
}
