package dev.schemabus.bus;

import dev.schemabus.bus.BatchLanes.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Internal: one turn for the records of a batch: each is decoded by itself, all are handled at once, each ends by itself. */
final class BatchWork<T> implements BatchLanes.Batch<RecordWork<T>> {

    private final HandlerCalls calls;
    private final BatchHandler<T> handler;

    BatchWork(HandlerCalls calls, BatchHandler<T> handler) {
        this.calls = calls;
        this.handler = handler;
    }

    @Override
    public List<Turn> run(List<List<RecordWork<T>>> lanes) {
        Map<RecordWork<T>, Step> obstacles = new HashMap<>();
        List<RecordWork<T>> ready = new ArrayList<>();
        for (List<RecordWork<T>> lane : lanes) {
            for (RecordWork<T> work : lane) {
                Step obstacle = work.begin();
                if (obstacle == null) {
                    ready.add(work);
                    continue;
                }
                obstacles.put(work, obstacle);
                if (!(obstacle instanceof Step.Next)) {
                    break;
                }
            }
        }
        ready.sort(Comparator.comparing(
                        (RecordWork<T> work) -> work.incoming().event().topic())
                .thenComparing(work -> work.incoming().event().partition())
                .thenComparing(work -> work.incoming().event().offset()));
        Map<RecordWork<T>, HandlerCall.End> handled = new HashMap<>();
        try {
            if (!ready.isEmpty()) {
                handled.putAll(handle(ready));
            }
        } catch (Throwable e) {
            for (RecordWork<T> work : ready) {
                obstacles.put(work, work.giveUp(e));
                work.release();
            }
        }
        return lanes.stream().map(lane -> turn(lane, obstacles, handled)).toList();
    }

    private Map<RecordWork<T>, HandlerCall.End> handle(List<RecordWork<T>> ready) {
        List<T> events = ready.stream().map(RecordWork::event).toList();
        DeliveredBatch<T> batch = new DeliveredBatch<>(
                events, ready.stream().map(RecordWork::delivered).toList());
        Throwable error = null;
        HandlerCall call = calls.begin(
                new Named(ready.size(), ready.get(0)),
                ready.stream().map(RecordWork::assignment).collect(Collectors.toSet()));
        try {
            call.run(() -> handler.handle(events, batch));
        } catch (Throwable e) {
            error = e;
        }
        HandlerCall.End end = call.end(error);
        if (end.error() != null) {
            batch.failRest(end.error());
        }
        Map<RecordWork<T>, HandlerCall.End> result = new HashMap<>();
        for (int i = 0; i < ready.size(); i++) {
            result.put(ready.get(i), new HandlerCall.End(batch.failure(i), end.taken(), end.nanos()));
        }
        return result;
    }

    /** A batch by its coordinates. */
    private record Named(int size, Object first) {
        @Override
        public String toString() {
            return "a batch of " + size + " from " + first;
        }
    }

    /** Ends the records of a lane in order; behind one that isn't finished, what was handled was handled too early. */
    private Turn turn(
            List<RecordWork<T>> lane, Map<RecordWork<T>, Step> obstacles, Map<RecordWork<T>, HandlerCall.End> handled) {
        int finished = 0;
        Step next = Step.NEXT;
        for (RecordWork<T> work : lane) {
            HandlerCall.End end = handled.get(work);
            if (!(next instanceof Step.Next)) {
                if (end != null) {
                    work.release();
                }
                continue;
            }
            Step obstacle = obstacles.get(work);
            if (end != null) {
                next = work.settle(end);
            } else if (obstacle != null) {
                next = obstacle;
            } else {
                // Behind one that couldn't begin.
                break;
            }
            if (next instanceof Step.Next || next instanceof Step.Abandon) {
                finished++;
            }
        }
        return new Turn(finished, next);
    }

    @Override
    public void abandon(RecordWork<T> work) {
        work.abandon();
    }
}
