package dev.schemabus.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What an event class says about itself: its names and where it belongs. Namings derive topics from it.
 *
 * @param javaType the record or sealed interface
 * @param name the name of the type in headers and logs
 * @param topic the topic as written in {@link Event#topic}; wins over any naming
 * @param domain the business domain, such as {@code shop}
 * @param entity the entity whose history the events tell, such as {@code order}
 * @param action what happened to it, such as {@code placed}; for a sealed interface {@code events}
 */
public record EventType(
        Class<?> javaType, String name, Optional<String> topic, String domain, String entity, String action) {

    /**
     * Reads the annotations of an event class. What {@link Event} doesn't say is derived from the names of the package,
     * the sealed interface and the class; segments come out in lower case with hyphens ({@code OrderPlaced} becomes
     * {@code order-placed}).
     */
    public static EventType of(Class<?> type) {
        Optional<Class<?>> root = sealedRoot(type);
        Optional<Event> own = Optional.ofNullable(type.getAnnotation(Event.class));
        Optional<Event> inherited = root.map(r -> r.getAnnotation(Event.class));
        Class<?> entityType = root.orElse(type);
        String entity = first(own.map(Event::entity), inherited.map(Event::entity))
                .orElseGet(() -> segment(entityType.getSimpleName().replaceAll("(?<=.)Events?$", "")));
        return new EventType(
                type,
                own.map(Event::type).filter(text -> !text.isEmpty()).orElseGet(() -> canonicalName(type)),
                first(own.map(Event::topic), inherited.map(Event::topic)),
                first(own.map(Event::domain), inherited.map(Event::domain))
                        .orElseGet(() -> segment(lastSegment(entityType.getPackageName()))),
                entity,
                action(type, entity));
    }

    /** The outermost sealed interface that a type is a case of, one with {@link Event} before others. */
    public static Optional<Class<?>> sealedRoot(Class<?> type) {
        List<Class<?>> roots = new ArrayList<>();
        collectRoots(type, roots);
        return roots.stream()
                .filter(root -> root.isAnnotationPresent(Event.class))
                .findFirst()
                .or(() -> roots.stream().findFirst());
    }

    /** Outermost first. */
    private static void collectRoots(Class<?> type, List<Class<?>> roots) {
        for (Class<?> parent : type.getInterfaces()) {
            collectRoots(parent, roots);
        }
        if (type.isSealed() && type.isInterface()) {
            roots.add(type);
        }
    }

    private static String action(Class<?> type, String entity) {
        if (type.isInterface()) {
            return "events";
        }
        String name = segment(type.getSimpleName());
        String prefix = entity + "-";
        return name.startsWith(prefix) && name.length() > prefix.length() ? name.substring(prefix.length()) : name;
    }

    private static Optional<String> first(Optional<String> own, Optional<String> inherited) {
        return own.filter(text -> !text.isEmpty()).or(() -> inherited.filter(text -> !text.isEmpty()));
    }

    private static String canonicalName(Class<?> type) {
        return Objects.requireNonNullElseGet(type.getCanonicalName(), type::getName);
    }

    private static String lastSegment(String packageName) {
        return packageName.isEmpty() ? "default" : packageName.substring(packageName.lastIndexOf('.') + 1);
    }

    /** {@code OrderPlaced} becomes {@code order-placed}, {@code HTTPCall} becomes {@code http-call}. */
    private static String segment(String javaName) {
        return javaName.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }
}
