package dev.schemabus.maven.docs;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The records and enums that a shape is made of, each once, in the order of their first use. */
public final class NamedTypes {

    private final Map<String, Shape> byName = new LinkedHashMap<>();

    private NamedTypes() {}

    /** The binary names of the classes whose Javadoc matters for a schema. */
    public static Set<String> binaryNames(Shape root) {
        NamedTypes found = new NamedTypes();
        found.add(root);
        return found.byName.values().stream()
                .map(shape -> shape.javaType().getName())
                .collect(Collectors.toSet());
    }

    /** The records and enums by their full names in schemas. */
    static Map<String, Shape> of(Shape root) {
        NamedTypes found = new NamedTypes();
        found.add(root);
        return found.byName;
    }

    private void add(Shape shape) {
        if (shape instanceof RecordShape record) {
            if (byName.putIfAbsent(record.fullName(), record) == null) {
                record.components().stream().map(Component::shape).forEach(this::add);
            }
        } else if (shape instanceof Shape.OfEnum enumeration) {
            byName.putIfAbsent(enumeration.fullName(), enumeration);
        } else if (shape instanceof Shape.OfList list) {
            add(list.element());
        } else if (shape instanceof Shape.OfMap map) {
            add(map.value());
        } else if (shape instanceof Shape.OfOptional optional) {
            add(optional.value());
        } else if (shape instanceof Shape.OfUnion union) {
            union.branches().forEach(this::add);
        }
    }
}
