package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and words in schemas, as the annotations and Java's own names give them. */
final class Names {

    /** Avro specification, "Names". */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Names() {}

    static String fullName(Class<?> type, String path) {
        Name name = type.getAnnotation(Name.class);
        String text = name == null ? type.getCanonicalName() : name.value();
        if (text == null) {
            throw new SchemaException(path + ": " + type.getName()
                    + " is local or anonymous and so has no lasting name: make it a member of a class, or a class of"
                    + " its own");
        }
        if (name != null && text.indexOf('.') < 0 && !type.getPackageName().isEmpty()) {
            text = type.getPackageName() + "." + text;
        }
        return checkedParts(text, path, "give it another with @Name");
    }

    private static String checkedParts(String fullName, String path, String remedy) {
        for (String part : fullName.split("\\.", -1)) {
            checked(part, path, remedy);
        }
        return fullName;
    }

    static String checked(String name, String path) {
        return checked(name, path, "give it another with @Name");
    }

    private static String checked(String name, String path, String remedy) {
        if (!NAME.matcher(name).matches()) {
            throw new SchemaException(path + ": '" + name + "' can't be a name in a schema (ASCII letters, digits"
                    + " and underscores, not a digit first): " + remedy);
        }
        return name;
    }

    static Optional<String> doc(AnnotatedElement element) {
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
