package dev.schemabus.bus;

/** Internal: how much was received and is not finished, and whether that is too much. Used by the poll thread alone. */
final class InFlight {

    private final int maxRecords;
    private final long maxBytes;
    private int records;
    private long bytes;
    private boolean full;

    InFlight(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    void add(long recordBytes) {
        records++;
        bytes += recordBytes;
        full = full || records >= maxRecords || bytes >= maxBytes;
    }

    void release(long recordBytes) {
        records--;
        bytes -= recordBytes;
        // At half, so that pausing and resuming don't alternate at every record.
        full = full && (records > maxRecords / 2 || bytes > maxBytes / 2);
    }

    boolean full() {
        return full;
    }

    boolean empty() {
        return records == 0;
    }
}
