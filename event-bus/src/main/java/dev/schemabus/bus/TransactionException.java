package dev.schemabus.bus;

/** A transaction did not end with an acknowledged commit; the two sub-types say whether it may have been committed. */
public abstract sealed class TransactionException extends RuntimeException
        permits TransactionAbortedException, TransactionIndeterminateException {

    private static final long serialVersionUID = 1L;

    TransactionException(String message, Throwable cause) {
        super(message, cause);
    }
}
