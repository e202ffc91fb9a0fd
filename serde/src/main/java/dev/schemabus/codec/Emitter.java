package dev.schemabus.codec;

import dev.schemabus.schema.Scalar;
import java.lang.invoke.MethodType;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Instructions as the generators need them, into one method. */
final class Emitter {

    private final HiddenClass target;
    private final MethodVisitor method;
    private final int first;
    private int nextLocal;

    /**
     * Into a method that takes its parameters from the slot 0 on, as a static one does.
     *
     * @param parameters how many slots the parameters take
     */
    Emitter(HiddenClass target, MethodVisitor method, int parameters) {
        this(target, method, parameters, 0);
    }

    /**
     * Into a method where what the others take from the slot 0 on stands elsewhere.
     *
     * @param parameters how many slots are taken
     * @param first the slot where that begins
     */
    Emitter(HiddenClass target, MethodVisitor method, int parameters, int first) {
        this.target = target;
        this.method = method;
        this.nextLocal = parameters;
        this.first = first;
    }

    /** The slot of a parameter, counted as in a static method. */
    int slot(int parameter) {
        return first + parameter;
    }

    MethodVisitor raw() {
        return method;
    }

    void end() {
        HiddenClass.end(method);
    }

    int local(Class<?> type) {
        int local = nextLocal;
        nextLocal += Type.getType(type).getSize();
        return local;
    }

    void load(Class<?> type, int local) {
        method.visitVarInsn(Type.getType(type).getOpcode(Opcodes.ILOAD), local);
    }

    void store(Class<?> type, int local) {
        method.visitVarInsn(Type.getType(type).getOpcode(Opcodes.ISTORE), local);
    }

    void push(int number) {
        if (number >= -1 && number <= 5) {
            method.visitInsn(Opcodes.ICONST_0 + number);
        } else {
            method.visitLdcInsn(number);
        }
    }

    void constant(Object value, Class<?> type) {
        target.constant(method, value, type);
    }

    /** Instructions whose exceptions are caught. */
    final class Attempt {
        private final Label start = new Label();
        private final Class<?>[] caught;

        private Attempt(Class<?>[] caught) {
            this.caught = caught;
            method.visitLabel(start);
        }

        /** Ends them; what follows finds the exception on the stack, and of the local variables those that were there before. */
        void failed() {
            Label end = new Label();
            method.visitLabel(end);
            for (Class<?> each : caught) {
                method.visitTryCatchBlock(start, end, end, Type.getInternalName(each));
            }
        }
    }

    /** Begins instructions whose exceptions are caught. */
    Attempt attempt(Class<?>... caught) {
        return new Attempt(caught);
    }

    void constructor(Class<?> owner, Class<?>... parameters) {
        method.visitMethodInsn(
                Opcodes.INVOKESPECIAL,
                Type.getInternalName(owner),
                "<init>",
                MethodType.methodType(void.class, parameters).toMethodDescriptorString(),
                false);
    }

    void virtual(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        boolean isInterface = owner.isInterface();
        method.visitMethodInsn(
                isInterface ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(owner),
                name,
                MethodType.methodType(result, parameters).toMethodDescriptorString(),
                isInterface);
    }

    void statical(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(owner),
                name,
                MethodType.methodType(result, parameters).toMethodDescriptorString(),
                owner.isInterface());
    }

    /** A static method of the class that is being generated. */
    void own(String name, Class<?> result, Class<?>... parameters) {
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                target.name(),
                name,
                MethodType.methodType(result, parameters).toMethodDescriptorString(),
                false);
    }

    /** Makes what lies on the stack a reference of another type. */
    void cast(Class<?> from, Class<?> to) {
        if (!to.isAssignableFrom(from)) {
            method.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(to));
        }
    }

    /** Makes what lies on the stack a value of a primitive type. */
    void unbox(Class<?> from, Class<?> primitive) {
        if (from.isPrimitive()) {
            return;
        }
        Class<?> box = box(primitive);
        cast(from, box);
        virtual(box, primitive.getName() + "Value", primitive);
    }

    /** Makes what lies on the stack an object. */
    void box(Class<?> from, Class<?> to) {
        Class<?> box = box(from);
        if (box != from) {
            statical(box, "valueOf", box, from);
        }
        cast(box, to);
    }

    /** The name of a type within the name of a method. */
    static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    static Class<?> box(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    /** The Java type of a scalar in generated code. */
    static Class<?> type(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> boolean.class;
            case INT -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            case DOUBLE -> double.class;
            case STRING -> String.class;
            case BYTES, FIXED -> byte[].class;
            case NUMBER -> throw new AssertionError("Avro has no such scalar");
        };
    }

    /** Makes a number of a wider type of one on the stack. */
    void widen(Class<?> from, Class<?> to) {
        if (from == to) {
            return;
        }
        String conversion = from.getName() + " " + to.getName();
        method.visitInsn(
                switch (conversion) {
                    case "int long" -> Opcodes.I2L;
                    case "int float" -> Opcodes.I2F;
                    case "int double" -> Opcodes.I2D;
                    case "long float" -> Opcodes.L2F;
                    case "long double" -> Opcodes.L2D;
                    case "float double" -> Opcodes.F2D;
                    default -> throw new AssertionError("no promotion: " + conversion);
                });
    }
}
