package dev.schemabus.admin;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a registry in line with a service's event types before the service sends its first byte: compatibility levels,
 * then schemas. Running it again changes nothing.
 */
public final class RegistryBootstrap {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryBootstrap.class);

    private final SchemaState wanted;

    private RegistryBootstrap(SchemaState wanted) {
        this.wanted = wanted;
    }

    /** Starts a bootstrap in code. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a bootstrap from properties; see {@link BootstrapProperties} for the keys.
     *
     * @throws IllegalArgumentException if a value is wrong or something is missing; the message names the key
     */
    public static RegistryBootstrap from(Map<String, ?> properties) {
        return BootstrapProperties.read(properties);
    }

    /** What the registry should hold. */
    public SchemaState wanted() {
        return wanted;
    }

    /** What {@link #run} would do; changes nothing. */
    public Plan plan(RegistryConnection registry) {
        return Plan.between(wanted, actual(registry));
    }

    /**
     * Plans and applies.
     *
     * @throws PlanRefusedException if a schema is incompatible with its subject's versions; nothing was changed then
     * @throws dev.schemabus.registry.RegistryException if the registry can't be asked or refuses
     */
    public BootstrapReport run(RegistryConnection registry) {
        Plan plan = plan(registry);
        new Applier(registry).apply(plan);
        BootstrapReport report = report(registry, plan);
        LOG.info("Registry bootstrap: {} change(s)", plan.changes().size());
        return report;
    }

    private SchemaState actual(RegistryConnection registry) {
        return SchemaState.read(registry, wanted.subjects().keySet());
    }

    private BootstrapReport report(RegistryConnection registry, Plan plan) {
        Set<Subject> registered = subjects(plan, Change.Register.class);
        Set<Subject> levelSet = subjects(plan, Change.SetSubjectLevel.class);
        SchemaState now = actual(registry);
        List<BootstrapReport.Row> rows = new ArrayList<>();
        wanted.subjects().forEach((subject, wish) -> {
            for (EventSchema schema : wish.versions()) {
                RegisteredSchema found = registry.lookup(subject, schema);
                BootstrapReport.Outcome outcome = BootstrapReport.Outcome.UNCHANGED;
                if (registered.contains(subject)) {
                    outcome = BootstrapReport.Outcome.CREATED;
                } else if (levelSet.contains(subject)) {
                    outcome = BootstrapReport.Outcome.LEVEL_SET;
                }
                rows.add(new BootstrapReport.Row(subject, found.version(), found.id(), now.levelOf(subject), outcome));
            }
        });
        boolean globalChanged = plan.changes().stream().anyMatch(Change.SetGlobalLevel.class::isInstance);
        return new BootstrapReport(now.globalLevel().orElse(CompatibilityLevel.BACKWARD), globalChanged, rows);
    }

    private static Set<Subject> subjects(Plan plan, Class<? extends Change> kind) {
        return plan.changes().stream()
                .filter(kind::isInstance)
                .map(change -> change instanceof Change.Register register
                        ? register.subject()
                        : ((Change.SetSubjectLevel) change).subject())
                .collect(Collectors.toSet());
    }

    /** What a bootstrap should bring about. */
    public static final class Builder {
        private final List<TopicTypes> topics = new ArrayList<>();
        private Optional<CompatibilityLevel> globalLevel = Optional.empty();
        private boolean references = true;

        private Builder() {}

        /** The level of all subjects without their own. Default: left as it is. */
        public Builder globalCompatibility(CompatibilityLevel level) {
            globalLevel = Optional.of(level);
            return this;
        }

        /**
         * Whether types that are {@link dev.schemabus.schema.Shared} are registered under subjects of their own, called by
         * the type's full name. Otherwise they are written out. Choose as for serializers
         * ({@code schemabus.register.references}). Default: true.
         */
        public Builder references(boolean kept) {
            references = kept;
            return this;
        }

        /**
         * Adds what a topic carries, in Avro, with one subject per record ({@link SubjectNaming#TOPIC_RECORD}, as the event
         * bus names them), at the global level.
         */
        public Builder topic(String topic, Class<?>... types) {
            for (Class<?> type : types) {
                add(new TopicTypes(topic, type));
            }
            return this;
        }

        /**
         * Adds the types that name their topic themselves.
         *
         * @throws IllegalArgumentException if a type's {@link dev.schemabus.schema.Event} names no topic
         */
        public Builder types(Class<?>... types) {
            for (Class<?> type : types) {
                String topic = EventType.of(type)
                        .topic()
                        .orElseThrow(() -> new IllegalArgumentException(type.getName()
                                + " doesn't name its topic: write @Event(topic = \"…\"), or add it with topic(…)"));
                topic(topic, type);
            }
            return this;
        }

        /**
         * Adds what a topic carries, with every choice made.
         *
         * @throws IllegalArgumentException if two types want one subject
         */
        public Builder add(TopicTypes types) {
            List<TopicTypes> more = new ArrayList<>(topics);
            more.add(types);
            WantedSubjects.of(more, references); // where a mistake is found, it is seen in the stack trace
            topics.add(types);
            return this;
        }

        /** Builds it; asks nobody yet. */
        public RegistryBootstrap build() {
            return new RegistryBootstrap(new SchemaState(globalLevel, WantedSubjects.of(topics, references)));
        }
    }
}
