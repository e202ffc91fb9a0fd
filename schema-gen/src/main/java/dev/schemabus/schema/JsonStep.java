package dev.schemabus.schema;

import dev.schemabus.schema.Incompatibility.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of a comparison: a schema of the reading document, without what it combines or refers to, against what holds
 * for everything written in its place.
 *
 * @param rules the comparison, for what lies deeper
 * @param component the Java component, empty where unknown
 * @param reading the reading schema
 * @param all the reading schemas that hold together here, {@code reading} among them
 * @param written the writing schemas that hold together here
 * @param choice how what is written was narrowed before
 * @param found where to add what doesn't fit
 */
record JsonStep(
        JsonRules rules,
        String component,
        JsonPart reading,
        List<JsonPart> all,
        List<JsonPart> written,
        JsonRules.Choice choice,
        List<Incompatibility> found) {

    Wording words() {
        return rules.words();
    }

    /** Whether values of these types can be written at all. */
    boolean writes(JsonType... types) {
        for (JsonPart given : written) {
            Set<JsonType> possible = JsonTypes.types(given);
            if (possible != null && List.of(types).stream().noneMatch(possible::contains)) {
                return false;
            }
        }
        return true;
    }

    /** @param below the keyword, or a pointer below the reading schema; empty for the schema itself */
    void report(Kind kind, String below, String reason, String remedy) {
        report(kind, component, below.isEmpty() ? reading.path() : reading.path() + '/' + below, reason, remedy);
    }

    void report(Kind kind, String at, String path, String reason, String remedy) {
        found.add(new Incompatibility(
                kind, words().direction(), path, at.isEmpty() ? Optional.empty() : Optional.of(at), reason, remedy));
    }

    /**
     * Reports a keyword whose limit excludes something the writer may send.
     *
     * @param limit the keyword with its value
     * @param written the writer's; null if it has none
     */
    void narrower(String keyword, String limit, @Nullable String written) {
        report(
                Kind.CONSTRAINT_NARROWED,
                keyword,
                words().narrower(limit, written),
                words().narrowerRemedy(keyword, limit, written));
    }

    /** The component for a property of this schema. */
    String property(String name) {
        String owner = component;
        for (JsonPart part : all) {
            Optional<String> record = part.recordName();
            if (record.isPresent()) {
                owner = record.get();
                break;
            }
        }
        return owner.isEmpty() ? "" : owner + '.' + name;
    }
}
