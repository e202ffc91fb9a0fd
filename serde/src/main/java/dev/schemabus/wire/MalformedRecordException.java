package dev.schemabus.wire;

import java.util.HexFormat;

/** The bytes of a record are no frame of the expected wire format. This record is bad; others may be fine. */
public final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }

    /** Some bytes, for messages. */
    static String start(byte[] bytes, int offset, int length) {
        String start = HexFormat.ofDelimiter(" ").formatHex(bytes, offset, offset + length);
        return start.isEmpty() ? "none" : start;
    }
}
