package dev.schemabus.codec;

/** A JSON Schema says more than can be checked while a value streams by: a validator must see it whole. */
final class UncompilableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UncompilableException(String message) {
        super(message, null, false, false);
    }
}
