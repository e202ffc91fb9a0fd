package dev.schemabus.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Whether a class can be generated beside a record, and the right to do so. */
final class RecordHost {

    /** The simple name of the {@link #envoy}. */
    private static final String ENVOY = "SchemabusCodecs$$";

    private static final MethodType LOOKUP = MethodType.methodType(MethodHandles.Lookup.class, Module.class);

    private RecordHost() {}

    /**
     * A lookup with full access to a record.
     *
     * @throws UngeneratableException if no class beside the record could use this library
     */
    static MethodHandles.Lookup of(Class<?> record) {
        try {
            MethodHandles.Lookup host = MethodHandles.privateLookupIn(record, MethodHandles.lookup());
            requireVisible(record);
            return host.hasFullPrivilegeAccess()
                    ? host
                    : MethodHandles.privateLookupIn(record, lookup(envoy(host), host));
        } catch (IllegalAccessException e) {
            throw new UngeneratableException(record.getName() + " can't be reached", e);
        }
    }

    private static void requireVisible(Class<?> record) {
        ClassLoader loader = record.getClassLoader();
        try {
            if (loader != null && loader.loadClass(AvroInput.class.getName()) == AvroInput.class) {
                return;
            }
        } catch (ClassNotFoundException e) {
            // the same as another copy of this library
        }
        throw new UngeneratableException(
                "the class loader of " + record.getName() + " doesn't see this library, or sees another copy", null);
    }

    /**
     * A class in the record's package, for records in another module (of another class loader, for instance). Only code of the
     * record's own module may define hidden classes there and say which modules it reads; who opens a package to us lets us
     * put such code into it. It is an ordinary class, made once and gone with its class loader.
     */
    private static Class<?> envoy(MethodHandles.Lookup host) throws IllegalAccessException {
        String packageName = host.lookupClass().getPackageName();
        String name = packageName.isEmpty() ? ENVOY : packageName + '.' + ENVOY;
        try {
            return host.findClass(name);
        } catch (ClassNotFoundException e) {
            return defined(host, name);
        }
    }

    private static Class<?> defined(MethodHandles.Lookup host, String name) throws IllegalAccessException {
        try {
            return host.defineClass(envoyNamed(name.replace('.', '/')));
        } catch (LinkageError e) {
            try {
                return host.findClass(name); // another thread was faster
            } catch (ClassNotFoundException never) {
                throw e;
            }
        }
    }

    /**
     * <pre>{@code
     * private static Lookup lookup(Module reader) {
     *     ENVOY.class.getModule().addReads(reader);
     *     return MethodHandles.lookup();
     * }
     * }</pre>
     */
    private static byte[] envoyNamed(String name) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                "java/lang/Object",
                null);
        MethodVisitor method = writer.visitMethod(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, "lookup", LOOKUP.toMethodDescriptorString(), null, null);
        method.visitCode();
        method.visitLdcInsn(Type.getObjectType(name));
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Class", "getModule", "()Ljava/lang/Module;", false);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/lang/Module", "addReads", "(Ljava/lang/Module;)Ljava/lang/Module;", false);
        method.visitInsn(Opcodes.POP);
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/invoke/MethodHandles",
                "lookup",
                "()Ljava/lang/invoke/MethodHandles$Lookup;",
                false);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** What nobody but us can ask for: it is private, and whom the package isn't opened to can't reach it. */
    private static MethodHandles.Lookup lookup(Class<?> envoy, MethodHandles.Lookup host)
            throws IllegalAccessException {
        try {
            return (MethodHandles.Lookup) MethodHandles.privateLookupIn(envoy, MethodHandles.lookup())
                    .findStatic(envoy, "lookup", LOOKUP)
                    .invokeExact(RecordHost.class.getModule());
        } catch (IllegalAccessException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UngeneratableException(
                    "the module of " + host.lookupClass().getName() + " can't read this one", e);
        }
    }
}
