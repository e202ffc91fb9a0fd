package dev.schemabus.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the type variables in sight stand for. */
record Bindings(Map<TypeVariable<?>, TypeUse> byVariable) {

    static final Bindings NONE = new Bindings(Map.of());

    /** Those inside a generic type that is used like this. */
    static Bindings of(TypeUse use, Class<?> type, String path) {
        TypeVariable<?>[] parameters = type.getTypeParameters();
        Map<TypeVariable<?>, TypeUse> found = new HashMap<>();
        for (int i = 0; i < parameters.length; i++) {
            found.put(parameters[i], use.argument(i, path));
        }
        return new Bindings(found);
    }

    Optional<TypeUse> find(TypeVariable<?> variable) {
        return Optional.ofNullable(byVariable.get(variable));
    }

    /** Those inside a type that a sealed interface permits: it hands its variables on to the interface. */
    Bindings inheritedBy(Class<?> permitted, Class<?> sealed) {
        Map<TypeVariable<?>, TypeUse> found = new HashMap<>();
        for (Type parent : permitted.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType parameterized && parameterized.getRawType() == sealed) {
                Type[] arguments = parameterized.getActualTypeArguments();
                for (int i = 0; i < arguments.length; i++) {
                    TypeUse bound = byVariable.get(sealed.getTypeParameters()[i]);
                    if (arguments[i] instanceof TypeVariable<?> variable && bound != null) {
                        found.put(variable, bound);
                    }
                }
            }
        }
        return new Bindings(found);
    }

    /** What the type parameters of a record stand for, in their order. */
    List<TypeUse> arguments(Class<?> type, String path) {
        List<TypeUse> arguments = new ArrayList<>();
        for (TypeVariable<?> parameter : type.getTypeParameters()) {
            arguments.add(find(parameter)
                    .orElseThrow(() -> new SchemaException(path + ": nothing says what " + parameter + " of "
                            + type.getSimpleName() + " stands for: name it where the type is used")));
        }
        return arguments;
    }
}
