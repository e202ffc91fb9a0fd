package dev.schemabus.bus;

/** How dead letters are replayed. */
public sealed interface ReplayOption {

    /** At most so many a second, at least 1. Default: as fast as they are acknowledged. */
    static ReplayOption rate(int perSecond) {
        return new Rate(perSecond);
    }

    /** Whether only to count what would be replayed. Nothing is written then, and no progress is kept. */
    static ReplayOption dryRun(boolean dry) {
        return new DryRun(dry);
    }

    /**
     * Needed with {@link ReplayTarget#SOURCE_TOPIC}: all groups of the topic get the records again, and that is meant.
     *
     * @param sourceTopic its name
     */
    static ReplayOption confirmed(String sourceTopic) {
        return new Confirmed(sourceTopic);
    }

    /** Begins with the oldest dead letter, though a replay with the same filter and target was there before. */
    static ReplayOption fromStart() {
        return new FromStart();
    }

    /** See {@link #rate}. */
    record Rate(int perSecond) implements ReplayOption {
        /** @throws BusConfigurationException if it is less than 1 */
        public Rate {
            if (perSecond < 1) {
                throw new BusConfigurationException("A replay's rate is at least 1 per second, not " + perSecond);
            }
        }
    }

    /** See {@link #dryRun}. */
    record DryRun(boolean dry) implements ReplayOption {}

    /** See {@link #confirmed}. */
    record Confirmed(String sourceTopic) implements ReplayOption {}

    /** See {@link #fromStart}. */
    record FromStart() implements ReplayOption {}
}
