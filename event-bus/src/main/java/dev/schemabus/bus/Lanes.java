package dev.schemabus.bus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Internal: queues of records, one per key, worked off in order by a shared pool. At most one record of a lane has a
 * turn at any time. A lane that waits holds no thread, so other lanes go on; a lane without records does not exist.
 */
final class Lanes implements Schedule<Lanes.Task> {

    /** A record's work. */
    interface Task {
        /** One turn. Must not throw. */
        Step run();

        /** The subscription ends: there will be no (further) turn. */
        void abandon();
    }

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Map<Object, Lane> lanes = new HashMap<>();

    Lanes(Executor workers, ScheduledExecutorService timer) {
        this.workers = workers;
        this.timer = timer;
    }

    @Override
    public void submit(Object key, Task task) {
        synchronized (lanes) {
            Lane lane = lanes.get(key);
            if (lane != null) {
                lane.queue.add(task);
                return;
            }
            lane = new Lane(key);
            lane.queue.add(task);
            lanes.put(key, lane);
            start(lane);
        }
    }

    @Override
    public void submitFirst(Object key, Task task) {
        synchronized (lanes) {
            Lane lane = lanes.get(key);
            if (lane == null) {
                lane = new Lane(key);
                lanes.put(key, lane);
                lane.first.add(task);
                start(lane);
                return;
            }
            lane.first.add(task);
            if (lane.wait != null && lane.first.size() == 1) {
                lane.wait.cancel(false);
                lane.wait = null;
                start(lane);
            }
        }
    }

    @Override
    public void nudge() {
        synchronized (lanes) {
            for (Lane lane : List.copyOf(lanes.values())) {
                if (lane.wait != null) {
                    lane.wait.cancel(false);
                    lane.wait = null;
                    start(lane);
                }
            }
        }
    }

    /** How many lanes hold records. */
    int size() {
        synchronized (lanes) {
            return lanes.size();
        }
    }

    private void start(Lane lane) {
        try {
            workers.execute(lane);
        } catch (RejectedExecutionException e) {
            // The pool is shut down only when the subscription is over: what is left stays uncommitted.
            lanes.remove(lane.key);
        }
    }

    private final class Lane implements Runnable {
        final Object key;
        final Deque<Task> first = new ArrayDeque<>();
        final Deque<Task> queue = new ArrayDeque<>();

        @Nullable
        Future<?> wait;

        private long waits;

        Lane(Object key) {
            this.key = key;
        }

        @Override
        public void run() {
            Deque<Task> from;
            Task head;
            synchronized (lanes) {
                wait = null;
                from = first.isEmpty() ? queue : first;
                head = from.element();
            }
            Step step = head.run();
            List<Task> abandoned = new ArrayList<>();
            synchronized (lanes) {
                if (from == queue && !first.isEmpty() && !(step instanceof Step.Abandon)) {
                    // Somebody came first meanwhile; whoever waits looks again afterwards.
                    if (step instanceof Step.Next) {
                        queue.remove();
                    }
                    start(this);
                } else if (step instanceof Step.Again again) {
                    waitFor(again.after());
                } else if (step instanceof Step.Until until) {
                    waitFor(until.event());
                } else {
                    from.remove();
                    if (step instanceof Step.Abandon) {
                        abandoned.addAll(first);
                        abandoned.addAll(queue);
                        first.clear();
                        queue.clear();
                    }
                    if (first.isEmpty() && queue.isEmpty()) {
                        lanes.remove(key);
                    } else {
                        start(this);
                    }
                }
            }
            abandoned.forEach(Task::abandon);
        }

        private void waitFor(Duration delay) {
            long number = ++waits;
            try {
                wait = timer.schedule(() -> wakeUp(number), delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                lanes.remove(key);
            }
        }

        private void waitFor(CompletionStage<?> event) {
            long number = ++waits;
            // Set first: an event that has happened already wakes the lane up from here.
            wait = new CompletableFuture<>();
            event.whenComplete((result, error) -> wakeUp(number));
        }

        private void wakeUp(long number) {
            synchronized (lanes) {
                // A nudge may have come between the ring and this line: then this wait is over already.
                if (wait != null && number == waits) {
                    wait = null;
                    start(this);
                }
            }
        }
    }
}
