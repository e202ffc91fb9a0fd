package dev.schemabus.codec;

/** The bytes are no value of their schema: truncated, followed by more, or corrupt. This record is bad. */
public final class MalformedPayloadException extends CodecException {

    private static final long serialVersionUID = 1L;

    public MalformedPayloadException(String message) {
        super(message);
    }

    public MalformedPayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
