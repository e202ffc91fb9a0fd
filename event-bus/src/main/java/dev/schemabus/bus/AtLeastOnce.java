package dev.schemabus.bus;

import dev.schemabus.bus.RecordRoad.Finished;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: a record is handled as soon as it is received, and the lowest incomplete offset is committed regularly. */
final class AtLeastOnce<T> implements CommitProtocol<T> {

    private static final Logger LOG = LoggerFactory.getLogger(AtLeastOnce.class);

    private final Consumer<RecordWork<T>> lanes;
    private final OffsetLedger ledger;
    private final InFlight inFlight;
    private final Commits commits;

    /** @param lanes takes a record that may be handled */
    AtLeastOnce(Consumer<RecordWork<T>> lanes, OffsetLedger ledger, InFlight inFlight, Commits commits) {
        this.lanes = lanes;
        this.ledger = ledger;
        this.inFlight = inFlight;
        this.commits = commits;
    }

    @Override
    public void received(RecordWork<T> work) {
        lanes.accept(work);
    }

    @Override
    public void finished(Finished result) {
        inFlight.release(result.bytes());
        if (result.complete() && !ledger.completed(result.assignment(), result.offset())) {
            LOG.debug("A result of {} came too late and was dropped", result.assignment());
        }
    }

    @Override
    public void turn() {
        commits.regularly();
    }

    @Override
    public boolean commit(Collection<TopicPartition> partitions, Duration wait) {
        return commits.now(partitions, wait);
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {}

    @Override
    public Map<TopicPartition, CompletedAhead> completedAhead(Set<TopicPartition> partitions) {
        return commits.completedAhead(partitions);
    }

    @Override
    public boolean finishesWhatItReceived() {
        return false;
    }
}
