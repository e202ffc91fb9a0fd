package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a new version owes to those before it. */
final class Comparing {

    private final Settings settings;
    private final SchemaReader reader;

    Comparing(Settings settings, SchemaReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    /** @throws SchemaRefusedException 40901 with the reasons, 42201 if the schema can't be compared */
    void checkCompatible(QualifiedSubject subject, StoredSchema schema, List<SubjectVersion> versions) {
        CompatibilityLevel level = settings.level(subject);
        List<SubjectVersion> counting = counting(subject, schema, versions);
        List<String> reasons = incompatibilities(subject, schema, counting);
        if (!reasons.isEmpty()) {
            throw new SchemaRefusedException(
                    40901,
                    "The schema is incompatible with "
                            + (level.transitive()
                                    ? "the versions"
                                    : "version "
                                            + counting.get(counting.size() - 1).version())
                            + " of subject '" + subject.name() + "' at level " + level + ": "
                            + String.join("; ", reasons));
        }
    }

    /** The versions that a schema may be compared with: those of its compatibility group, if there are groups. */
    List<SubjectVersion> counting(QualifiedSubject subject, StoredSchema schema, List<SubjectVersion> versions) {
        Optional<String> group = settings.inForce(subject).compatibilityGroup();
        if (group.isEmpty()) {
            return versions;
        }
        Optional<String> own = Metadata.property(schema, group.get());
        return versions.stream()
                .filter(version -> version.property(group.get()).equals(own))
                .toList();
    }

    /**
     * What keeps a schema from following versions, at the subject's level.
     *
     * @param versions oldest first; of these, a level that isn't transitive looks at the last
     * @throws SchemaRefusedException 42201 if the schema can't be compared
     */
    List<String> incompatibilities(QualifiedSubject subject, StoredSchema schema, List<SubjectVersion> versions) {
        CompatibilityLevel level = settings.level(subject);
        if (level == CompatibilityLevel.NONE || versions.isEmpty()) {
            return List.of();
        }
        List<SubjectVersion> judges =
                level.transitive() ? versions : versions.subList(versions.size() - 1, versions.size());
        ParsedSchema newer = reader.readOnce(subject.context(), schema);
        Set<String> reasons = new LinkedHashSet<>();
        for (SubjectVersion judge : judges) {
            reasons.addAll(incompatibilities(level, subject, newer, schema, judge));
        }
        return List.copyOf(reasons);
    }

    private List<String> incompatibilities(
            CompatibilityLevel level,
            QualifiedSubject subject,
            ParsedSchema newer,
            StoredSchema schema,
            SubjectVersion judge) {
        String type = judge.schema().type();
        if (!type.equals(schema.type())) {
            return List.of("The new schema is " + schema.type() + ", the old one is " + type + ". Keep " + type
                    + ", or publish the new format under a subject of its own.");
        }
        try {
            return newer.incompatibilities(level, reader.read(subject.context(), judge.schema()));
        } catch (SchemaRefusedException e) {
            if (newer.comparable()) {
                // It is the earlier one that can't be compared with anything: it has no say, or nothing could follow
                // it.
                return List.of();
            }
            throw e;
        }
    }
}
