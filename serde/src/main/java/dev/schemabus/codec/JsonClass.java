package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates, for a record, a class that does what its {@link JsonProperties} do: it calls accessors and the canonical
 * constructor itself, keeps each component in a local variable, and boxes no plain value.
 */
final class JsonClass {

    /** Which properties were met is kept in the bits of a long. */
    private static final int MOST_COMPONENTS = Long.SIZE;

    private final RecordShape shape;
    private final List<JsonForm> forms;
    private final JsonNames names;
    private final JsonProperties interpreted;
    private final Class<?>[] types;
    private final HiddenClass target;

    private JsonClass(RecordShape shape, List<JsonForm> forms, JsonNames names, JsonProperties interpreted) {
        this.shape = shape;
        this.forms = forms;
        this.names = names;
        this.interpreted = interpreted;
        this.types = Arrays.stream(shape.javaType().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        this.target = new HiddenClass(RecordHost.of(shape.javaType()), GeneratedJson.class);
    }

    /**
     * A class for a record.
     *
     * @param interpreted the same properties; for what is seldom needed
     * @throws UngeneratableException if no class can be generated for it
     */
    static GeneratedJson of(RecordShape shape, List<JsonForm> forms, JsonNames names, JsonProperties interpreted) {
        if (forms.size() > MOST_COMPONENTS) {
            throw new UngeneratableException(
                    shape.javaType().getName() + " has more than " + MOST_COMPONENTS + " components", null);
        }
        try {
            JsonClass generated = new JsonClass(shape, forms, names, interpreted);
            generated.write();
            generated.read();
            return (GeneratedJson) generated.target.instance();
        } catch (IllegalAccessException | LinkageError | UnsupportedOperationException e) {
            throw new UngeneratableException("no class can be defined: " + e, e);
        }
    }

    private void write() {
        Class<?> type = shape.javaType();
        MethodVisitor method = target.method(Opcodes.ACC_PUBLIC, "write", void.class, Object.class, JsonOutput.class);
        Emitter emit = new Emitter(target, method, 3);
        int record = emit.local(type);
        emit.load(Object.class, 1);
        emit.cast(Object.class, type);
        emit.store(type, record);
        for (int i = 0; i < types.length; i++) {
            Class<?> componentType = types[i];
            String accessor = shape.components().get(i).javaName();
            if (isPlain(i)) {
                name(emit, i);
                emit.load(JsonOutput.class, 2);
                emit.load(type, record);
                emit.virtual(type, accessor, componentType);
                emit.virtual(JsonOutput.class, "write", void.class, componentType);
            } else {
                int value = emit.local(Object.class);
                Label absent = new Label();
                emit.load(type, record);
                emit.virtual(type, accessor, componentType);
                emit.box(componentType, Object.class);
                emit.store(Object.class, value);
                if (forms.get(i).canBeAbsent()) {
                    emit.constant(forms.get(i), Object.class);
                    emit.load(Object.class, value);
                    emit.statical(GeneratedJson.class, "isAbsent", boolean.class, Object.class, Object.class);
                    method.visitJumpInsn(Opcodes.IFNE, absent);
                }
                name(emit, i);
                emit.constant(forms.get(i), Object.class);
                emit.load(Object.class, value);
                emit.load(JsonOutput.class, 2);
                emit.statical(GeneratedJson.class, "write", void.class, Object.class, Object.class, JsonOutput.class);
                method.visitLabel(absent);
            }
        }
        method.visitInsn(Opcodes.RETURN);
        emit.end();
    }

    private void name(Emitter emit, int component) {
        emit.load(JsonOutput.class, 2);
        emit.constant(names.get(component), Object.class);
        emit.virtual(JsonOutput.class, "name", void.class, Object.class);
    }

    /** Whether a component is written and read without its form: it is a plain value that nothing is asserted about. */
    private boolean isPlain(int component) {
        return shape.components().get(component).shape() instanceof Shape.OfScalar
                && forms.get(component) instanceof JsonScalars.Plain
                && reader(types[component]) != null;
    }

    private static @Nullable String reader(Class<?> type) {
        if (type == String.class) {
            return "readText";
        }
        if (!type.isPrimitive()) {
            return null;
        }
        return switch (type.getName()) {
            case "boolean" -> "readBoolean";
            case "int" -> "readInt";
            case "long" -> "readLong";
            case "float" -> "readFloat";
            case "double" -> "readDouble";
            default -> null;
        };
    }

    private void read() {
        MethodVisitor method = target.method(Opcodes.ACC_PUBLIC, "read", Object.class, JsonInput.class);
        Emitter emit = new Emitter(target, method, 2);
        int[] values = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = emit.local(types[i]);
            method.visitInsn(zero(types[i]));
            emit.store(types[i], values[i]);
        }
        int seen = emit.local(long.class);
        method.visitInsn(Opcodes.LCONST_0);
        emit.store(long.class, seen);
        int byAlias = emit.local(long.class);
        method.visitInsn(Opcodes.LCONST_0);
        emit.store(long.class, byAlias);
        int found = emit.local(int.class);
        emit.push(-1);
        emit.store(int.class, found);

        Label next = new Label();
        Label done = new Label();
        Label duplicate = new Label();
        method.visitLabel(next);
        emit.load(JsonInput.class, 1);
        emit.constant(names, Object.class);
        emit.load(int.class, found);
        emit.push(1);
        method.visitInsn(Opcodes.IADD);
        emit.virtual(JsonInput.class, "nextProperty", int.class, Object.class, int.class);
        emit.store(int.class, found);
        emit.load(int.class, found);
        method.visitJumpInsn(Opcodes.IFLT, done);
        if (names.hasAliases()) {
            aliases(emit, found, seen, byAlias, next, duplicate);
        } else {
            mark(emit, seen, found, duplicate);
        }
        Label[] cases = new Label[types.length];
        Arrays.setAll(cases, i -> new Label());
        if (types.length > 0) {
            emit.load(int.class, found);
            method.visitTableSwitchInsn(0, types.length - 1, duplicate, cases);
        }
        for (int i = 0; i < types.length; i++) {
            method.visitLabel(cases[i]);
            value(emit, i);
            emit.store(types[i], values[i]);
            method.visitJumpInsn(Opcodes.GOTO, next);
        }
        method.visitLabel(duplicate);
        emit.statical(GeneratedJson.class, "duplicate", RuntimeException.class);
        method.visitInsn(Opcodes.ATHROW);
        method.visitLabel(done);
        absent(emit, values, seen, byAlias);
        create(emit, values);
        method.visitInsn(Opcodes.ARETURN);
        emit.end();
    }

    private static int zero(Class<?> type) {
        return switch (Type.getType(type).getSort()) {
            case Type.LONG -> Opcodes.LCONST_0;
            case Type.FLOAT -> Opcodes.FCONST_0;
            case Type.DOUBLE -> Opcodes.DCONST_0;
            case Type.OBJECT, Type.ARRAY -> Opcodes.ACONST_NULL;
            default -> Opcodes.ICONST_0;
        };
    }

    /** A component may come by an earlier name first or not at all; its own name counts. */
    private static void aliases(Emitter emit, int found, int seen, int byAlias, Label next, Label duplicate) {
        MethodVisitor method = emit.raw();
        Label itself = new Label();
        Label marked = new Label();
        Label first = new Label();
        emit.load(int.class, found);
        emit.push(JsonNames.ALIAS);
        method.visitJumpInsn(Opcodes.IF_ICMPLT, itself);
        emit.load(int.class, found);
        emit.push(JsonNames.ALIAS);
        method.visitInsn(Opcodes.ISUB);
        emit.store(int.class, found);
        emit.load(long.class, seen);
        bit(emit, found);
        method.visitInsn(Opcodes.LAND);
        method.visitInsn(Opcodes.LCONST_0);
        method.visitInsn(Opcodes.LCMP);
        method.visitJumpInsn(Opcodes.IFEQ, first);
        emit.load(JsonInput.class, 1);
        emit.virtual(JsonInput.class, "skip", void.class);
        method.visitJumpInsn(Opcodes.GOTO, next);
        method.visitLabel(first);
        mark(emit, byAlias, found, duplicate);
        method.visitJumpInsn(Opcodes.GOTO, marked);
        method.visitLabel(itself);
        mark(emit, seen, found, duplicate);
        method.visitLabel(marked);
    }

    private static void mark(Emitter emit, int bits, int found, Label duplicate) {
        MethodVisitor method = emit.raw();
        emit.load(long.class, bits);
        bit(emit, found);
        method.visitInsn(Opcodes.LAND);
        method.visitInsn(Opcodes.LCONST_0);
        method.visitInsn(Opcodes.LCMP);
        method.visitJumpInsn(Opcodes.IFNE, duplicate);
        emit.load(long.class, bits);
        bit(emit, found);
        method.visitInsn(Opcodes.LOR);
        emit.store(long.class, bits);
    }

    private static void bit(Emitter emit, int found) {
        emit.raw().visitInsn(Opcodes.LCONST_1);
        emit.load(int.class, found);
        emit.raw().visitInsn(Opcodes.LSHL);
    }

    private void value(Emitter emit, int component) {
        Class<?> type = types[component];
        if (isPlain(component)) {
            emit.load(JsonInput.class, 1);
            emit.virtual(JsonInput.class, String.valueOf(reader(type)), type);
        } else {
            emit.constant(forms.get(component), Object.class);
            emit.load(JsonInput.class, 1);
            emit.statical(GeneratedJson.class, "read", Object.class, Object.class, JsonInput.class);
            to(emit, type);
        }
    }

    private static void to(Emitter emit, Class<?> type) {
        if (type.isPrimitive()) {
            emit.unbox(Object.class, type);
        } else {
            emit.cast(Object.class, type);
        }
    }

    private void absent(Emitter emit, int[] values, int seen, int byAlias) {
        MethodVisitor method = emit.raw();
        Label complete = new Label();
        int there = emit.local(long.class);
        emit.load(long.class, seen);
        emit.load(long.class, byAlias);
        method.visitInsn(Opcodes.LOR);
        emit.store(long.class, there);
        emit.load(long.class, there);
        method.visitLdcInsn(types.length == Long.SIZE ? -1L : (1L << types.length) - 1);
        method.visitInsn(Opcodes.LCMP);
        method.visitJumpInsn(Opcodes.IFEQ, complete);
        for (int i = 0; i < types.length; i++) {
            Label present = new Label();
            emit.load(long.class, there);
            method.visitLdcInsn(1L << i);
            method.visitInsn(Opcodes.LAND);
            method.visitInsn(Opcodes.LCONST_0);
            method.visitInsn(Opcodes.LCMP);
            method.visitJumpInsn(Opcodes.IFNE, present);
            emit.constant(interpreted, Object.class);
            emit.push(i);
            emit.statical(GeneratedJson.class, "absent", Object.class, Object.class, int.class);
            to(emit, types[i]);
            emit.store(types[i], values[i]);
            method.visitLabel(present);
        }
        method.visitLabel(complete);
    }

    private void create(Emitter emit, int[] values) {
        MethodVisitor method = emit.raw();
        String type = Type.getInternalName(shape.javaType());
        method.visitTypeInsn(Opcodes.NEW, type);
        method.visitInsn(Opcodes.DUP);
        for (int i = 0; i < types.length; i++) {
            emit.load(types[i], values[i]);
        }
        method.visitMethodInsn(
                Opcodes.INVOKESPECIAL,
                type,
                "<init>",
                MethodType.methodType(void.class, types).toMethodDescriptorString(),
                false);
    }
}
