package dev.schemabus.bus;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: where a record begins. While its key is parked, it doesn't go to the handler: see {@link ParkedKeys}. */
final class Admission<T> implements RecordStage<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /** How often a record looks whether what stands before it has gone. */
    static final Duration ASIDE = Duration.ofMillis(100);

    private final RecordWork<T> work;

    Admission(RecordWork<T> work) {
        this.work = work;
    }

    @Override
    public @Nullable Step turn() {
        return switch (work.incoming().turn()) {
            case HANDLE -> work.enter(new Decoding<>(work));
            case DROP -> {
                LOG.debug("Dropped a duplicate: {}", work);
                yield work.end(true, Step.NEXT);
            }
            case WAIT -> work.again(ASIDE);
            case FOLLOW ->
                work.stays()
                        ? work.again(ASIDE)
                        : work.enter(new RetryMove<>(work, work.attempts().state(0), this));
        };
    }
}
