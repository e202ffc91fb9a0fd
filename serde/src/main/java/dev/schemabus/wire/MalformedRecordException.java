package dev.schemabus.wire;

/** The bytes of a record are no frame of the expected wire format. This record is bad; others may be fine. */
public final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }
}
