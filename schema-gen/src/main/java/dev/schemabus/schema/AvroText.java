package dev.schemabus.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Avro schemas as text, with references to types that stand in other texts. */
final class AvroText {

    private AvroText() {}

    /** A parser for what others have accepted already. */
    static Schema.Parser lenient() {
        return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    }

    static EventSchema read(Schema.Parser parser, String text, List<SchemaReference> given) {
        try {
            List<SchemaReference> references =
                    given.isEmpty() ? List.of() : References.inOrder(SchemaFormat.AVRO, rootName(text), given);
            Schema schema = parsed(parser, text, references);
            return EventSchema.checked(SchemaFormat.AVRO, text(schema, references), name(schema), references);
        } catch (SchemaException e) {
            throw e;
        } catch (NullPointerException e) {
            // Avro 1.12 stumbles here over a name at the top that stands for no type.
            throw new SchemaException(
                    "Not an Avro schema: it names a type it doesn't define, " + EventSchema.excerpt(text), e);
        } catch (RuntimeException | StackOverflowError e) {
            // Its own exceptions, and those of Java where it trusts the text (an unknown "order", say).
            throw new SchemaException("Not an Avro schema: " + e.getMessage() + " in " + EventSchema.excerpt(text), e);
        }
    }

    private static Optional<String> name(Schema schema) {
        return schema.getType() == Schema.Type.RECORD ? Optional.of(schema.getFullName()) : Optional.empty();
    }

    static List<EventSchema> branches(Schema schema) {
        if (!schema.isUnion()) {
            return List.of();
        }
        return schema.getTypes().stream()
                .map(branch -> EventSchema.checked(SchemaFormat.AVRO, branch.toString(), name(branch), List.of()))
                .toList();
    }

    /**
     * The schema with all that it refers to.
     *
     * @param parser a new one
     */
    static Schema parsed(Schema.Parser parser, String text, List<SchemaReference> references) {
        if (!references.isEmpty()) {
            parser.addTypes(types(references).values());
        }
        return parser.parse(text);
    }

    /** All types that the texts of references define, by full name. */
    private static Map<String, Schema> types(List<SchemaReference> references) {
        Schema.Parser parser = lenient();
        references.forEach(reference -> parser.parse(reference.schema().text()));
        return parser.getTypes();
    }

    /**
     * The references that define the types which a schema names instead of writing them.
     *
     * @param whole the schema with all that it refers to
     */
    static List<SchemaReference> direct(Schema whole, List<SchemaReference> references) {
        Map<String, SchemaReference> definedBy = new HashMap<>();
        Schema.Parser parser = lenient();
        for (SchemaReference reference : references) {
            parser.parse(reference.schema().text());
            parser.getTypes().keySet().forEach(name -> definedBy.putIfAbsent(name, reference));
        }
        Set<String> named = new HashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<Schema> open = new ArrayDeque<>(List.of(whole));
        while (!open.isEmpty()) {
            Schema schema = open.remove();
            switch (schema.getType()) {
                case ARRAY -> open.add(schema.getElementType());
                case MAP -> open.add(schema.getValueType());
                case UNION -> open.addAll(schema.getTypes());
                case RECORD, ENUM, FIXED -> {
                    SchemaReference reference = definedBy.get(schema.getFullName());
                    if (reference != null) {
                        named.add(reference.name());
                    } else if (schema.getType() == Schema.Type.RECORD && seen.add(schema.getFullName())) {
                        schema.getFields().forEach(field -> open.add(field.schema()));
                    }
                }
                default -> {}
            }
        }
        return references.stream()
                .filter(reference -> named.contains(reference.name()))
                .toList();
    }

    /** A schema that stands for itself, with the types of these references named instead of written. */
    static EventSchema referring(EventSchema whole, List<SchemaReference> direct) {
        List<SchemaReference> all = References.inOrder(SchemaFormat.AVRO, whole.name(), direct);
        return EventSchema.of(SchemaFormat.AVRO, text(whole.avroSchema(), all), all);
    }

    @SuppressWarnings("deprecation") // Avro has no other way to name types instead of writing them
    private static String text(Schema schema, List<SchemaReference> references) {
        return references.isEmpty()
                ? schema.toString()
                : schema.toString(types(references).values(), false);
    }

    /** The full name in a text that may not stand on its own. */
    private static Optional<String> rootName(String text) {
        JsonNode root;
        try {
            root = JsonText.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // which Avro's parser will explain
        }
        String name = root.path("name").asText();
        String namespace = root.path("namespace").asText();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(name.indexOf('.') >= 0 || namespace.isEmpty() ? name : namespace + "." + name);
    }
}
