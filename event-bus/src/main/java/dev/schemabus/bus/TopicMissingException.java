package dev.schemabus.bus;

/** A topic does not exist, and the bus was not told to create topics. */
public final class TopicMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String topic;

    TopicMissingException(String topic) {
        super("Topic " + topic
                + " does not exist: create it, or build the bus with createTopics(partitions, replicationFactor)");
        this.topic = topic;
    }

    /** The topic. */
    public String topic() {
        return topic;
    }
}
