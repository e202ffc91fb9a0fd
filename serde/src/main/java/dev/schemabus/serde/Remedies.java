package dev.schemabus.serde;

import dev.schemabus.codec.MalformedPayloadException;
import dev.schemabus.registry.NotARegistryException;
import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.wire.MalformedRecordException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What to do about an error, where the registry or the schema generator can't know it: they don't see the settings. */
final class Remedies {

    private static final Map<Class<?>, String> PLAIN_SERIALIZERS = Map.of(
            String.class, "StringSerializer",
            byte[].class, "ByteArraySerializer",
            Integer.class, "IntegerSerializer",
            Long.class, "LongSerializer",
            Short.class, "ShortSerializer",
            Float.class, "FloatSerializer",
            Double.class, "DoubleSerializer",
            Boolean.class, "BooleanSerializer",
            UUID.class, "UUIDSerializer");

    private Remedies() {}

    /** Plain values have a serializer already; to write them as records would be nobody's wish. */
    static void requireNoPlainValue(String topic, Class<?> type, boolean isKey) {
        String serializer = PLAIN_SERIALIZERS.get(type);
        if (serializer != null) {
            throw new SchemaException("The " + side(isKey) + " for topic " + topic + " is a " + type.getSimpleName()
                    + ", and EventSerializer writes records: set " + side(isKey)
                    + ".serializer=org.apache.kafka.common.serialization." + serializer);
        }
    }

    /** A schema that wasn't registered: most often because another type has the subject. */
    static RegistryException refused(
            SchemaRefusedException e, SchemaRegistry registry, Subject subject, EventSchema own, Setting setting) {
        if (e.code() / 100 != 409 || setting.naming() != SubjectNaming.TOPIC) {
            return e;
        }
        Optional<String> other = latestName(registry, subject);
        if (other.isEmpty() || other.equals(own.name())) {
            return e;
        }
        return new SchemaRefusedException(
                e.code(),
                "Subject '" + subject + "' holds " + other.get() + ", and this is "
                        + own.name().orElse("no named record") + ": to send several types to one topic, name the"
                        + " sealed interface that permits them (schemabus." + side(setting.isKey())
                        + ".type), or set " + side(setting.isKey())
                        + ".subject.name.strategy=TopicRecordNameStrategy (SubjectNaming.TOPIC_RECORD). "
                        + e.getMessage(),
                e);
    }

    /** What of a writer's settings a remedy depends on. */
    record Setting(SubjectNaming naming, boolean isKey) {}

    private static Optional<String> latestName(SchemaRegistry registry, Subject subject) {
        try {
            RegisteredSchema latest = registry.latest(subject);
            return latest.schema().name();
        } catch (RegistryException | SchemaException unknown) {
            return Optional.empty();
        }
    }

    static SchemaNotFoundException notRegistered(SchemaNotFoundException e, Subject subject, EventSchema own) {
        return new SchemaNotFoundException(
                e.code(),
                "Subject '" + subject + "' doesn't hold the schema of "
                        + own.name().orElse("this type")
                        + ", and auto.register.schemas=false: register it before the first record (RegistryBootstrap in"
                        + " schemabus-admin), or set auto.register.schemas=true. " + e.getMessage(),
                e);
    }

    static SchemaNotFoundException noLatest(SchemaNotFoundException e, Subject subject, Map<String, String> metadata) {
        String remedy = metadata.isEmpty()
                ? ", and use.latest.version=true: register one before the first record (RegistryBootstrap in"
                        + " schemabus-admin), or set use.latest.version=false. "
                : " with the metadata " + metadata + " of use.latest.with.metadata: register one with it, or change the"
                        + " setting. ";
        return new SchemaNotFoundException(
                e.code(), "Subject '" + subject + "' has no version yet" + remedy + e.getMessage(), e);
    }

    /** To write without encrypting what must be would be worse than not to write. */
    static SchemaException hasRules(RegisteredSchema found) {
        return new SchemaException("Version " + found.version() + " of subject '" + found.subject() + "' has rules"
                + " (ruleSet), which this version of Schemabus doesn't run: data that they would check or encrypt must"
                + " not be written without them. Write it with a client that runs them, or register a version without"
                + " rules");
    }

    static SchemaNotFoundException noFixed(SchemaNotFoundException e, SchemaIdentifier schema) {
        return new SchemaNotFoundException(
                e.code(),
                "Records are to be written under schema " + named(schema)
                        + ", which the registry doesn't know: correct "
                        + (schema instanceof SchemaGuid ? "use.schema.guid" : "use.schema.id") + ". " + e.getMessage(),
                e);
    }

    static SchemaNotFoundException unknownSchema(SchemaNotFoundException e, String topic, SchemaIdentifier schema) {
        return new SchemaNotFoundException(
                e.code(),
                "A record of topic " + topic + " has schema " + named(schema) + ", which the registry doesn't know: is"
                        + " schema.registry.url the registry of its producer, and did that registry keep its schemas"
                        + " (one in memory doesn't)? " + e.getMessage(),
                e);
    }

    /** An id with what kind of id it is. */
    static String named(SchemaIdentifier schema) {
        return (schema instanceof SchemaGuid ? "GUID " : "id ") + schema;
    }

    static NotARegistryException noGuid(Subject subject) {
        return new NotARegistryException(
                0,
                "The registry gives no GUID for the schema of '" + subject + "', and the wire format names schemas by"
                        + " GUID: use a registry that does (Confluent's 8.x line), or write the id in front of the"
                        + " payload (WireFormats.PREFIX_ID)");
    }

    /** State stores keep bytes alone. */
    static IllegalArgumentException noHeaders(String topic) {
        return new IllegalArgumentException("A record for " + topic + " is written without headers, and the wire format"
                + " puts the schema's GUID into one: write the id in front of the payload (WireFormats.PREFIX_ID), as"
                + " state stores of Kafka Streams need it, or call the method that takes headers. (Is it no store's topic?"
                + " Then give EventSerde your application.id among its settings.)");
    }

    /** Kafka's producer closes the headers of what it has sent. */
    static IllegalArgumentException closedHeaders(String name, IllegalStateException e) {
        return new IllegalArgumentException(
                "The header " + name + " of a record that was sent before would have to change, since its schema or its"
                        + " bytes have, and its headers are closed: send a new ProducerRecord",
                e);
    }

    static MalformedPayloadException notFramed(MalformedRecordException e, String topic) {
        return new MalformedPayloadException(
                e.getMessage() + " Then skip the record, or read topic " + topic
                        + " with the deserializer that belongs to that producer's serializer",
                "",
                0,
                e);
    }

    /** With GENERIC_RECORD. */
    static UnboundTypeException neitherBoundNorGeneric(String what, Set<String> bound) {
        return new UnboundTypeException(
                "it describes " + what + ", to which no type is bound"
                        + (bound.isEmpty() ? "" : " (only to " + bound + ")")
                        + ", and only Avro records become a GenericRecord: add a type for it (schemabus.event.types, or"
                        + " EventReader.type), or read the topic with the deserializer that belongs to its producer's serializer");
    }

    static UnboundTypeException unbound(String what, Set<String> bound) {
        return new UnboundTypeException("it describes " + what + ", and only " + bound
                + " are bound: add the type (schemabus.event.types, or EventReader.type), or have what is bound to nothing"
                + " read as a GenericRecord (schemabus.unbound=GENERIC_RECORD, or EventReader.unbound)");
    }

    private static String side(boolean isKey) {
        return isKey ? "key" : "value";
    }
}
