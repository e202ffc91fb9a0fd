package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/** A payload, a value or a schema that a codec can't work with. Trying again does not help. */
public abstract sealed class CodecException extends RuntimeException
        permits MalformedPayloadException, MismatchedValueException, UnreadableSchemaException {

    private static final long serialVersionUID = 1L;

    private final String path;

    CodecException(String message, String path, @Nullable Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /**
     * Where it is wrong, from the root type: {@code .lines[3].sku}, {@code .attributes{}} for a map's entry.
     *
     * @return empty for the value as a whole, or where no single place is known
     */
    public String path() {
        return path;
    }
}
