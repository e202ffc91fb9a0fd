package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.codec.CodecException;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.SchemaException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Internal: which outcome an error of publishing is. */
final class Rejections {

    private Rejections() {}

    /** The event never reached the producer. */
    static PublishOutcome beforeSend(Class<?> type, Throwable error) {
        return rejected(reasonBeforeSend(error), "Not published: " + type.getName() + ": " + error.getMessage(), error);
    }

    /** The producer gave up before it enqueued the record, so nothing was sent. */
    static PublishOutcome notEnqueued(String topic, Throwable error) {
        RejectionReason reason = error instanceof TimeoutException ? waitedFor(error) : definite(error);
        return rejected(reason, "Not published to topic " + topic + ": " + error.getMessage(), error);
    }

    /**
     * The record was enqueued. Only an answer that excludes a write makes a rejection.
     *
     * @param closing whether the bus is being closed, which makes the producer give up
     * @param first whether it surely answers the first attempt: access may have been taken away between two
     */
    static PublishOutcome afterSend(String topic, String eventId, Throwable error, boolean closing, boolean first) {
        RejectionReason definite = definite(error);
        if (definite != RejectionReason.OTHER
                && definite != RejectionReason.CLOSED
                && (first || definite != RejectionReason.UNAUTHORIZED)) {
            return rejected(definite, "Not published to topic " + topic + ": " + error.getMessage(), error);
        }
        IndeterminateReason reason = error instanceof TimeoutException
                ? IndeterminateReason.TIMEOUT
                : closing ? IndeterminateReason.CLOSED : IndeterminateReason.OTHER;
        String message = "Event " + eventId + " may or may not have been written to topic " + topic + ": "
                + error.getMessage() + ": publish it again with the same id (With.eventId)";
        return indeterminate(reason, eventId, message, error);
    }

    /** The deadline passed before the event was handed to the producer. */
    static Rejected late(Class<?> type, Deadline deadline) {
        return rejected(
                RejectionReason.DEADLINE,
                "Not published: " + type.getName() + ": its deadline of " + deadline
                        + " passed before it was handed to the producer: publish it again",
                new TimeoutException("The deadline of " + deadline + " passed"));
    }

    /** The deadline passed after that. */
    static Indeterminate overdue(Class<?> type, Publication how) {
        return indeterminate(
                IndeterminateReason.TIMEOUT,
                how.eventId(),
                "No acknowledgement of " + type.getName() + " " + how.eventId() + " came within its deadline of "
                        + how.deadline() + ", and it may still be written: publish it again with the same id"
                        + " (With.eventId)",
                new TimeoutException("The deadline of " + how.deadline() + " passed"));
    }

    static Indeterminate indeterminate(IndeterminateReason reason, String eventId, String message, Throwable cause) {
        return new Indeterminate(eventId, reason, new PublishIndeterminateException(reason, eventId, message, cause));
    }

    /** What kept a transaction from its commit. */
    static RejectionReason inTransaction(Throwable error) {
        RejectionReason reason = reasonBeforeSend(error);
        return reason == RejectionReason.OTHER && error instanceof TimeoutException
                ? RejectionReason.BROKER_UNAVAILABLE
                : reason;
    }

    static Rejected rejected(RejectionReason reason, String message, Throwable cause) {
        return new Rejected(reason, new PublishRejectedException(reason, message, cause));
    }

    private static RejectionReason reasonBeforeSend(Throwable error) {
        if (error instanceof SchemaRefusedException || error instanceof SchemaNotFoundException) {
            return RejectionReason.SCHEMA;
        }
        if (error instanceof RegistryException) {
            return RejectionReason.REGISTRY;
        }
        if (error instanceof TopicMissingException) {
            return RejectionReason.TOPIC_MISSING;
        }
        if (error instanceof BusConfigurationException) {
            return RejectionReason.INVALID_TOPIC;
        }
        if (error instanceof BrokerUnavailableException) {
            return RejectionReason.BROKER_UNAVAILABLE;
        }
        if (error instanceof SchemaException
                || error instanceof CodecException
                || error instanceof StackOverflowError) {
            return RejectionReason.SERIALIZATION;
        }
        if (error instanceof BusClosedException) {
            return RejectionReason.CLOSED;
        }
        RejectionReason definite = definite(error);
        // Any code that runs before the producer may throw an IllegalStateException; it says nothing of a close.
        return definite == RejectionReason.CLOSED ? RejectionReason.OTHER : definite;
    }

    /** The producer waits for two things: room in its buffer, and to learn of the topic. */
    private static RejectionReason waitedFor(Throwable error) {
        return error instanceof BufferExhaustedException
                ? RejectionReason.BUFFER_FULL
                : RejectionReason.BROKER_UNAVAILABLE;
    }

    private static RejectionReason definite(Throwable error) {
        if (error instanceof RecordTooLargeException || error instanceof RecordBatchTooLargeException) {
            return RejectionReason.TOO_LARGE;
        }
        if (error instanceof AuthorizationException || error instanceof AuthenticationException) {
            return RejectionReason.UNAUTHORIZED;
        }
        if (error instanceof InvalidTopicException) {
            return RejectionReason.INVALID_TOPIC;
        }
        if (error instanceof InvalidRecordException) {
            return RejectionReason.SERIALIZATION;
        }
        return error instanceof IllegalStateException ? RejectionReason.CLOSED : RejectionReason.OTHER;
    }
}
