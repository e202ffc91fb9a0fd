package dev.schemabus.bus;

/**
 * Internal: the limits in flight, and how much of them is kept free for one poll.
 *
 * @param maxRecords how many records may be in flight
 * @param maxBytes how many bytes of keys and values may be
 * @param pollRecords how many records one poll brings at most ({@code max.poll.records})
 * @param fetchBytes how many bytes a broker answers with, unless a single batch is larger ({@code fetch.max.bytes})
 */
record PollLimits(int maxRecords, long maxBytes, int pollRecords, int fetchBytes) {

    private static final int KAFKAS_POLL_RECORDS = 500;
    private static final int MOST_FETCH_BYTES = 16 << 20;
    private static final int LEAST_FETCH_BYTES = 64 << 10;

    /**
     * The limits of a subscription: one poll takes at most half of them.
     *
     * @param userPollRecords {@code max.poll.records} as given, or 0
     * @param userFetchBytes {@code fetch.max.bytes} as given, or 0
     */
    static PollLimits of(SubscriptionSettings settings, int userPollRecords, int userFetchBytes) {
        int poll = Math.min(
                userPollRecords > 0 ? userPollRecords : KAFKAS_POLL_RECORDS, Math.max(1, settings.maxRecords() / 2));
        int fetch = userFetchBytes > 0
                ? userFetchBytes
                : (int) Math.max(LEAST_FETCH_BYTES, Math.min(MOST_FETCH_BYTES, settings.maxBytes() / 4));
        return new PollLimits(settings.maxRecords(), settings.maxBytes(), poll, fetch);
    }

    /** Whether another poll might bring more than is allowed. */
    boolean full(int records, long bytes) {
        return records + pollRecords > maxRecords || (bytes > 0 && bytes + fetchBytes > maxBytes);
    }

    /** Whether fetching may go on after it was full: at half, so that pausing and resuming don't alternate. */
    boolean room(int records, long bytes) {
        return records <= maxRecords / 2 && bytes <= maxBytes / 2 && !full(records, bytes);
    }
}
