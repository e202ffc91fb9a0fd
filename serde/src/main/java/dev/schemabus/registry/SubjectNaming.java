package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.util.Map;
import java.util.Optional;

/**
 * SPI: which subject holds the schema of a record. The three namings of the reference are constants here; any other
 * implementation can be named by class in {@code key|value.subject.name.strategy}.
 */
@FunctionalInterface
public interface SubjectNaming {

    /**
     * Names the subject. Called once per topic and type, not once per record.
     *
     * @param topic the Kafka topic
     * @param isKey whether the schema describes the record's key
     * @param schema the schema to register or look up
     * @throws IllegalArgumentException if this naming needs something the schema lacks; the message says what
     */
    Subject subject(String topic, boolean isKey, EventSchema schema);

    /** {@code <topic>-key} or {@code <topic>-value}: one type per topic. The default. */
    SubjectNaming TOPIC = (topic, isKey, schema) -> new Subject(topic + (isKey ? "-key" : "-value"));

    /** The record's full name: one subject per type, whatever the topic. */
    SubjectNaming RECORD = (topic, isKey, schema) -> new Subject(recordName(schema, topic));

    /** {@code <topic>-<full record name>}: several types per topic, each with its own versions. */
    SubjectNaming TOPIC_RECORD = (topic, isKey, schema) -> new Subject(topic + "-" + recordName(schema, topic));

    /**
     * Finds one of the three by name: the reference's short name, its class name, or ours ({@code TOPIC},
     * {@code RECORD}, {@code TOPIC_RECORD}).
     *
     * @return empty if the text is none of them
     */
    static Optional<SubjectNaming> named(String text) {
        // Only the reference's own package: another class of the same simple name may name otherwise.
        String reference = "io.confluent.kafka.serializers.subject.";
        String name = text.startsWith(reference) ? text.substring(reference.length()) : text;
        return Optional.ofNullable(Map.of(
                        "TopicNameStrategy", TOPIC,
                        "TOPIC", TOPIC,
                        "RecordNameStrategy", RECORD,
                        "RECORD", RECORD,
                        "TopicRecordNameStrategy", TOPIC_RECORD,
                        "TOPIC_RECORD", TOPIC_RECORD)
                .get(name));
    }

    /**
     * The subject of a schema that others refer to: called as they call it, as the reference's clients do, and with
     * {@code .json} behind it if it is a JSON Schema, since a subject holds one format.
     */
    static Subject shared(SchemaReference reference) {
        boolean json = reference.schema().format() == SchemaFormat.JSON
                && !reference.name().endsWith(".json");
        return new Subject(json ? reference.name() + ".json" : reference.name());
    }

    private static String recordName(EventSchema schema, String topic) {
        return schema.name()
                .orElseThrow(() -> new IllegalArgumentException("The schema for topic " + topic
                        + " has no record name (an Avro record's name, a JSON Schema's title), so its subject can't be"
                        + " named after it: name it, or use TopicNameStrategy"));
    }
}
