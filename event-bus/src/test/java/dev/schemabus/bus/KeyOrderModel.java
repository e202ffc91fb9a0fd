package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.ParkedKeys.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A source partition, its retry partition and one member after the other, in one thread: polls, turns on lanes, writes,
 * acknowledgements, commits and crashes come in random order. A crash keeps what is written and committed; of the writes
 * under way each is lost, there before the next member reads, or comes late.
 */
final class KeyOrderModel {

    private static final int KEYS = 3;
    private static final int RECORDS = 25;
    private static final int ATTEMPTS = 3;

    private record Copy(int key, long origin, int attempts) {}

    /** A record on its lane; {@code at} is its offset where it was read. */
    private static final class Work {
        final boolean retried;
        final long at;
        final Copy copy;
        boolean admitted;

        @Nullable
        Copy moving;

        boolean sent;
        long sentAt;

        Work(boolean retried, long at, Copy copy) {
            this.retried = retried;
            this.at = at;
            this.copy = copy;
        }
    }

    private final Random random;
    private final long seed;
    private final boolean withLock;
    private final List<Integer> source = new ArrayList<>();
    private final List<Copy> retry = new ArrayList<>();
    private final List<Copy> late = new ArrayList<>();
    private final Map<Integer, List<Long>> finished = new HashMap<>();
    private final AtomicLong now = new AtomicLong();
    private long committedSource;
    private long committedRetry;

    // What a member knows, lost in a crash.
    private ParkedKeys parked = new ParkedKeys(100, 100, now::get);
    private final Map<Integer, Deque<Work>> first = new HashMap<>();
    private final Map<Integer, Deque<Work>> lanes = new HashMap<>();
    private final TreeSet<Long> openSource = new TreeSet<>();
    private final TreeSet<Long> openRetry = new TreeSet<>();
    private final Map<Integer, Long> lastInTerm = new HashMap<>();
    private long nextSource;
    private long nextRetry;

    KeyOrderModel(long seed, boolean withLock) {
        this.seed = seed;
        this.random = new Random(seed);
        this.withLock = withLock;
        for (int i = 0; i < RECORDS; i++) {
            source.add(random.nextInt(KEYS));
        }
    }

    void run() {
        int crashes = random.nextInt(6);
        for (int step = 0; step < 3_000; step++) {
            if (crashes > 0 && random.nextInt(60) == 0) {
                crashes--;
                crash();
            }
            act(random.nextInt(8));
        }
        for (int step = 0; step < 200_000 && !done(); step++) {
            now.addAndGet(Duration.ofMillis(10).toNanos());
            act(step % 8);
        }
        assertThat(done()).as("seed %d: everything comes to an end", seed).isTrue();
        for (int key = 0; key < KEYS; key++) {
            List<Long> all = originsOf(key);
            List<Long> seen = finished.getOrDefault(key, List.of());
            assertThat(new HashSet<>(seen))
                    .as("seed %d: nothing of key %d is lost", seed, key)
                    .containsAll(all);
            if (!all.isEmpty()) {
                assertThat(seen.get(seen.size() - 1))
                        .as("seed %d: the last effect on key %d is that of its last record: %s", seed, key, seen)
                        .isEqualTo(all.get(all.size() - 1));
            }
        }
    }

    private void act(int what) {
        switch (what) {
            case 0 -> pollSource();
            case 1 -> pollRetry();
            case 2 -> commit();
            case 3 -> {
                if (!late.isEmpty()) {
                    retry.add(late.remove(0));
                }
            }
            default -> turn(random.nextInt(KEYS));
        }
    }

    private void pollSource() {
        if (nextSource < source.size()) {
            long at = nextSource++;
            openSource.add(at);
            int key = source.get((int) at);
            lanes.computeIfAbsent(key, k -> new ArrayDeque<>()).add(new Work(false, at, new Copy(key, at, 0)));
        }
    }

    private void pollRetry() {
        if (nextRetry < retry.size()) {
            long at = nextRetry++;
            openRetry.add(at);
            Copy copy = retry.get((int) at);
            parked.arrived(copy.key(), copy.origin(), at);
            first.computeIfAbsent(copy.key(), k -> new ArrayDeque<>()).add(new Work(true, at, copy));
        }
    }

    private void commit() {
        // One of both may fail, or have been made before the other.
        if (random.nextInt(3) > 0) {
            committedSource = openSource.isEmpty() ? nextSource : openSource.first();
            parked.sourceCommitted(committedSource);
        }
        if (random.nextInt(3) > 0) {
            committedRetry = openRetry.isEmpty() ? nextRetry : openRetry.first();
            parked.committed(committedRetry);
        }
    }

    private void turn(int key) {
        Deque<Work> before = first.getOrDefault(key, new ArrayDeque<>());
        Deque<Work> lane = before.isEmpty() ? lanes.getOrDefault(key, new ArrayDeque<>()) : before;
        Work work = lane.peek();
        if (work != null && over(work)) {
            lane.remove();
            if (work.retried) {
                parked.finished(key, work.at);
                openRetry.remove(work.at);
            } else {
                openSource.remove(work.at);
            }
        }
    }

    private boolean over(Work work) {
        int key = work.copy.key();
        if (work.moving == null && !work.admitted) {
            Turn turn = work.retried ? parked.ofRetry(key, work.at) : parked.ofSource(key, work.at);
            if (!withLock && !work.retried && turn != Turn.DROP && !isUnfinished(key)) {
                turn = Turn.HANDLE;
            }
            switch (turn) {
                case WAIT -> {
                    now.addAndGet(Duration.ofMillis(100).toNanos());
                    return false;
                }
                case DROP -> {
                    return true;
                }
                case FOLLOW -> work.moving = work.copy;
                case HANDLE -> work.admitted = true;
            }
        }
        if (work.moving == null) {
            boolean fails = random.nextInt(3) == 0;
            int attempts = work.copy.attempts() + 1;
            if (!fails || attempts >= ATTEMPTS) {
                finish(key, work.copy.origin());
                return true;
            }
            work.moving = new Copy(key, work.copy.origin(), attempts);
        }
        if (!work.sent) {
            if (parked.appending(key, work.copy.origin(), work.retried)) {
                work.sent = true;
                work.sentAt = retry.size();
                retry.add(work.moving);
            }
            return false;
        }
        // Its acknowledgement; meanwhile it may have been polled.
        parked.appended(key, work.copy.origin(), work.sentAt);
        return true;
    }

    /** What the control goes by: a key is free when nothing of it is unfinished, committed or not. */
    private boolean isUnfinished(int key) {
        for (int at = 0; at < retry.size(); at++) {
            if (retry.get(at).key() == key && (at >= nextRetry || openRetry.contains((long) at))) {
                return true;
            }
        }
        return false;
    }

    private void finish(int key, long origin) {
        List<Long> seen = finished.computeIfAbsent(key, k -> new ArrayList<>());
        for (long earlier : originsOf(key)) {
            if (earlier < origin) {
                assertThat(seen)
                        .as("seed %d: %d of key %d overtook %d", seed, origin, key, earlier)
                        .contains(earlier);
            }
        }
        Long last = lastInTerm.put(key, origin);
        assertThat(last == null || last < origin)
                .as("seed %d: %d of key %d after %s within a term", seed, origin, key, last)
                .isTrue();
        seen.add(origin);
    }

    private void crash() {
        for (Map<Integer, Deque<Work>> all : List.of(first, lanes)) {
            for (Deque<Work> lane : all.values()) {
                for (Work work : lane) {
                    if (work.moving != null && !work.sent) {
                        switch (random.nextInt(3)) {
                            case 0 -> retry.add(work.moving);
                            case 1 -> late.add(work.moving);
                            default -> {}
                        }
                    }
                }
            }
        }
        first.clear();
        lanes.clear();
        openSource.clear();
        openRetry.clear();
        lastInTerm.clear();
        nextSource = committedSource;
        nextRetry = committedRetry;
        parked = new ParkedKeys(100, 100, now::get);
        parked.sourceCommitted(committedSource);
        for (long at = committedRetry; at < retry.size(); at++) {
            Copy copy = retry.get((int) at);
            parked.found(copy.key(), copy.origin(), at);
        }
    }

    private boolean done() {
        return nextSource == source.size()
                && nextRetry == retry.size()
                && openSource.isEmpty()
                && openRetry.isEmpty()
                && late.isEmpty();
    }

    private List<Long> originsOf(int key) {
        List<Long> origins = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i) == key) {
                origins.add((long) i);
            }
        }
        return origins;
    }
}
