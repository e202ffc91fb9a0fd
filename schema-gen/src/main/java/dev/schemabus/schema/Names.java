package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
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
        for (String part : text.split("\\.", -1)) {
            checked(part, path);
        }
        return text;
    }

    static String checked(String name, String path) {
        if (!NAME.matcher(name).matches()) {
            throw new SchemaException(path + ": '" + name + "' can't be a name in a schema (letters, digits and"
                    + " underscores only): give it another with @Name");
        }
        return name;
    }

    static Optional<String> doc(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Doc.class)).map(Doc::value);
    }

    static List<String> aliases(Class<?> type) {
        Aliases aliases = type.getAnnotation(Aliases.class);
        return aliases == null ? List.of() : Arrays.asList(aliases.value());
    }
}
