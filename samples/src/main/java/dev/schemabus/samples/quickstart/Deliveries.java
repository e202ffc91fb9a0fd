package dev.schemabus.samples.quickstart;

import dev.schemabus.bus.Delivered;
import dev.schemabus.samples.shop.OrderEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps count of what arrives: events of this run only, told by their ids, each checked against the order in which those
 * of its key were published.
 */
final class Deliveries {

    private final String run = UUID.randomUUID().toString();
    private final long[] sentNanos;
    private final long[] latencyNanos;
    private final Set<Integer> seen = new HashSet<>();
    private final Map<String, Integer> lastOfKey = new HashMap<>();
    private int duplicates;
    private int outOfOrder;
    private int received;

    Deliveries(int events) {
        this.sentNanos = new long[events];
        this.latencyNanos = new long[events];
    }

    /** The id of the event at an index, known before it is sent. */
    String eventId(int index) {
        return run + "/" + index;
    }

    synchronized void sending(int index) {
        sentNanos[index] = System.nanoTime();
    }

    /** Called by the subscription's handlers, from several threads. */
    synchronized void arrived(OrderEvent event, Delivered context) {
        String id = context.eventId().orElse("");
        if (!id.startsWith(run + "/")) {
            return; // an earlier run's, still in the topic of a broker that the user brought
        }
        int index = Integer.parseInt(id.substring(run.length() + 1));
        if (!seen.add(index)) {
            duplicates++;
            return;
        }
        latencyNanos[received++] = System.nanoTime() - sentNanos[index];
        Integer last = lastOfKey.put(event.orderId(), index);
        if (last != null && last > index) {
            outOfOrder++;
        }
        notifyAll();
    }

    /** Waits until so many have arrived. Returns false if none came for the given time. */
    synchronized boolean await(int count, long patienceMillis) throws InterruptedException {
        while (received < count) {
            int before = received;
            wait(patienceMillis);
            if (received == before) {
                return false;
            }
        }
        return true;
    }

    synchronized int received() {
        return received;
    }

    synchronized int duplicates() {
        return duplicates;
    }

    synchronized int outOfOrder() {
        return outOfOrder;
    }

    synchronized int keys() {
        return lastOfKey.size();
    }

    /** The time from publish to handler below which the given share of events stayed, in milliseconds. */
    synchronized double latencyMillis(double share) {
        if (received == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(latencyNanos, received);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(received - 1L, Math.round(share * received))] / 1e6;
    }
}
