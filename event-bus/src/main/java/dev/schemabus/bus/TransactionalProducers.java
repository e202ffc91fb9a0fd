package dev.schemabus.bus;

import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: a few producers with transactional ids of their own, each used by one transaction at a time and made when
 * first needed. One whose state is in doubt is closed and never used again; a new one takes over its id, which makes the
 * broker end what the old one left open.
 */
final class TransactionalProducers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducers.class);

    private final Function<String, Producer<byte[], byte[]>> factory;
    private final int size;
    private final BlockingDeque<Seat> free = new LinkedBlockingDeque<>();
    private int ended;
    private volatile boolean closed;

    /**
     * A transactional id and the producer that has it now. Belongs to whoever took it out of the pool.
     */
    static final class Seat {
        private final String transactionalId;
        private @Nullable Producer<byte[], byte[]> producer;
        private boolean doubtful;

        private Seat(String transactionalId) {
            this.transactionalId = transactionalId;
        }

        Producer<byte[], byte[]> producer() {
            if (producer == null) {
                throw new IllegalStateException("A seat is handed out with a producer");
            }
            return producer;
        }

        /** After any timeout or indefinite error: this producer is not used again. */
        void doubt() {
            doubtful = true;
        }
    }

    /**
     * @param prefix starts every transactional id; no other bus may use it at the same time
     * @param size how many transactions may run at the same time, at least 1
     * @param factory makes a producer with a transactional id
     */
    TransactionalProducers(String prefix, int size, Function<String, Producer<byte[], byte[]>> factory) {
        this.factory = factory;
        this.size = size;
        for (int number = 0; number < size; number++) {
            free.add(new Seat(prefix + "-" + number));
        }
    }

    /**
     * Takes a producer out; {@link #release} gives it back.
     *
     * @return null if all are in use for so long
     * @throws KafkaException if a new one can't be made ready
     * @throws BusClosedException after {@link #close}
     */
    @Nullable
    Seat acquire(Duration wait) throws InterruptedException {
        // Last in, first out: as few producers are made as transactions run at the same time.
        Seat seat = closed ? null : free.pollFirst(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (seat == null) {
            checkOpen();
            return null;
        }
        try {
            checkOpen();
            open(seat);
        } catch (RuntimeException e) {
            free.addFirst(seat);
            throw e;
        }
        return seat;
    }

    /** Gives one back. */
    void release(Seat seat) {
        if (!seat.doubtful && !closed) {
            free.addFirst(seat);
            return;
        }
        retire(seat);
        if (closed) {
            free.addFirst(seat);
        } else {
            renew(seat);
        }
    }

    /** Takes the id over at once: until then, what the old producer left open holds up read_committed consumers. */
    private void renew(Seat seat) {
        Thread thread = new Thread(
                () -> {
                    try {
                        open(seat);
                    } catch (RuntimeException e) {
                        LOG.warn(
                                "Transactional id {} could not be taken over yet, the next transaction tries again: {}",
                                seat.transactionalId,
                                e.toString());
                    } finally {
                        free.addFirst(seat);
                        if (closed && free.remove(seat)) {
                            // Whoever closed may have stopped waiting for it.
                            retire(seat);
                            free.addFirst(seat);
                        }
                    }
                },
                "schemabus-transactional-id");
        thread.setDaemon(true);
        thread.start();
    }

    private void open(Seat seat) {
        if (seat.producer != null) {
            return;
        }
        Producer<byte[], byte[]> producer = factory.apply(seat.transactionalId);
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        seat.producer = producer;
    }

    private static void retire(Seat seat) {
        Producer<byte[], byte[]> producer = seat.producer;
        seat.producer = null;
        seat.doubtful = false;
        if (producer != null) {
            try {
                producer.close(Duration.ZERO);
            } catch (KafkaException e) {
                LOG.debug("Closing the producer of {} was interrupted", seat.transactionalId, e);
            }
        }
    }

    /** Waits for transactions that run, at most so long, and closes the producers. Doing it twice is fine. */
    synchronized void close(Duration time) {
        closed = true;
        long deadline = System.nanoTime() + time.toNanos();
        try {
            for (; ended < size; ended++) {
                Seat seat = free.pollFirst(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (seat == null) {
                    LOG.warn("{} transactions still run at the end of the bus; they will be aborted", size - ended);
                    return;
                }
                retire(seat);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private void checkOpen() {
        if (closed) {
            throw new BusClosedException();
        }
    }
}
