package dev.schemabus.registry;

/**
 * A registry call that did not succeed. The sub-type says what to do: try later ({@link RegistryUnavailableException}),
 * register or wait ({@link SchemaNotFoundException}), change the schema ({@link SchemaRefusedException}), delete something
 * else first ({@link DeletionRefusedException}), fix the credentials ({@link RegistryAccessException}), fix the URL
 * ({@link NotARegistryException}), or trust the registry no more ({@link RegistryIntegrityException}).
 */
public abstract sealed class RegistryException extends RuntimeException
        permits RegistryUnavailableException,
                SchemaNotFoundException,
                SchemaRefusedException,
                DeletionRefusedException,
                RegistryIntegrityException,
                RegistryAccessException,
                NotARegistryException {

    private static final long serialVersionUID = 1L;

    private final int code;

    RegistryException(int code, String message) {
        super(message);
        this.code = code;
    }

    RegistryException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    RegistryException(int code, String message, boolean writableStackTrace) {
        super(message, null, true, writableStackTrace);
        this.code = code;
    }

    /**
     * The protocol's error code: the HTTP status times 100 plus a detail, such as 40401, or the plain HTTP status; 0 if
     * there was no answer.
     */
    public int code() {
        return code;
    }
}
