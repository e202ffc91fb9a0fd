package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Looks at whole payloads, for schemas that say more than a {@link JsonPlan} can check. The only class that knows the
 * validator's library, which is optional. It fetches nothing: a schema's references are within it.
 */
final class JsonValidator {

    private static final ObjectReader TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private final Schema schema;

    private JsonValidator(Schema schema) {
        this.schema = schema;
    }

    /**
     * A validator for a schema, which is read once.
     *
     * @param reason what in the schema needs it
     * @throws UnreadableSchemaException if the library isn't there, or doesn't understand the schema
     */
    static JsonValidator of(JsonNode schema, String reason) {
        try {
            return new JsonValidator(compiled(schema));
        } catch (NoClassDefFoundError e) {
            throw new UnreadableSchemaException(
                    "The schema has " + reason + ", which needs a validator to check: add"
                            + " com.networknt:json-schema-validator, or switch json.fail.invalid.schema off",
                    e);
        } catch (SchemaException e) {
            throw new UnreadableSchemaException(
                    "The schema can't be validated with (" + e.getMessage()
                            + "): correct it, or switch json.fail.invalid.schema off",
                    e);
        }
    }

    private static Schema compiled(JsonNode schema) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(regex -> new BoundedPattern(regex)::isFoundIn)
                .build();
        Schema compiled = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_7,
                        registry -> registry.schemaRegistryConfig(config)
                                .schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }

    /**
     * Looks at a payload.
     *
     * @throws PathException if it breaks the schema
     * @throws JsonProcessingException if it is no JSON
     */
    void validate(JsonTokens payload) throws IOException {
        JsonNode tree = TREES.readValue(payload);
        requireManageableNumbers(tree);
        List<Error> errors = schema.validate(tree);
        if (!errors.isEmpty()) {
            Error first = errors.get(0);
            throw new PathException("breaks " + first.getKeyword() + " of the schema, at "
                            + first.getSchemaLocation().getFragment())
                    .under(path(first.getInstanceLocation()));
        }
    }

    /** The library divides numbers however long they are, and takes some for doubles on the way. */
    private static void requireManageableNumbers(JsonNode tree) {
        if (tree.isNumber()
                && (!JsonNumberChecks.isShort(tree.decimalValue()) || !Double.isFinite(tree.doubleValue()))) {
            throw new PathException("is a number too large, or of too many digits, to be checked against the schema");
        }
        int index = 0;
        for (JsonNode element : tree.isArray() ? tree : List.<JsonNode>of()) {
            requireManageableNumbers(element, "[" + index + "]");
            index++;
        }
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            requireManageableNumbers(member.getValue(), "." + member.getKey());
        }
    }

    private static void requireManageableNumbers(JsonNode tree, String step) {
        try {
            requireManageableNumbers(tree);
        } catch (PathException e) {
            throw e.under(step);
        }
    }

    private static String path(NodePath location) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object step = location.getElement(i);
            path.append(step instanceof Integer ? "[" + step + "]" : "." + step);
        }
        return path.toString();
    }
}
