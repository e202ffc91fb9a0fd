package dev.schemabus.codec;

/** The value doesn't fit its type's schema, for instance a null where one is required. The message gives the path. */
public final class MismatchedValueException extends CodecException {

    private static final long serialVersionUID = 1L;

    public MismatchedValueException(String message) {
        super(message);
    }

    public MismatchedValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
