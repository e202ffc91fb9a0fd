package dev.schemabus.schema;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The canonical constructor and the accessors of a record, as method handles. */
final class Members {

    private final Class<?> type;
    private final String path;
    private final MethodHandles.Lookup lookup;

    private Members(Class<?> type, String path, MethodHandles.Lookup lookup) {
        this.type = type;
        this.path = path;
        this.lookup = lookup;
    }

    static Members of(Class<?> type, String path) {
        try {
            return new Members(type, path, MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
        } catch (IllegalAccessException e) {
            throw new SchemaException(
                    path + ": " + type.getName() + " can't be reached: in its module-info write 'opens "
                            + type.getPackageName() + toUs() + ";'",
                    e);
        }
    }

    /** On the class path we are in no module that a package could be opened to. */
    private static String toUs() {
        Module here = Members.class.getModule();
        return here.isNamed() ? " to " + here.getName() : "";
    }

    /**
     * As {@code (Object[])Object}.
     *
     * @throws SchemaException if there are more components than {@link MethodHandle} takes: 253, where each long and double
     *     counts twice
     */
    MethodHandle constructor() {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return lookup.findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asFixedArity() // 'int... counts' takes an array here, not the numbers in it
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalArgumentException e) {
            throw new SchemaException(
                    path + ": " + type.getSimpleName() + " has " + parameters.length
                            + " components, and 253 (a long or double counts as two) are all that can be filled at run"
                            + " time: move some into a record of their own",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("every record has its canonical constructor", e);
        }
    }

    /** As {@code (Object)Object}. */
    MethodHandle accessor(RecordComponent component) {
        try {
            return lookup.unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new LinkageError("a private lookup reaches every accessor", e);
        }
    }

    /**
     * Calls a canonical constructor.
     *
     * @throws RuntimeException what the constructor throws
     */
    static Object create(MethodHandle constructor, @Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A canonical constructor throws no checked exceptions", e);
        }
    }

    /**
     * Calls an accessor.
     *
     * @throws RuntimeException what the accessor throws
     */
    static @Nullable Object get(MethodHandle accessor, Object record) {
        try {
            return (Object) accessor.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("An accessor throws no checked exceptions", e);
        }
    }
}
