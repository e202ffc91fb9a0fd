package dev.schemabus.bus;

import dev.schemabus.bus.ReplayReport.Offsets;
import dev.schemabus.bus.ReplayReport.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Internal: one run of a replay. Letters are written in small batches; what is acknowledged before a progress is kept
 * counts, so a run that ends early repeats at most a batch.
 */
final class Replay {

    private static final int BATCH = 100;
    private static final int MOST_PROBLEMS = 100;

    private final ReplayPlan plan;
    private final LetterScan scan;
    private final Producer<byte[], byte[]> producer;
    private final String target;
    private final int targetPartitions;
    private final List<Sent> underWay = new ArrayList<>();
    private final Map<Integer, Offsets> offsets = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private long scanned;
    private long matched;
    private long replayed;
    private long skipped;
    private long failed;
    private long nextTurn = System.nanoTime();

    private record Sent(DeadLetter letter, Future<RecordMetadata> acknowledgement) {}

    Replay(ReplayPlan plan, LetterScan scan, Producer<byte[], byte[]> producer, String target) {
        this.plan = plan;
        this.scan = scan;
        this.producer = producer;
        this.target = target;
        this.targetPartitions =
                plan.dryRun() ? 0 : producer.partitionsFor(target).size();
    }

    ReplayReport run() {
        Optional<Throwable> stoppedBy = Optional.empty();
        try {
            for (TopicPartition partition : scan.partitions()) {
                if (plan.filter().wants(partition.partition())) {
                    replay(partition);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            stoppedBy = Optional.of(e);
        } catch (KafkaException | BrokerUnavailableException e) {
            stoppedBy = Optional.of(e);
        }
        return new ReplayReport(
                plan.dryRun(),
                scanned,
                matched,
                replayed,
                skipped,
                failed,
                offsets,
                problems,
                plan.progressGroup(),
                stoppedBy);
    }

    private void replay(TopicPartition partition) throws InterruptedException {
        long from = plan.fromStart()
                ? scan.begin(partition)
                : Math.max(scan.begin(partition), scan.progress(partition).orElse(0L));
        Position position = new Position(partition, from);
        offsets.put(partition.partition(), new Offsets(from, from));
        @Nullable InterruptedException[] interrupted = {null};
        scan.read(partition, from, letter -> {
            try {
                visit(letter);
                position.at(letter.offset() + 1);
                return true;
            } catch (InterruptedException e) {
                interrupted[0] = e;
                return false;
            }
        });
        if (interrupted[0] != null) {
            throw interrupted[0];
        }
        position.keep(Math.max(from, scan.end(partition)));
    }

    /** Where this run is in a partition. */
    private final class Position {
        private final TopicPartition partition;
        private final long from;

        Position(TopicPartition partition, long from) {
            this.partition = partition;
            this.from = from;
        }

        /** With a rate, a batch is no longer than a second. */
        void at(long offset) throws InterruptedException {
            if (underWay.size() >= Math.min(BATCH, plan.perSecond().orElse(BATCH))) {
                keep(offset);
            }
        }

        void keep(long offset) throws InterruptedException {
            settle();
            if (!plan.dryRun()) {
                scan.keep(partition, offset);
            }
            offsets.put(partition.partition(), new Offsets(from, offset));
        }
    }

    private void visit(DeadLetter letter) throws InterruptedException {
        scanned++;
        if (!plan.filter().matches(letter)) {
            return;
        }
        matched++;
        Optional<String> obstacle = obstacle(letter);
        if (obstacle.isPresent()) {
            skipped++;
            problem(letter, obstacle.get());
        } else if (!plan.dryRun()) {
            awaitTurn();
            send(letter);
        }
    }

    private Optional<String> obstacle(DeadLetter letter) {
        if (letter.sourceTopic().isEmpty()
                || letter.sourcePartition().isEmpty()
                || letter.sourceOffset().isEmpty()) {
            return Optional.of("Nobody knows where it comes from: it has no headers of a dead letter");
        }
        if (!letter.sourceTopic().get().equals(plan.source()) || !letter.group().equals(Optional.of(plan.group()))) {
            return Optional.of("It is of topic " + letter.sourceTopic().get() + " and group "
                    + letter.group().orElse("(none)") + ": replay it there");
        }
        if (letter.reason().equals(Optional.of(DeadLetterReason.OVERSIZE))) {
            return Optional.of("It is a pointer: the record, too large for its dead letter topic, stands at "
                    + letter.origin() + " as long as that topic keeps it");
        }
        return letter.intact()
                ? Optional.empty()
                : Optional.of("It isn't the record that failed: its SHA-256 is not that of sb-dl-sha256");
    }

    private void send(DeadLetter letter) {
        Origin origin = letter.origin();
        List<Header> headers = new ArrayList<>(letter.headers());
        if (plan.target() == ReplayTarget.GROUP_ONLY) {
            headers.addAll(origin.headers());
        }
        @Nullable
        Integer partition = origin.partition() >= 0 && origin.partition() < targetPartitions
                ? Integer.valueOf(origin.partition())
                : null;
        underWay.add(new Sent(
                letter,
                producer.send(new ProducerRecord<>(
                        target,
                        partition,
                        null,
                        letter.record().key(),
                        letter.record().value(),
                        headers))));
    }

    /** Waits for the acknowledgements of what is under way. */
    private void settle() throws InterruptedException {
        try {
            for (Sent sent : underWay) {
                settle(sent);
            }
        } finally {
            underWay.clear();
        }
    }

    private void settle(Sent sent) throws InterruptedException {
        try {
            sent.acknowledgement().get();
            replayed++;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException
                    || e.getCause() instanceof RecordBatchTooLargeException) {
                failed++;
                problem(
                        sent.letter(),
                        "Topic " + target + " refuses it: " + e.getCause().getMessage());
                return;
            }
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    private void awaitTurn() throws InterruptedException {
        if (plan.perSecond().isEmpty()) {
            return;
        }
        long wait = nextTurn - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
        nextTurn = Math.max(nextTurn, System.nanoTime() - TimeUnit.SECONDS.toNanos(1))
                + TimeUnit.SECONDS.toNanos(1) / plan.perSecond().get();
    }

    private void problem(DeadLetter letter, String reason) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(letter.partition(), letter.offset(), reason));
        }
    }
}
