package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the shape of enums. */
final class Enums {

    private Enums() {}

    static Shape.OfEnum shape(Class<?> type, String fullName, String path) {
        Map<Enum<?>, String> symbols = new LinkedHashMap<>();
        List<Enum<?>> unknown = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            Enum<?> symbol = (Enum<?>) constant;
            AnnotatedElement field = field(symbol);
            Name name = field.getAnnotation(Name.class);
            String text = Names.checked(name == null ? symbol.name() : name.value(), path + ": " + symbol.name());
            if (symbols.containsValue(text)) {
                throw new SchemaException(path + ": two constants of " + type.getSimpleName() + " are named " + text
                        + ": change a @Name");
            }
            symbols.put(symbol, text);
            if (field.isAnnotationPresent(EnumDefault.class)) {
                unknown.add(symbol);
            }
        }
        if (symbols.isEmpty()) {
            throw new SchemaException(path + ": the enum " + type.getName() + " has no constants: add one");
        }
        if (unknown.size() > 1) {
            throw new SchemaException(
                    path + ": @EnumDefault stands on " + unknown + " of " + type.getName() + ": keep one");
        }
        return new Shape.OfEnum(
                type,
                fullName,
                Names.doc(type),
                Names.aliases(type, fullName, path),
                symbols,
                unknown.stream().findFirst());
    }

    private static AnnotatedElement field(Enum<?> constant) {
        try {
            return constant.getDeclaringClass().getField(constant.name());
        } catch (NoSuchFieldException e) {
            throw new LinkageError("an enum constant is a public field", e);
        }
    }
}
