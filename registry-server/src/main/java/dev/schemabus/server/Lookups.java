package dev.schemabus.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How a schema is found among the versions of a subject. */
final class Lookups {

    private final SchemaReader reader;

    Lookups(SchemaReader reader) {
        this.reader = reader;
    }

    /**
     * The newest version that holds a schema, or else one whose references are written out in it; metadata and rules count
     * if the schema brings some.
     */
    Optional<SubjectVersion> find(
            String context, List<SubjectVersion> versions, StoredSchema schema, SubjectVersion.Shown shown) {
        return newest(versions, version -> shown.test(version) && isSame(version.schema(), schema))
                .or(() -> schema.references().isEmpty()
                        ? newest(
                                versions,
                                version -> shown.test(version) && isWrittenOut(context, version.schema(), schema))
                        : Optional.empty());
    }

    private static boolean isSame(StoredSchema there, StoredSchema wanted) {
        return there.text().equals(wanted.text())
                && there.references().equals(wanted.references())
                && isAlike(there, wanted);
    }

    private boolean isWrittenOut(String context, StoredSchema there, StoredSchema wanted) {
        return !there.references().isEmpty()
                && isAlike(there, wanted)
                && reader.writtenOut(context, there)
                        .filter(wanted.text()::equals)
                        .isPresent();
    }

    private static boolean isAlike(StoredSchema there, StoredSchema wanted) {
        return there.type().equals(wanted.type())
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
