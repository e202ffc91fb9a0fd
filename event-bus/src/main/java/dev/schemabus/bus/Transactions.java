package dev.schemabus.bus;

import dev.schemabus.bus.BusMetrics.Publication;
import dev.schemabus.bus.BusMetrics.TransactionEnd;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.bus.TransactionalProducers.Seat;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: runs transactions. The commit is asked for only once every event is acknowledged, so whatever fails before it
 * is surely aborted, and whatever fails in it is indeterminate.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final TransactionalProducers producers;
    private final EventRecords records;
    private final Signals signals;
    private final TransactionVersion version;

    Transactions(TransactionalProducers producers, EventRecords records, Signals signals, TransactionVersion version) {
        this.producers = producers;
        this.records = records;
        this.signals = signals;
        this.version = version;
    }

    /**
     * Runs work in a transaction and commits it.
     *
     * @return where its events stand, in order
     * @throws X what the work throws; the transaction is aborted
     * @throws TransactionException if it is not surely committed
     */
    <X extends Exception> List<Receipt> run(TransactionWork<X> work) throws X {
        long start = System.nanoTime();
        TransactionEnd end = TransactionEnd.ABORTED;
        try {
            List<Receipt> receipts = inSeat(work);
            end = TransactionEnd.COMMITTED;
            return receipts;
        } catch (TransactionIndeterminateException e) {
            end = TransactionEnd.INDETERMINATE;
            throw e;
        } finally {
            signals.metrics().transactionEnded(end, System.nanoTime() - start);
        }
    }

    /** Makes records of events. */
    EventRecords records() {
        return records;
    }

    /** Warns, once, if the cluster can't keep what transactions promise. Doesn't wait for the answer. */
    void checkCluster() {
        version.checkOnce();
    }

    void close(Duration time) {
        producers.close(time);
    }

    private <X extends Exception> List<Receipt> inSeat(TransactionWork<X> work) throws X {
        Seat seat = seat();
        try {
            Transaction transaction = begin(seat);
            Publication end = Publication.REJECTED;
            try {
                List<Receipt> receipts = toItsEnd(seat, transaction, work);
                end = Publication.ACKED;
                return receipts;
            } catch (TransactionIndeterminateException e) {
                end = Publication.INDETERMINATE;
                throw e;
            } finally {
                transaction.told(end);
            }
        } finally {
            producers.release(seat);
        }
    }

    private static <X extends Exception> List<Receipt> toItsEnd(
            Seat seat, Transaction transaction, TransactionWork<X> work) throws X {
        try {
            work.run(transaction);
        } catch (Throwable e) {
            transaction.end();
            abort(seat);
            throw e;
        }
        transaction.end();
        Throwable failure = flushed(seat, transaction);
        if (failure != null) {
            abort(seat);
            throw aborted("Transaction aborted, for not all of its events could be written", failure);
        }
        commit(seat, transaction);
        return transaction.receipts();
    }

    private Seat seat() {
        checkCluster();
        Seat seat;
        try {
            seat = producers.acquire(KafkaSettings.MAX_BLOCK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw aborted("Interrupted before the transaction began", e);
        } catch (KafkaException | BusClosedException e) {
            throw aborted("No transaction could begin", e);
        }
        if (seat == null) {
            throw new TransactionAbortedException(
                    RejectionReason.BUSY,
                    "No transaction could begin: all transactional producers were in use for "
                            + KafkaSettings.MAX_BLOCK.toSeconds()
                            + " s: shorten the transactions, allow more with transactions(…), and begin none in"
                            + " another",
                    new IllegalStateException("Too many transactions at the same time"));
        }
        return seat;
    }

    private Transaction begin(Seat seat) {
        try {
            seat.producer().beginTransaction();
        } catch (RuntimeException e) {
            seat.doubt();
            throw aborted("No transaction could begin", e);
        }
        return new Transaction(seat.producer(), records, signals);
    }

    /** Waits for the acknowledgements. @return what stands in the way of a commit */
    private static @Nullable Throwable flushed(Seat seat, Transaction transaction) {
        if (transaction.failure() == null) {
            try {
                seat.producer().flush();
            } catch (RuntimeException e) {
                return e;
            }
        }
        return transaction.failure();
    }

    private static void commit(Seat seat, Transaction transaction) {
        try {
            seat.producer().commitTransaction();
        } catch (RuntimeException e) {
            seat.doubt();
            throw new TransactionIndeterminateException(
                    transaction.eventIds(),
                    "The commit of " + transaction.eventIds().size()
                            + " events was not answered: all are visible or none,"
                            + " and nobody knows which: run the transaction again with the same event ids"
                            + " (With.eventId): " + e.getMessage(),
                    e);
        }
    }

    /** No commit was asked for, so this is the end of it even if the broker doesn't answer: a new producer sees to that. */
    private static void abort(Seat seat) {
        try {
            seat.producer().abortTransaction();
        } catch (RuntimeException e) {
            seat.doubt();
            LOG.debug("The abort was not answered; it follows when a new producer takes the id over", e);
        }
    }

    private static TransactionAbortedException aborted(String what, Throwable cause) {
        String remedy = cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException
                ? ": it took longer than transaction.timeout.ms, or another bus has the same transactional id (give"
                        + " each instance its own, see transactions(…))"
                : "";
        return new TransactionAbortedException(
                Transaction.reason(cause), what + ": " + cause.getMessage() + remedy, cause);
    }
}
