package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.UnscaledDecimal;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Generates, for each record of a plan, a class that does what the plan's steps do: it calls the accessors themselves, boxes
 * nothing and looks nothing up.
 */
final class WriterClass {

    /** The compiler of the JVM leaves methods beyond 8,000 bytes to its interpreter; a field takes 40 at most. */
    private static final int FIELDS_PER_METHOD = 100;

    private static final int STATIC = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;

    /** The writers of a plan, those that are being generated among them. */
    private static final class Writers {
        private final boolean counting;
        private final Map<WriteStep.OfRecord, GeneratedWriter> made = new HashMap<>();

        Writers(boolean counting) {
            this.counting = counting;
        }

        GeneratedWriter of(WriteStep.OfRecord record) throws IllegalAccessException {
            GeneratedWriter known = made.get(record);
            if (known != null) {
                return known;
            }
            GeneratedWriter.Late late = new GeneratedWriter.Late();
            made.put(record, late);
            Class<?> type = record.shape().javaType();
            GeneratedWriter writer = new WriterClass(RecordHost.of(type), this, record).generate(type, record);
            late.bind(writer);
            made.put(record, writer);
            return writer;
        }
    }

    private final HiddenClass target;
    private final Writers writers;
    private final @Nullable WriteStep self;
    private int methods;

    private WriterClass(MethodHandles.Lookup host, Writers writers, @Nullable WriteStep self) {
        this.target = new HiddenClass(host, GeneratedWriter.class);
        this.writers = writers;
        this.self = self;
    }

    /**
     * The writer for a plan.
     *
     * @throws UngeneratableException if no class can be generated for it
     */
    static GeneratedWriter of(WriteStep plan, Limits limits) {
        Writers writers = new Writers(Nesting.mayExceed(plan, limits.depth()));
        try {
            return plan instanceof WriteStep.OfRecord record
                    ? writers.of(record)
                    : new WriterClass(MethodHandles.lookup(), writers, null).generate(Object.class, plan);
        } catch (IllegalAccessException | LinkageError | UnsupportedOperationException e) {
            throw new UngeneratableException("no class can be defined: " + e, e);
        }
    }

    private GeneratedWriter generate(Class<?> type, WriteStep step) throws IllegalAccessException {
        MethodVisitor method = target.method(Opcodes.ACC_PUBLIC, "write", void.class, Object.class, AvroOutput.class);
        Emitter entry = new Emitter(target, method, 3);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        entry.cast(Object.class, type);
        method.visitVarInsn(Opcodes.ALOAD, 2);
        entry.own("root", void.class, type, AvroOutput.class);
        method.visitInsn(Opcodes.RETURN);
        entry.end();

        Emitter root = new Emitter(target, target.method(STATIC, "root", void.class, type, AvroOutput.class), 2);
        if (step instanceof WriteStep.OfRecord record) {
            record(root, type, record.fields());
        } else {
            write(root, 1, step, type, () -> root.load(type, 0));
        }
        root.raw().visitInsn(Opcodes.RETURN);
        root.end();
        return (GeneratedWriter) target.instance();
    }

    private void record(Emitter emit, Class<?> type, List<WriteStep.OfRecord.Field> fields)
            throws IllegalAccessException {
        emit.load(type, 0);
        emit.statical(Objects.class, "requireNonNull", Object.class, Object.class);
        emit.raw().visitInsn(Opcodes.POP);
        count(emit, 1, "enter");
        if (fields.size() <= FIELDS_PER_METHOD) {
            for (WriteStep.OfRecord.Field field : fields) {
                field(emit, type, field);
            }
        } else {
            for (int from = 0; from < fields.size(); from += FIELDS_PER_METHOD) {
                List<WriteStep.OfRecord.Field> some =
                        fields.subList(from, Math.min(fields.size(), from + FIELDS_PER_METHOD));
                String name = "fields" + from;
                Emitter part = new Emitter(target, target.method(STATIC, name, void.class, type, AvroOutput.class), 2);
                for (WriteStep.OfRecord.Field field : some) {
                    field(part, type, field);
                }
                part.raw().visitInsn(Opcodes.RETURN);
                part.end();
                emit.load(type, 0);
                emit.load(AvroOutput.class, 1);
                emit.own(name, void.class, type, AvroOutput.class);
            }
        }
        count(emit, 1, "leave");
    }

    private void field(Emitter emit, Class<?> type, WriteStep.OfRecord.Field field) throws IllegalAccessException {
        Component component = field.component();
        if (component == null || field.value() == null) {
            emit.load(AvroOutput.class, 1);
            emit.constant(Objects.requireNonNull(field.constant()), byte[].class);
            emit.virtual(AvroOutput.class, "writeRaw", void.class, byte[].class);
            return;
        }
        Class<?> componentType = componentType(type, component);
        write(emit, 1, field.value(), componentType, () -> {
            emit.load(type, 0);
            emit.virtual(type, component.javaName(), componentType);
        });
    }

    private static Class<?> componentType(Class<?> record, Component component) {
        for (RecordComponent declared : record.getRecordComponents()) {
            if (declared.getName().equals(component.javaName())) {
                return declared.getType();
            }
        }
        throw new AssertionError("the shape was read off the record");
    }

    /**
     * Writes a value.
     *
     * @param out the local variable of the output
     * @param load pushes the value; is called once
     * @param type the type of what it pushes
     */
    private void write(Emitter emit, int out, WriteStep step, Class<?> type, Runnable load)
            throws IllegalAccessException {
        if (step instanceof WriteStep.OfScalar scalar) {
            emit.load(AvroOutput.class, out);
            load.run();
            scalar(emit, scalar, type);
        } else if (step instanceof WriteStep.OfLogical logical) {
            logical(emit, out, logical, type, load);
        } else if (step instanceof WriteStep.OfEnum enumeration) {
            enumeration(emit, out, enumeration, type, load);
        } else if (step instanceof WriteStep.OfList list) {
            Class<?> javaType = list.shape().javaType();
            call(emit, out, javaType, type, load, javaType.isArray() ? array(list) : collection(list));
        } else if (step instanceof WriteStep.OfMap map) {
            call(emit, out, Map.class, type, load, map(map));
        } else if (step instanceof WriteStep.OfOptional optional) {
            optional(emit, out, optional, type, load);
        } else if (step instanceof WriteStep.Branch branch) {
            emit.load(AvroOutput.class, out);
            emit.push(branch.index());
            emit.virtual(AvroOutput.class, "writeInt", void.class, int.class);
            write(emit, out, branch.step(), type, load);
        } else if (step instanceof WriteStep.OfSealed sealed) {
            sealed(emit, out, sealed, type, load);
        } else {
            nested(emit, out, (WriteStep.OfRecord) step, type, load);
        }
    }

    private static void scalar(Emitter emit, WriteStep.OfScalar step, Class<?> type) {
        Class<?> wanted = Emitter.type(step.scalar());
        if (wanted.isPrimitive()) {
            emit.unbox(type, wanted);
            Class<?> wire = Emitter.type(step.wire());
            emit.widen(wanted, wire);
            emit.virtual(AvroOutput.class, writing(step.wire()), void.class, wire);
            return;
        }
        emit.cast(type, wanted);
        if (step.scalar() == Scalar.FIXED) {
            emit.push(step.size());
            emit.virtual(AvroOutput.class, "writeFixed", void.class, byte[].class, int.class);
        } else {
            emit.virtual(AvroOutput.class, writing(step.scalar()), void.class, wanted);
        }
    }

    private static String writing(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> "writeBoolean";
            case INT -> "writeInt";
            case LONG -> "writeLong";
            case FLOAT -> "writeFloat";
            case DOUBLE -> "writeDouble";
            case STRING -> "writeString";
            case BYTES -> "writeBytes";
            case FIXED, NUMBER -> throw new AssertionError("written in another way");
        };
    }

    private static void logical(Emitter emit, int out, WriteStep.OfLogical step, Class<?> type, Runnable load) {
        Function<?, ?> form = step.form().encode();
        emit.load(AvroOutput.class, out);
        if (form instanceof UnscaledDecimal decimal && step.plain().scalar() == Scalar.BYTES) {
            load.run();
            emit.cast(type, BigDecimal.class);
            emit.constant(form, Function.class);
            emit.push(decimal.precision());
            emit.push(decimal.scale());
            emit.virtual(
                    AvroOutput.class,
                    "writeDecimal",
                    void.class,
                    BigDecimal.class,
                    Function.class,
                    int.class,
                    int.class);
            return;
        }
        emit.constant(form, Function.class);
        load.run();
        emit.box(type, Object.class);
        emit.statical(Objects.class, "requireNonNull", Object.class, Object.class);
        emit.virtual(Function.class, "apply", Object.class, Object.class);
        scalar(emit, step.plain(), Object.class);
    }

    private static void enumeration(Emitter emit, int out, WriteStep.OfEnum step, Class<?> type, Runnable load) {
        Class<?> javaType = step.shape().javaType();
        emit.load(AvroOutput.class, out);
        if (!step.isPlain()) {
            emit.constant(step.indexes(), int[].class);
        }
        load.run();
        if (type == javaType) {
            emit.virtual(Enum.class, "ordinal", int.class);
        } else {
            emit.constant(javaType, Class.class);
            emit.statical(GeneratedWriter.class, "ordinal", int.class, Object.class, Class.class);
        }
        if (step.isPlain()) {
            emit.virtual(AvroOutput.class, "writeInt", void.class, int.class);
        } else {
            emit.raw().visitInsn(Opcodes.IALOAD);
            emit.virtual(AvroOutput.class, "writeSymbol", void.class, int.class);
        }
    }

    /** Calls a method of its own that writes a value of the given type. */
    private static void call(Emitter emit, int out, Class<?> wanted, Class<?> type, Runnable load, String method) {
        load.run();
        emit.cast(type, wanted);
        emit.load(AvroOutput.class, out);
        emit.own(method, void.class, wanted, AvroOutput.class);
    }

    private String collection(WriteStep.OfList step) throws IllegalAccessException {
        Class<?> javaType = step.shape().javaType();
        return items(
                javaType,
                emit -> {
                    emit.load(javaType, 0);
                    emit.virtual(Collection.class, "iterator", Iterator.class);
                },
                emit -> emit.virtual(Collection.class, "size", int.class),
                (emit, item) -> element(emit, step.element(), Object.class, () -> emit.load(Object.class, item)));
    }

    private String map(WriteStep.OfMap step) throws IllegalAccessException {
        return items(
                Map.class,
                emit -> {
                    emit.load(Map.class, 0);
                    emit.virtual(Map.class, "entrySet", java.util.Set.class);
                    emit.virtual(java.util.Set.class, "iterator", Iterator.class);
                },
                emit -> emit.virtual(Map.class, "size", int.class),
                (emit, item) -> {
                    emit.load(AvroOutput.class, 1);
                    Runnable key = () -> {
                        emit.load(Object.class, item);
                        emit.cast(Object.class, Map.Entry.class);
                        emit.virtual(Map.Entry.class, "getKey", Object.class);
                    };
                    if (Values.isText(step.shape().key())) {
                        key.run();
                    } else {
                        emit.constant(step.shape().keyText().encode(), Function.class);
                        key.run();
                        emit.statical(Objects.class, "requireNonNull", Object.class, Object.class);
                        emit.virtual(Function.class, "apply", Object.class, Object.class);
                    }
                    emit.cast(Object.class, String.class);
                    emit.virtual(AvroOutput.class, "writeString", void.class, String.class);
                    element(emit, step.value(), Object.class, () -> {
                        emit.load(Object.class, item);
                        emit.cast(Object.class, Map.Entry.class);
                        emit.virtual(Map.Entry.class, "getValue", Object.class);
                    });
                });
    }

    /** A method that writes what an iterator gives, and how many there are. */
    private String items(
            Class<?> type,
            java.util.function.Consumer<Emitter> iterator,
            java.util.function.Consumer<Emitter> size,
            ObjIntConsumer<Emitter> element)
            throws IllegalAccessException {
        String name = "items" + methods++;
        Emitter emit = new Emitter(target, target.method(STATIC, name, void.class, type, AvroOutput.class), 2);
        MethodVisitor method = emit.raw();
        int left = emit.local(int.class);
        int rest = emit.local(Iterator.class);
        int item = emit.local(Object.class);
        count(emit, 1, "enter");
        emit.load(type, 0);
        size.accept(emit);
        method.visitInsn(Opcodes.DUP);
        emit.store(int.class, left);
        announce(emit);
        iterator.accept(emit);
        emit.store(Iterator.class, rest);
        Label next = new Label();
        Label end = new Label();
        method.visitLabel(next);
        emit.load(Iterator.class, rest);
        emit.virtual(Iterator.class, "hasNext", boolean.class);
        method.visitJumpInsn(Opcodes.IFEQ, end);
        emit.load(Iterator.class, rest);
        emit.virtual(Iterator.class, "next", Object.class);
        emit.store(Object.class, item);
        element.accept(emit, item);
        method.visitIincInsn(left, -1);
        method.visitJumpInsn(Opcodes.GOTO, next);
        method.visitLabel(end);
        finish(emit, () -> emit.load(int.class, left));
        return name;
    }

    private String array(WriteStep.OfList step) throws IllegalAccessException {
        Class<?> type = step.shape().javaType();
        Class<?> elementType = type.getComponentType();
        String name = "items" + methods++;
        Emitter emit = new Emitter(target, target.method(STATIC, name, void.class, type, AvroOutput.class), 2);
        MethodVisitor method = emit.raw();
        int index = emit.local(int.class);
        count(emit, 1, "enter");
        emit.load(type, 0);
        method.visitInsn(Opcodes.ARRAYLENGTH);
        announce(emit);
        emit.push(0);
        emit.store(int.class, index);
        Label next = new Label();
        Label end = new Label();
        method.visitLabel(next);
        emit.load(int.class, index);
        emit.load(type, 0);
        method.visitInsn(Opcodes.ARRAYLENGTH);
        method.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        element(emit, step.element(), elementType, () -> {
            emit.load(type, 0);
            emit.load(int.class, index);
            method.visitInsn(org.objectweb.asm.Type.getType(elementType).getOpcode(Opcodes.IALOAD));
        });
        method.visitIincInsn(index, 1);
        method.visitJumpInsn(Opcodes.GOTO, next);
        method.visitLabel(end);
        finish(emit, () -> emit.push(0));
        return name;
    }

    /** Takes the number of items from the stack. */
    private static void announce(Emitter emit) {
        emit.load(AvroOutput.class, 1);
        emit.raw().visitInsn(Opcodes.SWAP);
        emit.virtual(AvroOutput.class, "writeItems", void.class, int.class);
    }

    private void finish(Emitter emit, Runnable left) {
        emit.load(AvroOutput.class, 1);
        left.run();
        emit.virtual(AvroOutput.class, "writeEnd", void.class, int.class);
        count(emit, 1, "leave");
        emit.raw().visitInsn(Opcodes.RETURN);
        emit.end();
    }

    private void element(Emitter emit, WriteStep step, Class<?> type, Runnable load) {
        try {
            write(emit, 1, step, type, load);
        } catch (IllegalAccessException e) {
            throw new UngeneratableException("no class can be defined: " + e.getMessage(), e);
        }
    }

    private void optional(Emitter emit, int out, WriteStep.OfOptional step, Class<?> type, Runnable load)
            throws IllegalAccessException {
        MethodVisitor method = emit.raw();
        Label absent = new Label();
        Label end = new Label();
        Class<?> javaType = step.shape().javaType();
        Class<?> held = step.shape().wrapped() ? javaType : type;
        int holder = emit.local(held);
        load.run();
        emit.cast(type, held);
        if (javaType == Optional.class) {
            method.visitInsn(Opcodes.ACONST_NULL);
            emit.virtual(Optional.class, "orElse", Object.class, Object.class);
            emit.store(Object.class, holder);
            emit.load(Object.class, holder);
            method.visitJumpInsn(Opcodes.IFNULL, absent);
            write(emit, out, step.present(), Object.class, () -> emit.load(Object.class, holder));
        } else if (step.shape().wrapped()) {
            emit.store(held, holder);
            emit.load(held, holder);
            emit.virtual(held, "isPresent", boolean.class);
            method.visitJumpInsn(Opcodes.IFEQ, absent);
            Class<?> primitive = primitive(held);
            write(emit, out, step.present(), primitive, () -> {
                emit.load(held, holder);
                emit.virtual(
                        held, "getAs" + Emitter.box(primitive).getSimpleName().replace("Integer", "Int"), primitive);
            });
        } else {
            emit.store(held, holder);
            emit.load(held, holder);
            method.visitJumpInsn(Opcodes.IFNULL, absent);
            write(emit, out, step.present(), held, () -> emit.load(held, holder));
        }
        method.visitJumpInsn(Opcodes.GOTO, end);
        method.visitLabel(absent);
        emit.load(AvroOutput.class, out);
        if (step.absent() < 0) {
            method.visitLdcInsn(WriteStep.OfOptional.NO_NULL);
            emit.virtual(AvroOutput.class, "refuse", RuntimeException.class, String.class);
            method.visitInsn(Opcodes.ATHROW);
        } else {
            emit.push(step.absent());
            emit.virtual(AvroOutput.class, "writeInt", void.class, int.class);
        }
        method.visitLabel(end);
    }

    private static Class<?> primitive(Class<?> optional) {
        if (optional == OptionalInt.class) {
            return int.class;
        }
        return optional == OptionalLong.class ? long.class : double.class;
    }

    private void sealed(Emitter emit, int out, WriteStep.OfSealed step, Class<?> type, Runnable load)
            throws IllegalAccessException {
        MethodVisitor method = emit.raw();
        int value = emit.local(type);
        int its = emit.local(Class.class);
        load.run();
        emit.store(type, value);
        emit.load(type, value);
        emit.virtual(Object.class, "getClass", Class.class);
        emit.store(Class.class, its);
        Label end = new Label();
        List<RecordShape> records = step.shape().branches();
        for (int i = 0; i < records.size(); i++) {
            Label other = new Label();
            emit.load(Class.class, its);
            emit.constant(records.get(i).javaType(), Class.class);
            method.visitJumpInsn(Opcodes.IF_ACMPNE, other);
            write(emit, out, step.branches().get(i), type, () -> emit.load(type, value));
            method.visitJumpInsn(Opcodes.GOTO, end);
            method.visitLabel(other);
        }
        emit.load(AvroOutput.class, out);
        method.visitLdcInsn("is none of the permitted records");
        emit.virtual(AvroOutput.class, "refuse", RuntimeException.class, String.class);
        method.visitInsn(Opcodes.ATHROW);
        method.visitLabel(end);
    }

    private void nested(Emitter emit, int out, WriteStep.OfRecord step, Class<?> type, Runnable load)
            throws IllegalAccessException {
        if (step == self) {
            load.run();
            emit.cast(type, step.shape().javaType());
            emit.load(AvroOutput.class, out);
            emit.own("root", void.class, step.shape().javaType(), AvroOutput.class);
            return;
        }
        emit.constant(writers.of(step), GeneratedWriter.class);
        load.run();
        emit.load(AvroOutput.class, out);
        emit.virtual(GeneratedWriter.class, "write", void.class, Object.class, AvroOutput.class);
    }

    private void count(Emitter emit, int out, String step) {
        if (writers.counting) {
            emit.load(AvroOutput.class, out);
            emit.virtual(AvroOutput.class, step, void.class);
        }
    }
}
