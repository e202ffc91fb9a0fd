package dev.schemabus.bus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Internal: queues of records, one per key, worked off in batches. A lane is in at most one batch at a time, with as many
 * of its records as fit, in order; so those of a key stay in order though batches run side by side. A lane that waits is
 * in no batch.
 */
final class BatchLanes<W> implements Schedule<W> {

    /** Handles a batch. */
    interface Batch<W> {
        /**
         * One turn for some records, in lanes.
         *
         * @return per lane, how it ended
         */
        List<Turn> run(List<List<W>> lanes);

        /** The subscription ends: there will be no (further) turn. */
        void abandon(W work);
    }

    /**
     * How a lane's turn ended.
     *
     * @param finished how many of its records are finished, from the first
     * @param next what the lane does then, {@link Step#NEXT} if it may go on
     */
    record Turn(int finished, Step next) {}

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final int size;
    private final long wait;
    private final int concurrency;
    private final Batch<W> batch;

    private final Map<Object, Lane> lanes = new HashMap<>();
    private final Set<Lane> ready = new LinkedHashSet<>();
    private int readyRecords;
    private long readySince;
    private int running;
    private boolean nudged;
    private boolean alarmed;

    /**
     * @param size the most records of a batch
     * @param wait how long a record waits for a batch to fill
     * @param concurrency how many batches may run at the same time
     */
    BatchLanes(
            Executor workers,
            ScheduledExecutorService timer,
            int size,
            Duration wait,
            int concurrency,
            Batch<W> batch) {
        this.workers = workers;
        this.timer = timer;
        this.size = size;
        this.wait = wait.toNanos();
        this.concurrency = concurrency;
        this.batch = batch;
    }

    private final class Lane {
        final Object key;
        final Deque<W> queue = new ArrayDeque<>();
        boolean idle = true;
        long waits;
        boolean waiting;

        Lane(Object key) {
            this.key = key;
        }
    }

    @Override
    public synchronized void submit(Object key, W work) {
        Lane lane = lanes.computeIfAbsent(key, Lane::new);
        lane.queue.add(work);
        if (lane.idle) {
            becomeReady(lane, 1);
            dispatch();
        }
    }

    /** At the end, for batches keep no order with retry topics: see {@link SubscriptionBuilder#batch}. */
    @Override
    public void submitFirst(Object key, W work) {
        submit(key, work);
    }

    @Override
    public synchronized void nudge() {
        for (Lane lane : List.copyOf(lanes.values())) {
            if (lane.waiting) {
                wakeUp(lane);
            }
        }
        // Whoever nudges waits for something: batches don't wait to be filled now.
        nudged = true;
        dispatch();
        nudged = false;
    }

    /** How many lanes hold records. */
    synchronized int size() {
        return lanes.size();
    }

    private void becomeReady(Lane lane, int records) {
        if (readyRecords == 0) {
            readySince = System.nanoTime();
        }
        readyRecords += records;
        ready.add(lane);
    }

    private void dispatch() {
        while (running < concurrency && readyRecords > 0) {
            long left = readySince + wait - System.nanoTime();
            if (readyRecords < size && left > 0 && !nudged) {
                alarm(left);
                return;
            }
            start();
        }
    }

    private void alarm(long nanos) {
        if (alarmed) {
            return;
        }
        try {
            var unused = timer.schedule(this::ring, nanos, TimeUnit.NANOSECONDS);
            alarmed = true;
        } catch (RejectedExecutionException e) {
            // The subscription is over.
        }
    }

    private synchronized void ring() {
        alarmed = false;
        dispatch();
    }

    private void start() {
        List<Lane> taken = new ArrayList<>();
        List<List<W>> works = new ArrayList<>();
        int room = size;
        for (Iterator<Lane> i = ready.iterator(); i.hasNext() && room > 0; ) {
            Lane lane = i.next();
            i.remove();
            readyRecords -= lane.queue.size();
            lane.idle = false;
            List<W> some = lane.queue.stream().limit(room).toList();
            room -= some.size();
            taken.add(lane);
            works.add(some);
        }
        readySince = System.nanoTime();
        running++;
        try {
            workers.execute(() -> run(taken, works));
        } catch (RejectedExecutionException e) {
            // The pool is shut down only when the subscription is over: what is left stays uncommitted.
            running--;
            taken.forEach(lane -> lanes.remove(lane.key));
        }
    }

    private void run(List<Lane> taken, List<List<W>> works) {
        List<Turn> turns = batch.run(works);
        List<W> abandoned = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < taken.size(); i++) {
                Lane lane = taken.get(i);
                Turn turn = turns.get(i);
                for (int finished = turn.finished(); finished > 0; finished--) {
                    lane.queue.remove();
                }
                if (turn.next() instanceof Step.Abandon) {
                    abandoned.addAll(lane.queue);
                    lane.queue.clear();
                }
                goOn(lane, turn.next());
            }
            running--;
            dispatch();
        }
        abandoned.forEach(batch::abandon);
    }

    private void goOn(Lane lane, Step next) {
        if (lane.queue.isEmpty()) {
            lanes.remove(lane.key);
            return;
        }
        long number = ++lane.waits;
        if (next instanceof Step.Again again) {
            lane.waiting = true;
            try {
                var unused =
                        timer.schedule(() -> wakeUp(lane, number), again.after().toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                lanes.remove(lane.key);
            }
        } else if (next instanceof Step.Until until) {
            lane.waiting = true;
            CompletionStage<?> unused = until.event().whenComplete((result, error) -> wakeUp(lane, number));
        } else {
            wakeUp(lane);
        }
    }

    private synchronized void wakeUp(Lane lane, long number) {
        if (lane.waiting && lane.waits == number) {
            wakeUp(lane);
            dispatch();
        }
    }

    private void wakeUp(Lane lane) {
        lane.waiting = false;
        lane.idle = true;
        becomeReady(lane, lane.queue.size());
    }
}
