package dev.schemabus.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class that is being generated beside a record (JEP 371). It is a member of the record's nest and so reaches whatever the record itself
 * reaches, private records included; it goes when nobody uses it any more. Objects it needs are its class data, which the
 * compiler of the JVM takes for constants.
 */
final class HiddenClass {

    private static final Handle CLASS_DATA_AT = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/MethodHandles",
            "classDataAt",
            MethodType.methodType(Object.class, MethodHandles.Lookup.class, String.class, Class.class, int.class)
                    .toMethodDescriptorString(),
            false);

    private final MethodHandles.Lookup host;
    private final String name;
    private final Class<?> superclass;
    private final ClassWriter writer = new Writer();
    private final List<Object> constants = new ArrayList<>();

    /** All frames that meet hold the same types, so nothing needs to be loaded to find a common superclass. */
    private static final class Writer extends ClassWriter {
        Writer() {
            super(ClassWriter.COMPUTE_FRAMES);
        }

        @Override
        protected String getCommonSuperClass(String first, String second) {
            return "java/lang/Object";
        }
    }

    /**
     * @param host a lookup with private access to the class beside which this one stands
     * @param superclass an abstract class with a constructor without parameters
     */
    HiddenClass(MethodHandles.Lookup host, Class<?> superclass) {
        this.host = host;
        this.superclass = superclass;
        this.name = Type.getInternalName(host.lookupClass()) + "$$" + superclass.getSimpleName();
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                Type.getInternalName(superclass),
                null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, Type.getInternalName(superclass), "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        end(constructor);
    }

    /** The name for calls within the class. */
    String name() {
        return name;
    }

    MethodVisitor method(int access, String methodName, Class<?> result, Class<?>... parameters) {
        MethodVisitor method = writer.visitMethod(
                access, methodName, MethodType.methodType(result, parameters).toMethodDescriptorString(), null, null);
        method.visitCode();
        return method;
    }

    static void end(MethodVisitor method) {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** Pushes an object as a constant. */
    void constant(MethodVisitor method, Object value, Class<?> type) {
        method.visitLdcInsn(new ConstantDynamic("_", Type.getDescriptor(type), CLASS_DATA_AT, constants.size()));
        constants.add(value);
    }

    /** Defines the class and makes its one instance. */
    Object instance() throws IllegalAccessException {
        writer.visitEnd();
        MethodHandles.Lookup defined = host.defineHiddenClassWithClassData(
                writer.toByteArray(), List.copyOf(constants), true, MethodHandles.Lookup.ClassOption.NESTMATE);
        try {
            return defined.findConstructor(defined.lookupClass(), MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Object.class))
                    .invokeExact();
        } catch (IllegalAccessException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("the constructor of " + superclass.getName() + " throws nothing checked", e);
        }
    }
}
