package dev.schemabus.maven;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.EventType;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;

/** The versions that a registry holds. Only reads: schemas get there by deployment, not by a build. */
final class RegisteredSchemas implements Baseline {

    private final RegistryConnection registry;
    private final String shown;
    private final Optional<CompatibilityLevel> level;
    private final SubjectNaming naming;
    private final String topic;

    /**
     * @param shown the registry's URL
     * @param level empty for that of each subject
     * @param topic of events that name none; {@code {domain}}, {@code {entity}} and {@code {event}} stand for what is
     *     derived from the class
     */
    RegisteredSchemas(
            RegistryConnection registry,
            String shown,
            Optional<CompatibilityLevel> level,
            SubjectNaming naming,
            String topic) {
        this.registry = registry;
        this.shown = shown;
        this.level = level;
        this.naming = naming;
        this.topic = topic;
    }

    @Override
    public Earlier earlier(BuildEvent event, SchemaFormat format, EventSchema schema) throws MojoFailureException {
        Subject subject = naming.subject(topic(EventType.of(event.type())), false, schema);
        try {
            CompatibilityLevel owed =
                    level.or(() -> registry.compatibility(subject)).orElseGet(registry::compatibility);
            return new Earlier(subject.toString(), versions(subject, owed), owed);
        } catch (RegistryException | SchemaException e) {
            throw new MojoFailureException("The registry can't say what " + subject + " holds: " + e.getMessage(), e);
        }
    }

    private String topic(EventType type) {
        return type.topic()
                .orElseGet(() -> topic.replace("{domain}", type.domain())
                        .replace("{entity}", type.entity())
                        .replace("{event}", type.action()));
    }

    private List<EventSchema> versions(Subject subject, CompatibilityLevel owed) {
        try {
            if (!owed.transitive()) {
                return List.of(registry.latest(subject).schema());
            }
            List<EventSchema> all = new ArrayList<>();
            for (int version : registry.versions(subject)) {
                all.add(registry.version(subject, version).schema());
            }
            return all;
        } catch (SchemaNotFoundException e) {
            return List.of();
        }
    }

    @Override
    public boolean selfContained() {
        return false;
    }

    @Override
    public String description() {
        return shown + ", " + level.map(CompatibilityLevel::name).orElse("each subject's level");
    }
}
