package dev.schemabus.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names and earlier names of the types in one schema: each stands for one type. */
final class TypeNames {

    private final Map<String, Object> typeByName = new HashMap<>();
    private final Map<String, String> nameByAlias = new LinkedHashMap<>();

    /**
     * A record, told from the same record with other type arguments.
     *
     * @param arguments what the type arguments are, with everything that makes them differ
     */
    record RecordUse(Class<?> type, List<String> arguments) {
        @Override
        public String toString() {
            return type.getName() + (arguments.isEmpty() ? "" : "<" + String.join(", ", arguments) + ">");
        }
    }

    /** @param type the class of an enum, or a {@link RecordUse} */
    void add(String fullName, Object type, String path) {
        Object other = typeByName.putIfAbsent(fullName, type);
        if (other == null || other.equals(type)) {
            return;
        }
        if (other instanceof RecordUse first && type instanceof RecordUse second && first.type() == second.type()) {
            throw new SchemaException(
                    path + ": " + first.type().getSimpleName() + " is used with two kinds of arguments, "
                            + first.arguments() + " and " + second.arguments() + ", which are both named " + fullName
                            + ": use the same annotations at both, give the arguments' classes other names with @Name, or use a"
                            + " record of its own for one");
        }
        throw new SchemaException(path + ": " + described(type) + " and " + described(other) + " are both named "
                + fullName + ": change one with @Name");
    }

    private static String described(Object type) {
        return type instanceof Class<?> plain ? plain.getName() : type.toString();
    }

    void addAliases(List<String> aliases, String fullName) {
        for (String alias : aliases) {
            String other = nameByAlias.putIfAbsent(alias, fullName);
            if (other != null && !other.equals(fullName)) {
                throw new SchemaException(fullName + ": the alias " + alias + " is one of " + other
                        + ", too: data could mean either, so drop it from one");
            }
        }
    }

    /** What can only be seen when all types are known. */
    void checkAliases() {
        nameByAlias.forEach((alias, fullName) -> {
            if (typeByName.containsKey(alias)) {
                throw new SchemaException(fullName + ": the alias " + alias
                        + " is the name of a type in the same schema: data could mean either, so drop it");
            }
        });
    }
}
