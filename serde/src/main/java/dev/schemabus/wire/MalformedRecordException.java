package dev.schemabus.wire;

import java.util.HexFormat;

/** The bytes of a record are no frame of the expected wire format. This record is bad; others may be fine. */
public final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }

    /** At most so many of the first bytes, for messages. */
    static String start(byte[] bytes, int most) {
        String start = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, most));
        return start.isEmpty() ? "none" : start;
    }
}
