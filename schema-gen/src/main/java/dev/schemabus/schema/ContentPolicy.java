package dev.schemabus.schema;

import java.util.Arrays;
import java.util.Locale;

/**
 * How much a JSON Schema's content model counts: whether {@code additionalProperties} says what writers may send, or only
 * what they had better not. The names are those of the reference registry's {@code compatibilityPolicy}. Avro has no
 * content models and ignores the policy.
 */
public enum ContentPolicy {

    /**
     * The schema is taken at its word: a writer with an open content model may send any property, and a reader with a
     * closed one refuses every property that it doesn't name. What is compatible never fails in a validator.
     */
    STRICT,

    /**
     * Writers are trusted to send only what their schema names, and readers to ignore what they don't know, as Avro's do.
     * So optional properties may come and go at every level, and a content model may be opened and closed at will.
     *
     * <p>What is given up: a reader that validates may refuse data that counts as compatible. It does so with data that
     * holds a property the reading schema has dropped from a closed content model, and with data whose writer sent
     * undeclared properties under an open content model, if the reading schema now gives them a schema. Everything else
     * is checked as under {@link #STRICT}: a property that both schemas name, that is required, or that falls under a
     * schema of {@code patternProperties} or {@code additionalProperties}.
     */
    LENIENT;

    /**
     * Reads a policy, ignoring case.
     *
     * @throws IllegalArgumentException if the text names none; the message lists the choices
     */
    public static ContentPolicy parse(String text) {
        String wanted = text.trim().toUpperCase(Locale.ROOT);
        for (ContentPolicy policy : values()) {
            if (policy.name().equals(wanted)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("Unknown content policy '" + text + "': use one of "
                + Arrays.toString(values()).replaceAll("[\\[\\]]", ""));
    }
}
