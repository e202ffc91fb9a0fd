package dev.schemabus.registry;

/** The cache's file can't be read or written. */
final class CacheFileException extends Exception {

    private static final long serialVersionUID = 1L;

    CacheFileException(String message) {
        super(message);
    }

    CacheFileException(String message, Exception cause) {
        super(message, cause);
    }
}
