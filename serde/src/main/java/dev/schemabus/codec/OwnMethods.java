package dev.schemabus.codec;

import java.util.IdentityHashMap;

/** The static methods of a class that is being generated, each made once for what it reads or writes. */
final class OwnMethods {

    /** Makes a method of that name. */
    interface Generation {
        void generate(String name) throws IllegalAccessException;
    }

    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

    /** Names the method for a field or step, which is made when it is first wanted. */
    String of(Object fieldOrStep, Generation method) throws IllegalAccessException {
        String known = names.get(fieldOrStep);
        if (known != null) {
            return known;
        }
        String name = "part" + names.size();
        names.put(fieldOrStep, name);
        method.generate(name);
        return name;
    }
}
