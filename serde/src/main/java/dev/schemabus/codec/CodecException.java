package dev.schemabus.codec;

/** A payload, a value or a schema that a codec can't work with. Trying again does not help. */
public abstract sealed class CodecException extends RuntimeException
        permits MalformedPayloadException, MismatchedValueException, UnreadableSchemaException {

    private static final long serialVersionUID = 1L;

    CodecException(String message) {
        super(message);
    }

    CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
