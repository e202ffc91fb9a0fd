package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A schema as the registry keeps it and as it is sent. What is equal here has one id in a context.
 *
 * @param type the language, such as {@code AVRO}: the name of a {@link SchemaDialect}
 * @param text the schema in that language
 * @param references the schemas of this registry that the text uses, in the order sent
 * @param metadata a JSON object, never changed: {@code tags}, {@code properties}, {@code sensitive}
 * @param ruleSet a JSON object, never changed: {@code domainRules}, {@code migrationRules} …
 */
record StoredSchema(
        String type,
        String text,
        List<SchemaReference> references,
        Optional<JsonNode> metadata,
        Optional<JsonNode> ruleSet) {

    StoredSchema {
        references = List.copyOf(references);
    }

    /** One that stands for itself. */
    StoredSchema(String type, String text) {
        this(type, text, List.of(), Optional.empty(), Optional.empty());
    }

    StoredSchema withText(String newText) {
        return new StoredSchema(type, newText, references, metadata, ruleSet);
    }

    StoredSchema withReferences(List<SchemaReference> newReferences) {
        return new StoredSchema(type, text, newReferences, metadata, ruleSet);
    }

    StoredSchema with(Optional<JsonNode> newMetadata, Optional<JsonNode> newRuleSet) {
        return new StoredSchema(type, text, references, newMetadata, newRuleSet);
    }
}
