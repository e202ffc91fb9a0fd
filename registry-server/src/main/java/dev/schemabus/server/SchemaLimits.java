package dev.schemabus.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.schemabus.registry.SchemaRefusedException;
import java.io.IOException;

/** How much structure a schema may have: what comes after may be recursive, and is not asked to be careful. */
final class SchemaLimits {

    /** Objects and arrays inside each other; a nested record takes four. */
    static final int MAX_DEPTH = 200;

    /** References of one schema, those of its references included. */
    static final int MAX_REFERENCES = 256;

    /** References that lead from one schema to the next. */
    static final int MAX_REFERENCE_DEPTH = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private SchemaLimits() {}

    /**
     * Reads through a schema that is JSON text. Where it is none, whoever parses it says so.
     *
     * @throws SchemaRefusedException 42201 if it nests too deeply
     */
    static void check(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                // Only the depth matters, and the parser counts it.
            }
        } catch (StreamConstraintsException e) {
            throw new SchemaRefusedException(
                    42201,
                    "Invalid schema: more than " + MAX_DEPTH + " levels of objects and arrays. Move inner parts into"
                            + " schemas of their own and refer to them",
                    e);
        } catch (IOException e) {
            // Not JSON: the parser of the language explains it better.
        }
    }
}
