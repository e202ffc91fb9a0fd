package dev.schemabus.maven;

import dev.schemabus.schema.Event;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoFailureException;

/**
 * An event of the build: a record that carries {@link Event}, or is a case of a sealed interface that does. Records are what
 * is published and registered; a sealed interface is not an event of its own.
 *
 * @param type the record
 * @param name its full name in schemas
 */
record BuildEvent(Class<?> type, String name) {

    /**
     * The events among classes, in the order of their names.
     *
     * @throws MojoFailureException if some have no schema; the message lists them all
     */
    static List<BuildEvent> among(List<Class<?>> classes, SchemaGenerator generator, NamePatterns patterns)
            throws MojoFailureException {
        Map<String, BuildEvent> events = new TreeMap<>();
        List<String> errors = new ArrayList<>();
        for (Class<?> type : classes) {
            try {
                if (!type.isAnnotationPresent(Event.class)) {
                    continue;
                }
                for (RecordShape shape : records(generator.shape(type))) {
                    if (patterns.match(shape.javaType())) {
                        add(new BuildEvent(shape.javaType(), shape.fullName()), events);
                    }
                }
            } catch (SchemaException e) {
                errors.add(String.valueOf(e.getMessage()));
            } catch (LinkageError | TypeNotPresentException e) {
                errors.add(type.getName() + " can't be read: " + BuildClasses.why(e));
            }
        }
        if (!errors.isEmpty()) {
            throw new MojoFailureException(String.join("\n", errors));
        }
        return List.copyOf(events.values());
    }

    private static void add(BuildEvent event, Map<String, BuildEvent> events) {
        BuildEvent other = events.putIfAbsent(event.name, event);
        if (other != null && other.type != event.type) {
            throw new SchemaException(event.type.getName() + " and " + other.type.getName() + " are both named "
                    + event.name + ": change one with @Name");
        }
    }

    private static Collection<RecordShape> records(Shape shape) {
        if (shape instanceof RecordShape record) {
            return List.of(record);
        }
        if (shape instanceof Shape.OfUnion union) {
            return union.branches();
        }
        throw new IllegalArgumentException("The root of a schema is a record or a sealed interface: " + shape);
    }
}
