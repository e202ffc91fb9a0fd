package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/** The bytes are no value of their schema: truncated, followed by more, corrupt, or beyond a limit. This record is bad. */
public final class MalformedPayloadException extends CodecException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    public MalformedPayloadException(String message) {
        this(message, null);
    }

    public MalformedPayloadException(String message, @Nullable Throwable cause) {
        this(message, "", -1, cause);
    }

    /**
     * With the place.
     *
     * @param path see {@link #path}
     * @param offset see {@link #offset}
     */
    public MalformedPayloadException(String message, String path, int offset, @Nullable Throwable cause) {
        super(message, path, cause);
        this.offset = offset;
    }

    /** How many bytes of the payload were read when it turned out to be bad; -1 if that is not known. */
    public int offset() {
        return offset;
    }
}
