package dev.schemabus.admin;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.EventType;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
        private final SchemaGenerator generator = SchemaGenerator.standard();
        private final SortedMap<Subject, SchemaState.SubjectState> subjects = new TreeMap<>();
        private Optional<CompatibilityLevel> globalLevel = Optional.empty();

        private Builder() {}

        /** The level of all subjects without their own. Default: left as it is. */
        public Builder globalCompatibility(CompatibilityLevel level) {
            globalLevel = Optional.of(level);
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

        /** Adds what a topic carries, with every choice made. */
        public Builder add(TopicTypes types) {
            Shape shape = generator.shape(types.type());
            List<RecordShape> records =
                    shape instanceof Shape.OfUnion union ? union.branches() : List.of((RecordShape) shape);
            for (RecordShape record : records) {
                // As serializers do: registries are told no references yet.
                EventSchema schema =
                        generator.generate(record.javaType(), types.format()).inlined();
                Subject subject = types.naming().subject(types.topic(), false, schema);
                subjects.merge(
                        subject,
                        new SchemaState.SubjectState(types.compatibility(), List.of(schema)),
                        (one, other) -> together(subject, one, other));
            }
            return this;
        }

        private static SchemaState.SubjectState together(
                Subject subject, SchemaState.SubjectState one, SchemaState.SubjectState other) {
            if (!one.versions().equals(other.versions())) {
                throw new IllegalArgumentException("Two types want the subject " + subject + ": use the naming"
                        + " TOPIC_RECORD, which gives each type a subject of its own, or separate topics");
            }
            Optional<CompatibilityLevel> level = one.level().or(other::level);
            if (!other.level().or(one::level).equals(level)) {
                throw new IllegalArgumentException("The subject " + subject + " is wanted at level "
                        + one.level().orElseThrow() + " and at level "
                        + other.level().orElseThrow() + ": choose one");
            }
            return new SchemaState.SubjectState(level, one.versions());
        }

        /** Builds it; asks nobody yet. */
        public RegistryBootstrap build() {
            return new RegistryBootstrap(new SchemaState(globalLevel, subjects));
        }
    }
}
