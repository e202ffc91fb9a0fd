package dev.schemabus.bus;

/**
 * What happens in a transaction.
 *
 * @param <X> what it throws to abort
 */
@FunctionalInterface
public interface TransactionWork<X extends Exception> {

    /**
     * Publishes in a transaction.
     *
     * @param transaction open until this method returns or throws
     */
    void run(Transaction transaction) throws X;
}
