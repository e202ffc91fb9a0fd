package dev.schemabus.bus;

/** Internal: what brings records to the workers, those of one lane in order. */
interface Schedule<W> {

    /** Puts a record at the end of a lane. */
    void submit(Object key, W work);

    /** Something changed that waiting records should look at: gives each a turn now. */
    void nudge();
}
