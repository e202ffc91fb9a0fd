package dev.schemabus.admin;

import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.SchemaFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a topic's values carry.
 *
 * @param topic the topic
 * @param type a record, or a sealed interface over records
 * @param format the language of the schemas
 * @param naming names the subjects
 * @param compatibility the subjects' own level; empty leaves it as it is
 */
public record TopicTypes(
        String topic,
        Class<?> type,
        SchemaFormat format,
        SubjectNaming naming,
        Optional<CompatibilityLevel> compatibility) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /**
     * Checks the topic's name.
     *
     * @throws IllegalArgumentException if Kafka refuses it
     */
    public TopicTypes {
        if (!NAME.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw new IllegalArgumentException("Topic '" + topic + "' of " + type.getName()
                    + " has a name that Kafka refuses: use 1 to 249 letters, digits, '.', '_' and '-'");
        }
    }

    /** Avro, one subject per record, no level of its own. */
    public TopicTypes(String topic, Class<?> type) {
        this(topic, type, SchemaFormat.AVRO, SubjectNaming.TOPIC_RECORD, Optional.empty());
    }

    /** A copy in another schema language. */
    public TopicTypes withFormat(SchemaFormat newFormat) {
        return new TopicTypes(topic, type, newFormat, naming, compatibility);
    }

    /** A copy with other subjects. */
    public TopicTypes withNaming(SubjectNaming newNaming) {
        return new TopicTypes(topic, type, format, newNaming, compatibility);
    }

    /** A copy whose subjects have a level of their own. */
    public TopicTypes withCompatibility(CompatibilityLevel level) {
        return new TopicTypes(topic, type, format, naming, Optional.of(level));
    }
}
