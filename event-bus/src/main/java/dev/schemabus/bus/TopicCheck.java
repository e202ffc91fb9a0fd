package dev.schemabus.bus;

/** What follows when a topic is missing, or isn't as {@link TopicChecks} want it. */
public enum TopicCheck {
    /** An error, before anything is published or subscribed. */
    FAIL,
    /** A warning in the log. */
    WARN,
    /** A missing topic is created. As to a property: created topics get it, and those that exist are not compared. */
    CREATE
}
