package dev.schemabus.codec;

/** Data written with one schema can't be read as the bound type, whatever the data. The message names both. */
public final class UnreadableSchemaException extends CodecException {

    private static final long serialVersionUID = 1L;

    public UnreadableSchemaException(String message) {
        super(message);
    }

    public UnreadableSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
