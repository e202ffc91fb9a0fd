package dev.schemabus.registry;

/**
 * The registry says something that contradicts what it was asked or told: another schema under an id, or an import under
 * another id. Nothing of it was used. Find out who answers there, and stop changing it until that is known.
 */
public final class RegistryIntegrityException extends RegistryException {

    private static final long serialVersionUID = 1L;

    public RegistryIntegrityException(int code, String message) {
        super(code, message);
    }

    public RegistryIntegrityException(int code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
