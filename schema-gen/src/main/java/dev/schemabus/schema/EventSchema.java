package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * A schema as a value: its format, its text and what it refers to, checked when it is made.
 *
 * <p>The text is compact JSON in the order of its author. How much two schemas have in common can be asked in three ways:
 *
 * <table>
 * <caption>What counts</caption>
 * <tr><th></th><th>{@code equals}</th><th>{@link #isEquivalentTo}</th><th>{@link #fingerprint()}</th></tr>
 * <tr><td>what holds the data: types, names, order of fields, symbols and branches; in JSON the limits</td>
 *     <td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>Avro: defaults, aliases, logical types and other attributes</td><td>yes</td><td>yes</td><td>no</td></tr>
 * <tr><td>JSON: defaults, formats and other attributes</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>docs ({@code doc}; {@code description}, {@code $comment}, {@code examples}, and {@code title} below the root)
 *     </td><td>yes</td><td>no</td><td>no</td></tr>
 * <tr><td>the order of JSON members, and how numbers are spelled</td><td>yes, where it says nothing in Avro no</td>
 *     <td>no</td><td>no</td></tr>
 * <tr><td>whether a part is written out or referred to</td><td>yes</td><td>no</td><td>no</td></tr>
 * <tr><td>white space</td><td>no</td><td>no</td><td>no</td></tr>
 * </table>
 */
public final class EventSchema {

    private final SchemaFormat format;
    private final String text;
    private final Optional<String> name;
    private final List<SchemaReference> references;

    /** Made when it is first asked for; who makes it twice makes the same. */
    private @Nullable String canonicalText;

    private EventSchema(SchemaFormat format, String text, Optional<String> name, List<SchemaReference> references) {
        this.format = format;
        this.text = text;
        this.name = name;
        this.references = references;
    }

    /**
     * Reads a schema that stands for itself.
     *
     * @param format the schema language
     * @param text the schema as JSON text
     * @throws SchemaException if the text is not a schema of that format; the message says where
     */
    public static EventSchema of(SchemaFormat format, String text) {
        return of(format, text, List.of());
    }

    /**
     * Reads a schema that refers to others.
     *
     * @param references what the text refers to; those that they need in turn may be left out
     * @throws SchemaException if the text is not a schema of that format, or the references form a cycle or give one name
     *     two meanings
     */
    public static EventSchema of(SchemaFormat format, String text, List<SchemaReference> references) {
        return switch (format) {
            case AVRO -> AvroText.read(new Schema.Parser(), text, references);
            case JSON -> JsonText.read(text, references);
        };
    }

    /**
     * Reads a schema that a registry holds already. Data was written with it, so names and defaults that {@link #of} refuses
     * are taken as they are: registries and older versions of Avro let them pass.
     *
     * @throws SchemaException if the text is not a schema of that format at all
     */
    public static EventSchema registered(SchemaFormat format, String text) {
        return registered(format, text, List.of());
    }

    /**
     * As {@link #registered(SchemaFormat, String)}, with references.
     *
     * @param references what the text refers to; those that they need in turn may be left out
     * @throws SchemaException if the text is not a schema of that format at all, or the references form a cycle or give one
     *     name two meanings
     */
    public static EventSchema registered(SchemaFormat format, String text, List<SchemaReference> references) {
        return switch (format) {
            case AVRO -> AvroText.read(AvroText.lenient(), text, references);
            case JSON -> JsonText.read(text, references);
        };
    }

    /** Puts together what was read and found right. */
    static EventSchema checked(
            SchemaFormat format, String text, Optional<String> name, List<SchemaReference> references) {
        return new EventSchema(format, text, name, references);
    }

    static String excerpt(String text) {
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

    /** What it refers to, directly or not: each once, and after those it needs itself. Mostly empty. */
    public List<SchemaReference> references() {
        return references;
    }

    /**
     * Those of the references that its own text needs: the others are needed by these in turn. Registries want to be told
     * no more.
     *
     * @return in the order of {@link #references}
     * @throws SchemaException if a reference leads to a place that isn't in the JSON document it names
     */
    public List<SchemaReference> directReferences() {
        if (references.isEmpty()) {
            return references;
        }
        return switch (format) {
            case AVRO -> AvroText.direct(avroSchema(), references);
            case JSON -> JsonInlining.direct(ownTree(), references);
        };
    }

    /**
     * The same schema without references. In Avro each type stands where it is first used; in JSON the other documents
     * move to {@code definitions} ({@code $defs} from draft 2019-09 on), and every {@code $ref} to them becomes a pointer.
     *
     * @throws SchemaException if a reference leads to a place that isn't in the JSON document it names
     */
    public EventSchema inlined() {
        if (references.isEmpty()) {
            return this;
        }
        String whole = format == SchemaFormat.AVRO
                ? avroSchema().toString()
                : jsonTree().toString();
        return checked(format, whole, name, List.of());
    }

    /** The parsed Avro schema, complete with what it refers to. Only for schemas whose format is AVRO. */
    Schema avroSchema() {
        return AvroText.parsed(AvroText.lenient(), text, references);
    }

    /** The parsed JSON Schema, an object or a boolean, {@link #inlined}. Only for schemas whose format is JSON. */
    JsonNode jsonTree() {
        return JsonInlining.inlined(ownTree(), references);
    }

    /** The text as JSON, whatever the format. */
    JsonNode ownTree() {
        return JsonText.tree(text);
    }

    /**
     * The full name of the record it describes: an Avro record's full name, a JSON Schema's {@code title}. Empty for
     * schemas that have none (a union, a primitive).
     */
    public Optional<String> name() {
        return name;
    }

    /**
     * The alternatives of a schema that is a union at the root, each as a schema that stands for itself: in Avro the
     * branches in their order, {@code null} and plain types among them; in JSON those of {@code oneOf} or {@code anyOf},
     * where one that is a local {@code $ref} stands for what it points to.
     *
     * @return empty for any other schema
     */
    public List<EventSchema> branches() {
        return switch (format) {
            case AVRO -> AvroText.branches(avroSchema());
            case JSON -> JsonText.branches(jsonTree());
        };
    }

    /**
     * What matters to a reader of the bytes, in one spelling; the same as that of {@link #inlined}.
     *
     * <p>In Avro it is the parsing canonical form (Avro specification, "Parsing Canonical Form for Schemas"). In JSON it is
     * the schema without {@code description}, {@code $comment}, {@code examples} and the titles below the root (that of the
     * root is the name of the type). Members, {@code required} and a {@code type} array are sorted by UTF-16 code units, and
     * equal numbers are spelled alike ({@code 1.0} as {@code 1}).
     */
    public String canonicalText() {
        String known = canonicalText;
        if (known == null) {
            known = format == SchemaFormat.AVRO
                    ? SchemaNormalization.toParsingForm(avroSchema())
                    : CanonicalText.ofJson(jsonTree());
            canonicalText = known;
        }
        return known;
    }

    /**
     * SHA-256 of the {@link #canonicalText} in UTF-8.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String fingerprint() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(canonicalText().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * CRC-64-AVRO of the {@link #canonicalText} in UTF-8 (Avro specification, "Schema Fingerprints"). Avro's single-object
     * encoding writes it with the least significant byte first.
     */
    public long fingerprint64() {
        return SchemaNormalization.fingerprint64(canonicalText().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether two schemas say the same about data and its evolution: they may differ in docs, in the order of JSON members,
     * in how numbers are spelled, and in what is referred to rather than written out. The table above has the details.
     */
    public boolean isEquivalentTo(EventSchema other) {
        if (equals(other)) {
            return true;
        }
        return format == other.format && meaning().equals(other.meaning());
    }

    private String meaning() {
        return format == SchemaFormat.AVRO ? CanonicalText.ofAvro(avroSchema()) : canonicalText();
    }

    /** Whether format, text and references are equal. */
    @Override
    public boolean equals(Object other) {
        // Most of all a schema is compared with itself, and then nothing is made for it.
        if (this == other) {
            return true;
        }
        return other instanceof EventSchema that
                && format == that.format
                && text.equals(that.text)
                && references.size() == that.references.size()
                && (references.isEmpty() || texts(references).equals(texts(that.references)));
    }

    /**
     * By name, what each reference says. Comparing the references themselves would compare the same ones again and again,
     * since each holds those it needs.
     */
    private static Map<String, String> texts(List<SchemaReference> references) {
        return references.stream()
                .collect(Collectors.toMap(SchemaReference::name, reference -> reference.schema().text));
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
