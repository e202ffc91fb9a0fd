package dev.schemabus.bus;

import dev.schemabus.schema.EventType;
import java.util.Locale;

/** The usual topic namings. Segments of generated names match {@code [a-z][a-z0-9-]*}. */
public final class TopicNamings {

    private TopicNamings() {}

    /** Who may read the events of a topic, its first segment. */
    public enum Visibility {
        PUBLIC,
        INTERNAL,
        PRIVATE
    }

    /** Derives nothing: every event says its topic in {@link dev.schemabus.schema.Event#topic}. */
    public static TopicNaming explicit() {
        return type -> {
            throw new BusConfigurationException(type.javaType().getName()
                    + " names no topic: write @Event(topic = \"…\") on it or on its sealed interface, or give the bus a"
                    + " naming that derives one, such as TopicNamings.entityStream()");
        };
    }

    /**
     * {@code <domain>.<entity>.events}, such as {@code shop.order.events}: all events of an entity share a topic, so
     * those with one key stay in order. The default.
     */
    public static TopicNaming entityStream() {
        return type -> domain(type) + "." + entity(type) + ".events";
    }

    /** {@code <domain>.<entity>.<event>}, such as {@code shop.order.placed}: a topic per type of event. */
    public static TopicNaming domainEntityEvent() {
        return type -> domain(type) + "." + entity(type) + "." + action(type);
    }

    /** The full class name, such as {@code com.acme.shop.OrderPlaced}. Classes inside a class are joined by a dot. */
    public static TopicNaming recordName() {
        return type -> type.javaType().getName().replace('$', '.');
    }

    /**
     * Another naming's name followed by {@code .v<major>}, such as {@code shop.order.placed.v2}.
     *
     * @param major at least 1
     */
    public static TopicNaming versioned(TopicNaming naming, int major) {
        String suffix = version(major);
        return type -> naming.topic(type) + suffix;
    }

    /**
     * {@code <visibility>.<domain>.<event>.v<major>}, such as {@code public.payments.authorised.v1}.
     *
     * @param major at least 1
     */
    public static TopicNaming visibility(Visibility visibility, int major) {
        String prefix = visibility.name().toLowerCase(Locale.ROOT) + ".";
        String suffix = version(major);
        return type -> prefix + domain(type) + "." + action(type) + suffix;
    }

    /** Another naming's name behind an environment, such as {@code prod.shop.order.events}. */
    public static TopicNaming environment(String environment, TopicNaming naming) {
        return prefixed(TopicNames.segment(environment, "The environment", "give another"), naming);
    }

    /** Another naming's name behind a team or tenant, such as {@code acme.shop.order.events}. */
    public static TopicNaming tenant(String tenant, TopicNaming naming) {
        return prefixed(TopicNames.segment(tenant, "The tenant", "give another"), naming);
    }

    private static TopicNaming prefixed(String prefix, TopicNaming naming) {
        return type -> prefix + "." + naming.topic(type);
    }

    private static String version(int major) {
        if (major < 1) {
            throw new BusConfigurationException("The major version of a topic starts at 1, not " + major);
        }
        return ".v" + major;
    }

    private static String domain(EventType type) {
        return TopicNames.segment(
                type.domain(), "The domain of " + type.javaType().getName(), "set @Event(domain = \"…\")");
    }

    private static String entity(EventType type) {
        return TopicNames.segment(
                type.entity(), "The entity of " + type.javaType().getName(), "set @Event(entity = \"…\")");
    }

    private static String action(EventType type) {
        return TopicNames.segment(
                type.action(), "What happened, in " + type.javaType().getName(), "rename the class");
    }
}
