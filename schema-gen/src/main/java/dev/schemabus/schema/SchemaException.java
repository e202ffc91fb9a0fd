package dev.schemabus.schema;

/**
 * A schema or a Java declaration that can't be used as it is. The message says which one, which component, and what
 * to change; trying again does not help.
 */
public class SchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaException(String message) {
        super(message);
    }

    public SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
