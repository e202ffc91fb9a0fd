package dev.schemabus.registry;

/** The registry refuses a schema or a setting: incompatible, invalid, or not permitted in its mode. Change what is sent. */
public final class SchemaRefusedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    public SchemaRefusedException(int code, String message) {
        super(code, message);
    }

    public SchemaRefusedException(int code, String message, Throwable cause) {
        super(code, message, cause);
    }

    private SchemaRefusedException(int code, String message, boolean writableStackTrace) {
        super(code, message, writableStackTrace);
    }

    /** One without a stack trace, to keep as the cause of those that are thrown later. */
    static SchemaRefusedException remembered(int code, String message) {
        return new SchemaRefusedException(code, message, false);
    }
}
