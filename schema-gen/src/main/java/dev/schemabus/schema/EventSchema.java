package dev.schemabus.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A schema as a value: its format and its text, checked when it is made.
 *
 * <p>The text is compact JSON in the order of its author (white space never matters). Two schemas are equal when
 * format and text are; {@link #fingerprint()} says whether two Avro schemas mean the same to a reader.
 */
public final class EventSchema {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final SchemaFormat format;
    private final String text;
    private final Optional<String> name;
    private final String canonicalText;

    private EventSchema(SchemaFormat format, String text, Optional<String> name, String canonicalText) {
        this.format = format;
        this.text = text;
        this.name = name;
        this.canonicalText = canonicalText;
    }

    /**
     * Reads a schema.
     *
     * @param format the schema language
     * @param text the schema as JSON text
     * @throws SchemaException if the text is not a schema of that format; the message says where
     */
    public static EventSchema of(SchemaFormat format, String text) {
        return switch (format) {
            case AVRO -> avro(new Schema.Parser(), text);
            case JSON -> json(text);
        };
    }

    /**
     * Reads a schema that a registry holds already. Data was written with it, so names and defaults that {@link #of} refuses
     * are taken as they are: registries and older versions of Avro let them pass.
     *
     * @throws SchemaException if the text is not a schema of that format at all
     */
    public static EventSchema registered(SchemaFormat format, String text) {
        return switch (format) {
            case AVRO -> avro(lenient(), text);
            case JSON -> json(text);
        };
    }

    private static Schema.Parser lenient() {
        return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    }

    private static EventSchema avro(Schema.Parser parser, String text) {
        try {
            Schema schema = parser.parse(text);
            Optional<String> name =
                    schema.getType() == Schema.Type.RECORD ? Optional.of(schema.getFullName()) : Optional.empty();
            return new EventSchema(
                    SchemaFormat.AVRO, schema.toString(), name, SchemaNormalization.toParsingForm(schema));
        } catch (NullPointerException e) {
            // Avro 1.12 stumbles here over a name at the top that stands for no type.
            throw new SchemaException("Not an Avro schema: it names a type it doesn't define, " + excerpt(text), e);
        } catch (RuntimeException | StackOverflowError e) {
            // Its own exceptions, and those of Java where it trusts the text (an unknown "order", say).
            throw new SchemaException("Not an Avro schema: " + e.getMessage() + " in " + excerpt(text), e);
        }
    }

    private static EventSchema json(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SchemaException("Not a JSON Schema: " + e.getOriginalMessage() + " in " + excerpt(text), e);
        } catch (RuntimeException e) {
            // Jackson answers an exponent of 17 digits with a NumberFormatException.
            throw new SchemaException("Not a JSON Schema: " + e.getMessage() + " in " + excerpt(text), e);
        }
        if (!tree.isObject() && !tree.isBoolean()) {
            throw new SchemaException(
                    "Not a JSON Schema: the text must be a JSON object or true/false, not " + excerpt(text));
        }
        String compact = tree.toString();
        JsonNode title = tree.path("title");
        return new EventSchema(
                SchemaFormat.JSON,
                compact,
                title.isTextual() ? Optional.of(title.textValue()) : Optional.empty(),
                compact);
    }

    private static String excerpt(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }

    /** The schema language. */
    public SchemaFormat format() {
        return format;
    }

    /** The whole schema as compact JSON, with docs, defaults and aliases. */
    public String text() {
        return text;
    }

    /** The parsed Avro schema. Only for schemas whose format is AVRO. */
    Schema avroSchema() {
        return lenient().parse(text);
    }

    /** The parsed JSON Schema, an object or a boolean. Only for schemas whose format is JSON. */
    JsonNode jsonTree() {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("this text has been read before", e);
        }
    }

    /**
     * The full name of the record it describes: an Avro record's full name, a JSON Schema's {@code title}. Empty for
     * schemas that have none (a union, a primitive).
     */
    public Optional<String> name() {
        return name;
    }

    /**
     * SHA-256 over what matters to a reader of the bytes: for Avro the parsing canonical form (Avro specification,
     * "Parsing Canonical Form for Schemas"), for JSON the text.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonicalText.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSchema that && format == that.format && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return format + " " + name.orElse("(no name)") + " " + excerpt(text);
    }
}
