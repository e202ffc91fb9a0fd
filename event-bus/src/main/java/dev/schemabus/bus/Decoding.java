package dev.schemabus.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Internal: from bytes to an event. The registry is asked elsewhere; meanwhile the record holds no worker. */
final class Decoding<T> implements RecordStage<T> {

    private final RecordWork<T> work;
    private final RecordRoad<T> road;
    private final ConsumerRecord<byte[], byte[]> record;
    private @Nullable CompletableFuture<Void> lookup;

    Decoding(RecordWork<T> work) {
        this.work = work;
        this.road = work.road();
        this.record = work.incoming().event();
    }

    @Override
    public @Nullable Step turn() {
        try {
            if (lookup == null) {
                // First, because damage might ask for a schema that never was.
                IntegrityHeader.check(record);
            }
            byte @Nullable [] value = record.value();
            if (value == null) {
                return work.enter(new Handling<>(work, null));
            }
            Step wait = lookUpSchema();
            return wait != null ? wait : work.enter(new Handling<>(work, decode(value)));
        } catch (Throwable e) {
            return undecoded(e);
        }
    }

    private @Nullable Step lookUpSchema() {
        CompletableFuture<Void> asked = lookup != null ? lookup : road.lookups().start(record);
        lookup = asked;
        if (asked == null) {
            return null;
        }
        if (!asked.isDone()) {
            return new Step.Until(asked);
        }
        lookup = null;
        return RecordStage.failure(asked).map(this::undecoded).orElse(null);
    }

    private T decode(byte[] value) {
        T read = road.reader().read(record.topic(), record.headers(), value);
        road.unknownSchemas().found(record);
        told(BusMetrics.Decoding.DECODED);
        road.counters().waits.remove(work);
        return read;
    }

    private Step undecoded(Throwable error) {
        if (ExceptionRules.isOutOfMemory(error)) {
            return work.giveUp(error);
        }
        if (error instanceof RejectedExecutionException) {
            // Nobody asks the registry any more, for the subscription ends: that says nothing about the record.
            return work.end(false, Step.ABANDON);
        }
        FailureClass failureClass = FailureClass.whileDecoding(error);
        told(outcome(failureClass));
        switch (failureClass) {
            case INFRA -> {
                return work.infra("Can't ask the schema registry", error);
            }
            case UNKNOWN_SCHEMA -> {
                Optional<Duration> left = road.unknownSchemas().missing(record);
                if (left.isPresent()) {
                    return work.infra("The registry doesn't know the schema (yet)", error, left.get());
                }
                failureClass = FailureClass.POISON;
            }
            default -> {}
        }
        Instant now = Instant.now();
        Attempts before = work.attempts();
        return work.fail(new Failure(failureClass, error, before.firstFailure(now), now, Math.max(1, before.count())));
    }

    private static BusMetrics.Decoding outcome(FailureClass failureClass) {
        return switch (failureClass) {
            case INFRA -> BusMetrics.Decoding.INFRA;
            case UNKNOWN_SCHEMA -> BusMetrics.Decoding.UNKNOWN_SCHEMA;
            case INTEGRITY -> BusMetrics.Decoding.INTEGRITY;
            case MISROUTED -> BusMetrics.Decoding.MISROUTED;
            default -> BusMetrics.Decoding.POISON;
        };
    }

    private void told(BusMetrics.Decoding outcome) {
        road.signals().metrics().decoded(road.settings().group(), record.topic(), outcome);
    }
}
