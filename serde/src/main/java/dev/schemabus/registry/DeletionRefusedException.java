package dev.schemabus.registry;

/**
 * The registry refuses to delete: other versions refer to this one, or it must be soft-deleted first. Do that first, or
 * delete the others.
 */
public final class DeletionRefusedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    public DeletionRefusedException(int code, String message) {
        super(code, message);
    }

    public DeletionRefusedException(int code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
