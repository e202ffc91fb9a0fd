package dev.schemabus.schema;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the logical types that a class loader's services add to the standard ones. */
final class InstalledLogicalTypes {

    /** Neither a loader nor what was found through it is kept alive: found types may refer to their loader. */
    private static final Map<@Nullable ClassLoader, WeakReference<LogicalTypes>> FOUND = new WeakHashMap<>();

    private InstalledLogicalTypes() {}

    static LogicalTypes through(@Nullable ClassLoader loader) {
        synchronized (FOUND) {
            WeakReference<LogicalTypes> known = FOUND.get(loader);
            LogicalTypes types = known == null ? null : known.get();
            if (types != null) {
                return types;
            }
        }
        // Outside the lock, because it runs the services' own code. Two threads may both look: they find the same.
        LogicalTypes found = discovered(loader);
        synchronized (FOUND) {
            FOUND.put(loader, new WeakReference<>(found));
        }
        return found;
    }

    private static LogicalTypes discovered(@Nullable ClassLoader loader) {
        LogicalTypes types = LogicalTypes.standard();
        Map<Class<?>, LogicalType<?>> byClass = new HashMap<>();
        try {
            for (LogicalType<?> service : ServiceLoader.load(LogicalType.class, loader)) {
                LogicalType<?> other = byClass.put(served(service), service);
                if (other != null) {
                    throw new SchemaException("Two services are logical types for "
                            + served(service).getName() + ": "
                            + other.getClass().getName() + " and "
                            + service.getClass().getName()
                            + ". Take one off the class path, or off its META-INF/services/"
                            + LogicalType.class.getName());
                }
                types = types.plus(service);
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw unusable(e.getMessage() + (e.getCause() == null ? "" : " (" + e.getCause() + ")"), e);
        }
        return types;
    }

    private static Class<?> served(LogicalType<?> service) {
        try {
            return service.javaType();
        } catch (RuntimeException | LinkageError e) {
            throw unusable(service.getClass().getName() + ".javaType() fails (" + e + ")", e);
        }
    }

    private static SchemaException unusable(String why, Throwable cause) {
        return new SchemaException(
                "A logical type named in META-INF/services/" + LogicalType.class.getName() + " can't be used: " + why
                        + ". It must be a public class with a public constructor without parameters, and what it"
                        + " needs must be on the class path",
                cause);
    }
}
