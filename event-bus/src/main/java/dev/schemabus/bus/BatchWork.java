package dev.schemabus.bus;

import dev.schemabus.bus.BatchLanes.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Internal: one turn for the records of a batch: each is decoded by itself, all are handled at once, each ends by itself. */
final class BatchWork<T> implements BatchLanes.Batch<RecordWork<T>> {

    private final Lifecycle lifecycle;
    private final BatchHandler<T> handler;

    BatchWork(Lifecycle lifecycle, BatchHandler<T> handler) {
        this.lifecycle = lifecycle;
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
        Map<RecordWork<T>, Handled> handled = ready.isEmpty() ? Map.of() : handle(ready);
        return lanes.stream().map(lane -> turn(lane, obstacles, handled)).toList();
    }

    /** @param error null if it was handled */
    private record Handled(@Nullable Throwable error, long nanos) {}

    private Map<RecordWork<T>, Handled> handle(List<RecordWork<T>> ready) {
        List<T> events = ready.stream().map(RecordWork::event).toList();
        DeliveredBatch<T> batch = new DeliveredBatch<>(
                events, ready.stream().map(RecordWork::delivered).toList());
        long start = System.nanoTime();
        lifecycle.enterHandler();
        try {
            handler.handle(events, batch);
        } catch (Throwable e) {
            batch.failRest(e);
        } finally {
            lifecycle.leaveHandler();
        }
        long nanos = System.nanoTime() - start;
        Map<RecordWork<T>, Handled> result = new HashMap<>();
        for (int i = 0; i < ready.size(); i++) {
            result.put(ready.get(i), new Handled(batch.failure(i), nanos));
        }
        return result;
    }

    /** Ends the records of a lane in order; behind one that isn't finished, what was handled was handled too early. */
    private Turn turn(
            List<RecordWork<T>> lane, Map<RecordWork<T>, Step> obstacles, Map<RecordWork<T>, Handled> handled) {
        int finished = 0;
        Step next = Step.NEXT;
        for (RecordWork<T> work : lane) {
            Handled end = handled.get(work);
            if (!(next instanceof Step.Next)) {
                if (end != null) {
                    work.release();
                }
                continue;
            }
            Step obstacle = obstacles.get(work);
            if (end != null) {
                next = work.settle(end.error(), end.nanos());
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
