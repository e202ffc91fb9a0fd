package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.registry.RegistryMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of the topic, whoever wrote them. A message is understood whole or not at all: what lacks a field,
 * has one of another type or contradicts its key is refused, not guessed at.
 */
final class KafkaDecoder {

    private static final Set<String> SCHEMA_FIELDS =
            Set.of("subject", "version", "id", "schemaType", "references", "metadata", "ruleSet", "schema", "deleted");

    private KafkaDecoder() {}

    /** A message that is none of a registry's. The message says what is wrong with it. */
    static final class CorruptMessageException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Optional<Change> reserved;

        CorruptMessageException(String message) {
            this(message, Optional.empty());
        }

        private CorruptMessageException(String message, Optional<Change> reserved) {
            super(message);
            this.reserved = reserved;
        }

        /** What the message takes up, though it can't be read: a version, and an id if it says one. */
        Optional<Change> reserved() {
            return reserved;
        }
    }

    /**
     * A message that was understood.
     *
     * @param unknown the fields of a version that only other registries know
     */
    record Decoded(Change change, ObjectNode unknown) {}

    /**
     * @param key null if the message has none
     * @param value null if the message takes its key back
     * @return empty for what is there for others: a kind of key that this registry doesn't know, or the rest of one
     * @throws CorruptMessageException if it makes no sense
     */
    static Optional<Decoded> decode(byte @Nullable [] key, byte @Nullable [] value) throws CorruptMessageException {
        if (key == null) {
            throw new CorruptMessageException("it has no key");
        }
        JsonNode fields = object("key", key);
        String keytype = text("key", fields, "keytype");
        return switch (keytype) {
            case KafkaKeys.SCHEMA -> {
                String subject = text("key", fields, "subject");
                int version = version("key", fields);
                try {
                    checkMagic(fields, 1);
                    yield Optional.of(schema(subject, version, value));
                } catch (CorruptMessageException e) {
                    throw new CorruptMessageException(
                            String.valueOf(e.getMessage()),
                            Optional.of(new Change.VersionReserved(subject, version, idOf(value))));
                }
            }
            case KafkaKeys.CONTEXT -> value == null ? Optional.empty() : context(fields);
            case KafkaKeys.CONFIG -> known(fields, config(optionalText("key", fields, "subject"), value));
            case KafkaKeys.MODE -> known(fields, mode(optionalText("key", fields, "subject"), value));
            case KafkaKeys.DELETE_SUBJECT ->
                value == null ? Optional.empty() : known(fields, subjectDeleted(text("key", fields, "subject"), value));
            case KafkaKeys.CLEAR_SUBJECT ->
                value == null
                        ? Optional.empty()
                        : known(fields, new Change.SubjectCleared(optionalText("key", fields, "subject")));
            case KafkaKeys.NOOP -> known(fields, marker(value));
            default -> Optional.empty();
        };
    }

    private static Optional<Decoded> known(JsonNode key, Change change) throws CorruptMessageException {
        checkMagic(key, 0);
        return Optional.of(new Decoded(change, Json.MAPPER.createObjectNode()));
    }

    /** The number that stands for the form of a key: with a higher one it may mean anything. */
    private static void checkMagic(JsonNode key, int highest) throws CorruptMessageException {
        JsonNode magic = key.path("magic");
        boolean known = magic.isInt() && magic.intValue() >= 0 && magic.intValue() <= highest;
        if (!known && !magic.isMissingNode()) {
            throw new CorruptMessageException(
                    "its key's magic is " + magic + ", and only up to " + highest + " is known here");
        }
    }

    private static Decoded schema(String subject, int version, byte @Nullable [] value) throws CorruptMessageException {
        if (value == null) {
            return new Decoded(new Change.SchemaRemoved(subject, version), Json.MAPPER.createObjectNode());
        }
        ObjectNode fields = object("value", value);
        if (!subject.equals(text("value", fields, "subject")) || version != version("value", fields)) {
            throw new CorruptMessageException("its value is of another version than its key");
        }
        StoredSchema schema = new StoredSchema(
                optionalText("value", fields, "schemaType").orElse("AVRO"),
                text("value", fields, "schema"),
                references(fields.path("references")),
                optionalObject(fields, "metadata"),
                optionalObject(fields, "ruleSet"));
        Change change = new Change.SchemaStored(
                subject, version, number("value", fields, "id", 0), schema, flag(fields, "deleted"));
        return new Decoded(change, fields.deepCopy().remove(SCHEMA_FIELDS));
    }

    /** The id, whatever else may be wrong. */
    private static OptionalInt idOf(byte @Nullable [] value) {
        JsonNode id = value == null
                ? MissingNode.getInstance()
                : json(value).<JsonNode>map(fields -> fields.path("id")).orElse(MissingNode.getInstance());
        return id.isIntegralNumber() && id.canConvertToInt() && id.intValue() >= 0
                ? OptionalInt.of(id.intValue())
                : OptionalInt.empty();
    }

    private static List<SchemaReference> references(JsonNode list) throws CorruptMessageException {
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw new CorruptMessageException("the references in its value are no list");
        }
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode reference : list) {
            references.add(new SchemaReference(
                    text("value", reference, "name"),
                    text("value", reference, "subject"),
                    version("value", reference)));
        }
        return references;
    }

    private static Optional<Decoded> context(JsonNode key) throws CorruptMessageException {
        String tenant = optionalText("key", key, "tenant").orElse(KafkaKeys.TENANT);
        String context = text("key", key, "context");
        return tenant.equals(KafkaKeys.TENANT) && context.startsWith(QualifiedSubject.DEFAULT_CONTEXT)
                ? known(key, new Change.ContextStored(context))
                : Optional.empty();
    }

    private static Change config(Optional<String> subject, byte @Nullable [] value) throws CorruptMessageException {
        if (value == null) {
            return new Change.ConfigRemoved(subject);
        }
        ObjectNode fields = object("value", value);
        ObjectNode settings = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (!field.getKey().equals("subject") && !field.getValue().isNull()) {
                settings.set(field.getKey(), field.getValue());
            }
        }
        Config config = new Config(settings);
        try {
            config.compatibilityLevel();
        } catch (IllegalArgumentException e) {
            throw new CorruptMessageException("its value has no level: " + e.getMessage());
        }
        return new Change.ConfigStored(subject, config);
    }

    private static Change mode(Optional<String> subject, byte @Nullable [] value) throws CorruptMessageException {
        if (value == null) {
            return new Change.ModeRemoved(subject);
        }
        try {
            return new Change.ModeStored(subject, RegistryMode.parse(text("value", object("value", value), "mode")));
        } catch (IllegalArgumentException e) {
            throw new CorruptMessageException("its value has no mode: " + e.getMessage());
        }
    }

    private static Change subjectDeleted(String subject, byte[] value) throws CorruptMessageException {
        ObjectNode fields = object("value", value);
        if (!subject.equals(text("value", fields, "subject"))) {
            throw new CorruptMessageException("its value is of another subject than its key");
        }
        return new Change.SubjectDeleted(subject, version("value", fields));
    }

    /** The value of a marker is its writer's own business; that of ours says which ids were given out. */
    private static Change marker(byte @Nullable [] value) throws CorruptMessageException {
        Optional<ObjectNode> ids = value == null
                ? Optional.empty()
                : json(value)
                        .filter(fields -> fields.path(KafkaKeys.HIGHEST_IDS).isObject());
        if (ids.isEmpty()) {
            return new Change.Noop();
        }
        Map<String, Integer> highest = new HashMap<>();
        JsonNode contexts = ids.get().path(KafkaKeys.HIGHEST_IDS);
        for (Map.Entry<String, JsonNode> context : contexts.properties()) {
            highest.put(context.getKey(), number("value", contexts, context.getKey(), 0));
        }
        return new Change.IdsUsed(highest);
    }

    private static ObjectNode object(String where, byte[] json) throws CorruptMessageException {
        return json(json).orElseThrow(() -> new CorruptMessageException("its " + where + " is no JSON object"));
    }

    private static Optional<ObjectNode> json(byte[] json) {
        try {
            return Json.MAPPER.readTree(json) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            // Without Jackson's own words: they quote the text.
            return Optional.empty();
        }
    }

    private static String text(String where, JsonNode fields, String name) throws CorruptMessageException {
        return optionalText(where, fields, name)
                .orElseThrow(() -> new CorruptMessageException("its " + where + " has no " + name));
    }

    private static Optional<String> optionalText(String where, JsonNode fields, String name)
            throws CorruptMessageException {
        JsonNode field = fields.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return Optional.empty();
        }
        if (!field.isTextual()) {
            throw new CorruptMessageException("the " + name + " in its " + where + " is no text");
        }
        return Optional.of(field.textValue());
    }

    private static Optional<JsonNode> optionalObject(JsonNode fields, String name) throws CorruptMessageException {
        JsonNode field = fields.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return Optional.empty();
        }
        if (!field.isObject()) {
            throw new CorruptMessageException("the " + name + " in its value is no JSON object");
        }
        return Optional.of(field);
    }

    private static int version(String where, JsonNode fields) throws CorruptMessageException {
        return number(where, fields, "version", 1);
    }

    private static int number(String where, JsonNode fields, String name, int least) throws CorruptMessageException {
        JsonNode field = fields.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToInt() || field.intValue() < least) {
            throw new CorruptMessageException(
                    "the " + name + " in its " + where + " is no whole number from " + least + " up");
        }
        return field.intValue();
    }

    private static boolean flag(JsonNode fields, String name) throws CorruptMessageException {
        JsonNode field = fields.path(name);
        if (!field.isMissingNode() && !field.isNull() && !field.isBoolean()) {
            throw new CorruptMessageException("the " + name + " in its value is neither true nor false");
        }
        return field.asBoolean();
    }
}
