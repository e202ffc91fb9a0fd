package dev.schemabus.registry;

/** The registry answers, and doesn't know the subject, version or id asked for. */
public final class SchemaNotFoundException extends RegistryException {

    private static final long serialVersionUID = 1L;

    public SchemaNotFoundException(int code, String message) {
        super(code, message);
    }

    public SchemaNotFoundException(int code, String message, Throwable cause) {
        super(code, message, cause);
    }

    private SchemaNotFoundException(int code, String message, boolean writableStackTrace) {
        super(code, message, writableStackTrace);
    }

    /** One without a stack trace, to keep as the cause of those that are thrown later. */
    static SchemaNotFoundException remembered(int code, String message) {
        return new SchemaNotFoundException(code, message, false);
    }
}
