package dev.schemabus.admin;

import dev.schemabus.registry.Subject;
import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must change for a registry to hold what is wanted, in the order to do it: levels before schemas, so that nothing is
 * registered under a level that was about to change. A plan that nobody applies is a dry run.
 *
 * @param changes the steps; empty if all is as wanted
 */
public record Plan(List<Change> changes) {

    public Plan {
        changes = List.copyOf(changes);
    }

    /** Compares what is wanted with what is there. Pure: asks nobody, changes nothing. */
    public static Plan between(SchemaState wanted, SchemaState actual) {
        List<Change> changes = new ArrayList<>();
        CompatibilityLevel globalNow = actual.globalLevel().orElse(CompatibilityLevel.BACKWARD);
        wanted.globalLevel()
                .filter(level -> level != globalNow)
                .ifPresent(level -> changes.add(new Change.SetGlobalLevel(globalNow, level)));
        wanted.subjects().forEach((subject, wish) -> {
            Optional<CompatibilityLevel> levelNow = actual.subject(subject).level();
            wish.level()
                    .filter(level -> !Optional.of(level).equals(levelNow))
                    .ifPresent(level -> changes.add(new Change.SetSubjectLevel(subject, levelNow, level)));
        });
        SchemaState after = wanted.over(actual);
        wanted.subjects().forEach((subject, wish) -> addRegistrations(changes, after, subject, wish.versions()));
        return new Plan(changes);
    }

    private static void addRegistrations(
            List<Change> changes, SchemaState after, Subject subject, List<EventSchema> wanted) {
        List<EventSchema> versions = new ArrayList<>(after.subject(subject).versions());
        for (EventSchema schema : wanted) {
            if (!versions.contains(schema)) {
                changes.add(new Change.Register(
                        subject, schema, Compatibility.check(after.levelOf(subject), schema, versions)));
                versions.add(schema);
            }
        }
    }

    /** The registrations that the registry will refuse. */
    public List<Change.Register> refused() {
        return changes.stream()
                .filter(Change.Register.class::isInstance)
                .map(Change.Register.class::cast)
                .filter(register -> !register.obstacles().isEmpty())
                .toList();
    }
}
