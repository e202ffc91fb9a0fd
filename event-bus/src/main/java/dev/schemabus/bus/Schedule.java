package dev.schemabus.bus;

/** Internal: what brings records to the workers, those of one lane in order. */
interface Schedule<W> {

    /** Puts a record at the end of a lane. */
    void submit(Object key, W work);

    /**
     * Puts a record on a lane before all that were not put in this way. Between its turns the first of those may wait for
     * what this record does.
     */
    void submitFirst(Object key, W work);

    /** Something changed that waiting records should look at: gives each a turn now. */
    void nudge();
}
