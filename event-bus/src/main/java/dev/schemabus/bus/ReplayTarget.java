package dev.schemabus.bus;

/** Who gets replayed dead letters. */
public enum ReplayTarget {
    /** The group that failed, and nobody else: they go to {@code <topic>.<group>.retry.0}, which only it reads. */
    GROUP_ONLY,
    /**
     * Everybody: they are published again in the topic where they come from. Other groups have handled them already and
     * get them once more, with the same event id. Asks for {@link ReplayOption#confirmed}.
     */
    SOURCE_TOPIC
}
