package dev.schemabus.admin;

import dev.schemabus.registry.RegistryAdmin;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A snapshot of a registry, or of what it should be. As a wish, an empty level means "whatever it is", and versions are
 * those that must be there.
 *
 * @param globalLevel the level of subjects without their own
 * @param subjects the subjects it speaks of; of others it says nothing
 */
public record SchemaState(Optional<CompatibilityLevel> globalLevel, SortedMap<Subject, SubjectState> subjects) {

    public SchemaState {
        subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
    }

    /**
     * One subject.
     *
     * @param level its own level; empty if it follows the global one
     * @param versions its schemas, oldest first
     */
    public record SubjectState(Optional<CompatibilityLevel> level, List<EventSchema> versions) {
        public SubjectState {
            versions = List.copyOf(versions);
        }
    }

    /**
     * Reads what a registry holds of some subjects; those that don't exist come out without versions.
     *
     * @throws dev.schemabus.registry.RegistryException if the registry can't be read
     */
    public static SchemaState read(RegistryAdmin registry, Collection<Subject> subjects) {
        SortedMap<Subject, SubjectState> found = new TreeMap<>();
        for (Subject subject : subjects) {
            found.put(subject, new SubjectState(registry.compatibility(subject), versions(registry, subject)));
        }
        return new SchemaState(Optional.of(registry.compatibility()), found);
    }

    private static List<EventSchema> versions(RegistryAdmin registry, Subject subject) {
        return numbers(registry, subject).stream()
                .map(version -> registry.version(subject, version).schema())
                .toList();
    }

    private static List<Integer> numbers(RegistryAdmin registry, Subject subject) {
        try {
            return registry.versions(subject);
        } catch (SchemaNotFoundException e) {
            return List.of(); // no such subject yet
        }
    }

    /** The level that counts for a subject: its own, else the global one, else the protocol's default BACKWARD. */
    CompatibilityLevel levelOf(Subject subject) {
        return Optional.ofNullable(subjects.get(subject))
                .flatMap(SubjectState::level)
                .or(this::globalLevel)
                .orElse(CompatibilityLevel.BACKWARD);
    }

    SubjectState subject(Subject subject) {
        return subjects.getOrDefault(subject, new SubjectState(Optional.empty(), List.of()));
    }

    /** For each subject, the levels and versions of this state, over those of another where this one is silent. */
    SchemaState over(SchemaState base) {
        Map<Subject, SubjectState> merged = new TreeMap<>(base.subjects);
        subjects.forEach((subject, wish) -> merged.put(
                subject,
                new SubjectState(
                        wish.level().or(() -> base.subject(subject).level()),
                        base.subject(subject).versions())));
        return new SchemaState(globalLevel.or(base::globalLevel), new TreeMap<>(merged));
    }
}
