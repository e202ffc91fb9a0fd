package dev.schemabus.serde;

import java.util.Map;

/**
 * For which topics Kafka Streams asks for the bytes of state stores: {@code <application id>-<store>-changelog}. If the
 * settings have no {@code application.id}, any topic that ends so may be one.
 */
record StoreTopics(String start) {

    private static final String APPLICATION = "application.id";
    private static final String END = "-changelog";

    static StoreTopics of(Map<String, ?> properties) {
        Object application = properties.get(APPLICATION);
        return new StoreTopics(application == null ? "" : application + "-");
    }

    boolean contain(String topic) {
        return topic.endsWith(END) && topic.startsWith(start);
    }

    /** Whether it can't be somebody's own topic. */
    boolean surelyContain(String topic) {
        return !start.isEmpty() && contain(topic);
    }
}
