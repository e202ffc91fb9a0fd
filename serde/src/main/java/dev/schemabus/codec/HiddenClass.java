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
 * compiler of the JVM takes for constants: they stand in static fields, for up to Java 17 it doesn't compile a method with a
 * dynamic constant that was never used, such as that of a branch seldom taken.
 */
final class HiddenClass {

    private static final Handle CLASS_DATA = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/MethodHandles",
            "classData",
            MethodType.methodType(Object.class, MethodHandles.Lookup.class, String.class, Class.class)
                    .toMethodDescriptorString(),
            false);

    private static final int CONSTANT = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

    private record Constant(Object value, String descriptor) {}

    private final MethodHandles.Lookup host;
    private final String name;
    private final Class<?> superclass;
    private final ClassWriter writer = new Writer();
    private final List<Constant> constants = new ArrayList<>();

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
        String descriptor = Type.getDescriptor(type);
        String field = "constant" + constants.size();
        writer.visitField(CONSTANT, field, descriptor, null, null).visitEnd();
        method.visitFieldInsn(Opcodes.GETSTATIC, name, field, descriptor);
        constants.add(new Constant(value, descriptor));
    }

    private void fillConstants() {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        method.visitCode();
        method.visitLdcInsn(new ConstantDynamic("_", Type.getDescriptor(List.class), CLASS_DATA));
        method.visitVarInsn(Opcodes.ASTORE, 0);
        for (int i = 0; i < constants.size(); i++) {
            String descriptor = constants.get(i).descriptor();
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitLdcInsn(i);
            method.visitMethodInsn(
                    Opcodes.INVOKEINTERFACE, Type.getInternalName(List.class), "get", "(I)Ljava/lang/Object;", true);
            method.visitTypeInsn(Opcodes.CHECKCAST, Type.getType(descriptor).getInternalName());
            method.visitFieldInsn(Opcodes.PUTSTATIC, name, "constant" + i, descriptor);
        }
        method.visitInsn(Opcodes.RETURN);
        end(method);
    }

    /** Defines the class and makes its one instance. */
    Object instance() throws IllegalAccessException {
        fillConstants();
        writer.visitEnd();
        MethodHandles.Lookup defined = host.defineHiddenClassWithClassData(
                writer.toByteArray(),
                constants.stream().map(Constant::value).toList(),
                true,
                MethodHandles.Lookup.ClassOption.NESTMATE);
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
