package dev.schemabus.bus;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: a record on its way to its dead letter topic; or the end of the subscription, if that is its policy. */
final class DeadLetterMove<T> extends Move<T> {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterMove.class);

    private final RecordRoad<T> road;
    private final Failure failure;

    DeadLetterMove(RecordWork<T> work, Failure failure) {
        super(work);
        this.road = work.road();
        this.failure = failure;
    }

    @Override
    @Nullable
    Step obstacle() {
        if (road.settings().deadLetters() != DeadLetterPolicy.STOP) {
            return null;
        }
        LOG.error(
                "{} failure at {}: {}: the subscription stops, this record stays uncommitted",
                failure.failureClass(),
                work(),
                failure.error().getClass().getName());
        road.lifecycle().fail(failure.error());
        return work().end(false, Step.ABANDON);
    }

    @Override
    CompletableFuture<Void> write() {
        return road.deadLetters().write(work().incoming().event(), failure);
    }

    @Override
    void written() {
        String topic = work().incoming().event().topic();
        String group = road.settings().group();
        road.counters().deadLettered.increment();
        road.signals()
                .metrics()
                .deadLettered(group, topic, failure.failureClass().name());
        LOG.warn(
                "{} failure at {} after {} attempts: {}: written to {}",
                failure.failureClass(),
                work(),
                failure.attempts(),
                failure.error().getClass().getName(),
                TopicNames.deadLetter(topic, group));
    }

    @Override
    String purpose() {
        return "the dead letter";
    }
}
