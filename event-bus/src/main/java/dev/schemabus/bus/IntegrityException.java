package dev.schemabus.bus;

/** Internal: a record is not what its {@link IntegrityHeader} says it was. It never will be again. */
final class IntegrityException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntegrityException(String message) {
        super(message);
    }
}
