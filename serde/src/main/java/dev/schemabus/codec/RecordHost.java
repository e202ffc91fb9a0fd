package dev.schemabus.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Whether a class can be generated beside a record, and the right to do so. */
final class RecordHost {

    private RecordHost() {}

    /**
     * A lookup with private access to a record.
     *
     * @throws UngeneratableException if no class beside the record could use this library
     */
    static MethodHandles.Lookup of(Class<?> record) {
        try {
            MethodHandles.Lookup host = MethodHandles.privateLookupIn(record, MethodHandles.lookup());
            requireVisible(record);
            letRead(host);
            return host;
        } catch (IllegalAccessException e) {
            throw new UngeneratableException(record.getName() + " can't be reached", e);
        }
    }

    private static void requireVisible(Class<?> record) {
        try {
            if (Class.forName(AvroInput.class.getName(), false, record.getClassLoader()) != AvroInput.class) {
                throw new UngeneratableException(
                        "the class loader of " + record.getName() + " sees another copy of this library", null);
            }
        } catch (ClassNotFoundException e) {
            throw new UngeneratableException(
                    "the class loader of " + record.getName() + " doesn't see this library", e);
        }
    }

    /** Who opens a package to us lets us in, so its module may as well read ours: it need not say that it requires it. */
    private static void letRead(MethodHandles.Lookup host) {
        Module theirs = host.lookupClass().getModule();
        Module ours = RecordHost.class.getModule();
        if (theirs.canRead(ours)) {
            return;
        }
        try {
            // Only code of a module may add to what it reads; the lookup is as good as such code.
            Object unused = host.findVirtual(
                            Module.class, "addReads", MethodType.methodType(Module.class, Module.class))
                    .invoke(theirs, ours);
        } catch (Throwable e) {
            throw new UngeneratableException(
                    "the module of " + host.lookupClass().getName() + " can't read this one", e);
        }
    }
}
