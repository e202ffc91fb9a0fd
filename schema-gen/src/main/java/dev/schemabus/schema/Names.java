package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and words in schemas, as the annotations and Java's own names give them. */
final class Names {

    /** Avro specification, "Names". */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Avro's primitive types, whose names no other type may have, and its other words for types. */
    private static final Set<String> RESERVED = Set.of(
            "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "enum", "array", "map",
            "union", "fixed", "error");

    private static final String CHANGE_NAME = "give it another with @Name";

    private Names() {}

    static String fullName(Class<?> type, String path) {
        Name name = type.getAnnotation(Name.class);
        String canonical = type.getCanonicalName();
        if (canonical == null && name == null) {
            throw new SchemaException(path + ": " + type.getName()
                    + " is local or anonymous and so has no lasting name: make it a member of a class, or a class of"
                    + " its own");
        }
        if (name != null && name.value().indexOf('.') >= 0) {
            return checkedParts(name.value(), path, CHANGE_NAME);
        }
        String simple = name == null ? type.getSimpleName() : name.value();
        String namespace = namespace(type, name != null, path);
        return checkedParts(namespace.isEmpty() ? simple : namespace + "." + simple, path, CHANGE_NAME);
    }

    /** @param named whether the type is named anew: then the classes around it don't count */
    private static String namespace(Class<?> type, boolean named, String path) {
        for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
            Namespace namespace = around.getAnnotation(Namespace.class);
            if (namespace != null) {
                return checkedNamespace(namespace, path);
            }
        }
        Package home = type.getPackage();
        Namespace ofPackage = home == null ? null : home.getAnnotation(Namespace.class);
        String namespace = ofPackage == null ? type.getPackageName() : checkedNamespace(ofPackage, path);
        String enclosing = named || type.getEnclosingClass() == null
                ? ""
                : type.getEnclosingClass().getCanonicalName().substring(prefix(type));
        return namespace.isEmpty() || enclosing.isEmpty() ? namespace + enclosing : namespace + "." + enclosing;
    }

    private static String checkedNamespace(Namespace namespace, String path) {
        if (!namespace.value().isEmpty()) {
            for (String part : namespace.value().split("\\.", -1)) {
                checked(part, path, "change the @Namespace");
            }
        }
        return namespace.value();
    }

    private static int prefix(Class<?> type) {
        return type.getPackageName().isEmpty() ? 0 : type.getPackageName().length() + 1;
    }

    /** A full name without its namespace. */
    static String simple(String fullName) {
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }

    private static String checkedParts(String fullName, String path, String remedy) {
        for (String part : fullName.split("\\.", -1)) {
            checked(part, path, remedy);
        }
        String simple = simple(fullName);
        if (RESERVED.contains(simple)) {
            throw new SchemaException(path + ": no type can be named '" + simple
                    + "', which is a type of Avro's own (specification, \"Names\"): " + remedy);
        }
        return fullName;
    }

    static String checked(String name, String path) {
        return checked(name, path, CHANGE_NAME);
    }

    private static String checked(String name, String path, String remedy) {
        if (!NAME.matcher(name).matches()) {
            throw new SchemaException(path + ": '" + name + "' can't be a name in a schema (ASCII letters, digits"
                    + " and underscores, not a digit first): " + remedy);
        }
        return name;
    }

    /** What the author wrote with {@link Doc}, else as Javadoc if the build kept that. */
    static Optional<String> doc(Class<?> type) {
        return annotated(type).or(() -> BuiltDocs.of(type));
    }

    static Optional<String> doc(RecordComponent component) {
        return annotated(component).or(() -> BuiltDocs.of(component.getDeclaringRecord(), component.getName()));
    }

    private static Optional<String> annotated(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Doc.class)).map(Doc::value);
    }

    /** The earlier names of a type, as full names. */
    static List<String> aliases(Class<?> type, String fullName, String path) {
        String namespace = fullName.substring(0, fullName.lastIndexOf('.') + 1);
        return texts(type).stream()
                .map(alias -> alias.indexOf('.') < 0 ? namespace + alias : alias)
                .map(alias -> checkedParts(alias, path, "change the alias"))
                .toList();
    }

    /** The earlier names of a component. */
    static List<String> aliases(RecordComponent component, String path) {
        return texts(component).stream()
                .map(alias -> checked(alias, path, "change the alias"))
                .toList();
    }

    private static List<String> texts(AnnotatedElement element) {
        Aliases aliases = element.getAnnotation(Aliases.class);
        return aliases == null ? List.of() : Arrays.asList(aliases.value());
    }
}
