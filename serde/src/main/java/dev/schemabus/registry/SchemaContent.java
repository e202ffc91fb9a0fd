package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a registry keeps of a schema, of whatever type: passed on as it is, without being understood.
 *
 * @param type the registry's {@code schemaType}, such as {@code AVRO}, {@code JSON} or {@code PROTOBUF}
 * @param text the schema in the language of its type
 * @param references what the text refers to directly
 * @param metadata what was said about it
 * @param ruleSet rules for its data
 */
public record SchemaContent(
        String type,
        String text,
        List<SubjectReference> references,
        Optional<SchemaMetadata> metadata,
        Optional<RuleSet> ruleSet) {

    /** @throws IllegalArgumentException if type or text is blank */
    public SchemaContent {
        if (type.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("A schema needs a type, such as AVRO, and a text");
        }
        type = type.strip().toUpperCase(Locale.ROOT);
        references = List.copyOf(references);
    }

    /** A schema that refers to nothing and of which nothing more is said. */
    public SchemaContent(String type, String text) {
        this(type, text, List.of(), Optional.empty(), Optional.empty());
    }

    /** A schema as it is, with what it refers to written out. */
    public static SchemaContent of(EventSchema schema) {
        return new SchemaContent(schema.format().name(), schema.inlined().text());
    }

    /** A copy that refers to these versions. */
    public SchemaContent withReferences(List<SubjectReference> others) {
        return new SchemaContent(type, text, others, metadata, ruleSet);
    }

    /** A copy with these metadata. */
    public SchemaContent withMetadata(SchemaMetadata said) {
        return new SchemaContent(type, text, references, Optional.of(said), ruleSet);
    }

    /** A copy with these rules. */
    public SchemaContent withRuleSet(RuleSet rules) {
        return new SchemaContent(type, text, references, metadata, Optional.of(rules));
    }

    /** Whether data of this schema must go through rules. */
    boolean hasRules() {
        return ruleSet.filter(RuleSet::isActive).isPresent();
    }
}
