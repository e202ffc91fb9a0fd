package dev.schemabus.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which types are {@link Shared}, and so where the schema of one ends and that of another begins. */
final class Sharing {

    /** Only what is marked. */
    static final Sharing MARKED = new Sharing(Set.of());

    private final Set<Class<?>> more;

    private Sharing(Set<Class<?>> more) {
        this.more = more;
    }

    Sharing with(Class<?>... types) {
        Set<Class<?>> all = new HashSet<>(more);
        for (Class<?> type : types) {
            if (!type.isRecord() && !type.isEnum()) {
                throw new SchemaException(type.getName()
                        + " can't be shared: only records and enums have schemas that others can refer to");
            }
            all.add(type);
        }
        return new Sharing(Set.copyOf(all));
    }

    private boolean isShared(Class<?> type) {
        return type.isAnnotationPresent(Shared.class) || more.contains(type);
    }

    /**
     * The shared types that a schema refers to, directly or not, by full name, each after those it needs. Whether the root
     * itself is shared makes no difference.
     *
     * @throws SchemaException if sharing is impossible, here or further down; the message says where and what to do
     */
    Map<String, Shape> within(Shape root) {
        return new Walk().subject(root).shared;
    }

    /** The schema of one shared type, or of the root. */
    private static final class Subject {
        private final String name;
        private final int depth;
        private final Map<String, Shape> shared = new LinkedHashMap<>();

        /** The records and enums that stand in its text. */
        private final Set<String> own = new LinkedHashSet<>();

        /** By name, in which schema a type stands that this one can use. */
        private final Map<String, String> definedIn = new HashMap<>();

        Subject(String name, int depth) {
            this.name = name;
            this.depth = depth;
        }
    }

    /** Follows all components from a root, each shared type once. */
    private final class Walk {

        private final Map<String, Subject> complete = new HashMap<>();
        private final Deque<Subject> open = new ArrayDeque<>();
        private final List<String> path = new ArrayList<>();

        Subject subject(Shape root) {
            String name = root instanceof Shape.OfUnion ? "" : fullName(root);
            Subject known = complete.get(name);
            if (known != null) {
                return known;
            }
            Subject subject = new Subject(name, path.size());
            open.addLast(subject);
            if (root instanceof RecordShape record) {
                components(record, subject);
            } else {
                follow(root, subject);
            }
            open.removeLast();
            subject.own.forEach(type -> subject.definedIn.putIfAbsent(type, name));
            complete.put(name, subject);
            return subject;
        }

        private void components(RecordShape record, Subject subject) {
            for (Component component : record.components()) {
                path.add(record.javaType().getSimpleName() + "." + component.javaName());
                follow(component.shape(), subject);
                path.remove(path.size() - 1);
            }
        }

        private void follow(Shape shape, Subject subject) {
            if (shape instanceof Shape.OfList list) {
                follow(list.element(), subject);
            } else if (shape instanceof Shape.OfMap map) {
                follow(map.value(), subject);
            } else if (shape instanceof Shape.OfOptional optional) {
                follow(optional.value(), subject);
            } else if (shape instanceof Shape.OfUnion union) {
                refuseShared(union, "is a sealed interface, which has no name in Avro: share the records it permits");
                union.branches().forEach(branch -> follow(branch, subject));
            } else if (shape instanceof RecordShape || shape instanceof Shape.OfEnum) {
                named(shape, subject);
            } else {
                refuseShared(shape, "is written as a plain value: share a record that holds it instead");
            }
        }

        private void refuseShared(Shape shape, String why) {
            if (isShared(shape.javaType())) {
                throw new SchemaException((path.isEmpty() ? "" : path.get(path.size() - 1) + ": ")
                        + shape.javaType().getSimpleName() + " can't be shared, because it " + why);
            }
        }

        private void named(Shape shape, Subject subject) {
            String name = fullName(shape);
            if (name.equals(subject.name)) {
                // The root of an enum's schema is met here, too.
                subject.own.add(name);
                return;
            }
            refuseCycle(name, subject);
            if (isShared(shape.javaType())) {
                if (!subject.shared.containsKey(name)) {
                    use(subject(shape), subject);
                    subject.shared.put(name, shape);
                }
            } else if (subject.own.add(name) && shape instanceof RecordShape record) {
                components(record, subject);
            }
        }

        private void refuseCycle(String name, Subject subject) {
            for (Subject outer : open) {
                if (outer.name.equals(name)) {
                    String end = Names.simple(name);
                    throw new SchemaException(String.join(" -> ", path.subList(outer.depth, path.size())) + " -> " + end
                            + ": the shared " + Names.simple(subject.name) + " can't lead back to " + end
                            + ", which refers to it: a schema must be complete before others refer to it. Share only"
                            + " one of them, or drop a component");
                }
            }
        }

        private void use(Subject used, Subject user) {
            user.shared.putAll(used.shared);
            used.definedIn.forEach((type, schema) -> {
                String other = user.definedIn.putIfAbsent(type, schema);
                if (other != null && !other.equals(schema)) {
                    String both = Stream.of(other, schema)
                            .sorted()
                            .map(Names::simple)
                            .toList()
                            .toString();
                    throw new SchemaException(path.get(path.size() - 1) + ": the schemas of the shared types " + both
                            + " both define " + type + ", and Avro takes one definition of a name: share "
                            + Names.simple(type) + " as well");
                }
            });
        }
    }

    private static String fullName(Shape shape) {
        return shape instanceof RecordShape record ? record.fullName() : ((Shape.OfEnum) shape).fullName();
    }
}
