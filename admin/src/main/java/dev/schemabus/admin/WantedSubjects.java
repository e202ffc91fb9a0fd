package dev.schemabus.admin;

import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.SchemaReference;
import dev.schemabus.schema.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds out which subjects topics need, and the schema of each. */
final class WantedSubjects {

    private final SchemaGenerator generator = SchemaGenerator.standard();
    private final SortedMap<Subject, SchemaState.SubjectState> subjects = new TreeMap<>();
    private final boolean references;

    private WantedSubjects(boolean references) {
        this.references = references;
    }

    /**
     * What some topics need.
     *
     * @param references whether shared types have subjects of their own
     * @throws IllegalArgumentException if two types want one subject
     */
    static SortedMap<Subject, SchemaState.SubjectState> of(List<TopicTypes> topics, boolean references) {
        WantedSubjects wanted = new WantedSubjects(references);
        topics.forEach(wanted::add);
        return wanted.subjects;
    }

    private void add(TopicTypes types) {
        Shape shape = generator.shape(types.type());
        List<RecordShape> records =
                shape instanceof Shape.OfUnion union ? union.branches() : List.of((RecordShape) shape);
        for (RecordShape record : records) {
            EventSchema generated = generator.generate(record.javaType(), types.format());
            EventSchema schema = references ? generated : generated.inlined();
            add(types.naming().subject(types.topic(), false, schema), schema, types.compatibility());
            for (SchemaReference reference : schema.references()) {
                // Registering the schema would register them, too; here the plan says what comes of it.
                add(SubjectNaming.shared(reference), reference.schema(), Optional.empty());
            }
        }
    }

    private void add(Subject subject, EventSchema schema, Optional<CompatibilityLevel> level) {
        subjects.merge(
                subject,
                new SchemaState.SubjectState(level, List.of(schema)),
                (one, other) -> together(subject, one, other));
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
}
