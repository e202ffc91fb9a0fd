package dev.schemabus.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * One leader's time in office: the right to append to the topic, which lasts until another process takes it. Kafka itself
 * sees to that. All nodes write under one transactional id, and whoever begins a term raises its epoch; what a leader of
 * an earlier epoch still sends, however late, the brokers refuse, and what it had begun they undo.
 *
 * <p>Not for several threads at a time.
 */
final class KafkaTerm implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    private KafkaTerm(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Some of a message is longer than the topic takes. Nothing was appended; the term goes on. */
    static final class TooLargeException extends Exception {

        private static final long serialVersionUID = 1L;

        TooLargeException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Ends the term of whoever writes now, and begins one.
     *
     * @throws KafkaException if Kafka doesn't answer, or refuses
     */
    static KafkaTerm begin(Producer<byte[], byte[]> producer, String topic) {
        try {
            producer.initTransactions();
            return new KafkaTerm(producer, topic);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Appends all of the messages or none.
     *
     * @return the offset of the last
     * @throws TooLargeException if one is longer than the topic takes
     * @throws KafkaException if the term is over, or Kafka doesn't answer: whether they were appended is open, and the
     *     term must be closed
     */
    long append(List<KafkaMessage> messages) throws TooLargeException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (KafkaMessage message : messages) {
            sent.add(producer.send(new ProducerRecord<>(topic, 0, message.keyBytes(), message.valueBytes())));
        }
        try {
            producer.commitTransaction();
        } catch (KafkaException e) {
            // Older clients wrap it.
            if ((e instanceof RecordTooLargeException ? e : e.getCause()) instanceof RecordTooLargeException tooLarge) {
                producer.abortTransaction();
                throw new TooLargeException(tooLarge);
            }
            throw e;
        }
        return offset(sent.get(sent.size() - 1));
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", e);
        }
    }

    /** Writes no more. Another process doesn't wait for this. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
