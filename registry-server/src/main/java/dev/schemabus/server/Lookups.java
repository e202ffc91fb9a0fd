package dev.schemabus.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How a schema is found among the versions of a subject. */
final class Lookups {

    private Lookups() {}

    /** The newest version that holds a schema; metadata and rules count if the schema brings some. */
    static Optional<SubjectVersion> find(
            List<SubjectVersion> versions, StoredSchema schema, SubjectVersion.Shown shown) {
        return newest(versions, version -> shown.test(version) && isSame(version.schema(), schema));
    }

    private static boolean isSame(StoredSchema there, StoredSchema wanted) {
        return there.text().equals(wanted.text())
                && there.type().equals(wanted.type())
                && there.references().equals(wanted.references())
                && (wanted.metadata().isEmpty() || there.metadata().equals(wanted.metadata()))
                && (wanted.ruleSet().isEmpty() || there.ruleSet().equals(wanted.ruleSet()));
    }

    /** The newest version whose metadata has certain properties. */
    static Optional<SubjectVersion> find(
            List<SubjectVersion> versions, Map<String, String> properties, SubjectVersion.Shown shown) {
        return newest(versions, version -> shown.test(version) && Metadata.has(version.schema(), properties));
    }

    static Optional<SubjectVersion> newest(List<SubjectVersion> versions, Predicate<SubjectVersion> wanted) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (wanted.test(versions.get(i))) {
                return Optional.of(versions.get(i));
            }
        }
        return Optional.empty();
    }
}
