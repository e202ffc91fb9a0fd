package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import dev.schemabus.schema.UnscaledDecimal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates, for each record of a plan, a class that does what the plan's steps do: it keeps each component in a local variable
 * and calls the canonical constructor itself, boxes nothing and looks nothing up.
 */
final class ReaderClass {

    /** The local variable of every method that reads. */
    private static final int IN = 0;

    private static final int STATIC = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;

    /** In records of more fields, those that aren't plain get methods of their own; see {@link WriterClass}. */
    private static final int FIELDS_INLINE = 60;

    /** The readers of a plan, those that are being generated among them. */
    private static final class Readers {
        private final boolean counting;
        private final Map<ReadStep.OfRecord, GeneratedReader> made = new HashMap<>();

        Readers(boolean counting) {
            this.counting = counting;
        }

        GeneratedReader of(ReadStep.OfRecord record) throws IllegalAccessException {
            GeneratedReader known = made.get(record);
            if (known != null) {
                return known;
            }
            GeneratedReader.Late late = new GeneratedReader.Late();
            made.put(record, late);
            MethodHandles.Lookup host = RecordHost.of(record.shape().javaType());
            GeneratedReader reader = new ReaderClass(host, this).generate(record, made.size() == 1);
            late.bind(reader);
            made.put(record, reader);
            return reader;
        }
    }

    private final HiddenClass target;
    private final Readers readers;
    private final OwnMethods methods = new OwnMethods();

    private ReaderClass(MethodHandles.Lookup host, Readers readers) {
        this.target = new HiddenClass(host, GeneratedReader.class);
        this.readers = readers;
    }

    /**
     * The reader for a plan.
     *
     * @throws UngeneratableException if no class can be generated for it
     */
    static GeneratedReader of(ReadStep plan, Limits limits) {
        Readers readers = new Readers(Nesting.mayExceed(plan, limits.depth()));
        try {
            return plan instanceof ReadStep.OfRecord record
                    ? readers.of(record)
                    : new ReaderClass(MethodHandles.lookup(), readers).generate(plan, true);
        } catch (MethodTooLargeException | ClassTooLargeException e) {
            throw new UngeneratableException("the writer schema has too many fields for a class: " + e.getMessage(), e);
        } catch (IllegalAccessException | LinkageError | UnsupportedOperationException e) {
            throw new UngeneratableException("no class can be defined: " + e, e);
        }
    }

    /** @param root whether it is a decoder */
    private GeneratedReader generate(ReadStep step, boolean root) throws IllegalAccessException {
        Emitter within =
                new Emitter(target, target.method(Opcodes.ACC_PUBLIC, "read", Object.class, AvroInput.class), 2, 1);
        body(within, step);
        within.raw().visitInsn(Opcodes.ARETURN);
        within.end();

        if (root) {
            decode(step);
        }
        return (GeneratedReader) target.instance();
    }

    /** The same once more, so that the compiler of the JVM finds the input made and used in one place, and makes none. */
    private void decode(ReadStep step) throws IllegalAccessException {
        MethodVisitor method =
                target.method(Opcodes.ACC_PUBLIC, "decode", Object.class, byte[].class, int.class, int.class);
        Emitter decode = new Emitter(target, method, 5, 4);
        Runnable payload = () -> {
            decode.load(byte[].class, 1);
            decode.load(int.class, 2);
            decode.load(int.class, 3);
        };
        Emitter.Attempt attempt = decode.attempt(RuntimeException.class, StackOverflowError.class);
        method.visitTypeInsn(Opcodes.NEW, Type.getInternalName(AvroInput.class));
        method.visitInsn(Opcodes.DUP);
        payload.run();
        decode.load(Object.class, 0);
        payload.run();
        decode.virtual(GeneratedReader.class, "limits", Limits.class, byte[].class, int.class, int.class);
        decode.constructor(AvroInput.class, byte[].class, int.class, int.class, Limits.class);
        decode.store(AvroInput.class, decode.slot(IN));
        body(decode, step);
        decode.load(AvroInput.class, decode.slot(IN));
        decode.virtual(AvroInput.class, "requireEnd", void.class);
        method.visitInsn(Opcodes.ARETURN);
        attempt.failed();
        method.visitInsn(Opcodes.POP);
        decode.load(Object.class, 0);
        payload.run();
        decode.virtual(GeneratedReader.class, "again", Object.class, byte[].class, int.class, int.class);
        method.visitInsn(Opcodes.ARETURN);
        decode.end();
    }

    private void body(Emitter emit, ReadStep step) throws IllegalAccessException {
        if (step instanceof ReadStep.OfRecord record) {
            record(emit, record);
        } else {
            read(emit, step, Object.class);
        }
    }

    private void record(Emitter emit, ReadStep.OfRecord step) throws IllegalAccessException {
        RecordShape shape = step.shape();
        Class<?> type = shape.javaType();
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        int[] locals = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            locals[i] = emit.local(types[i]);
        }
        boolean many = step.fields().size() > FIELDS_INLINE;
        count(emit, "enter");
        for (ReadStep.OfRecord.Field field : step.fields()) {
            ReadStep value = field.value();
            if (value == null) {
                skip(emit, Objects.requireNonNull(field.skipped()));
                continue;
            }
            Class<?> wanted = types[field.component()];
            if (many && !(value instanceof ReadStep.OfScalar)) {
                emit.load(AvroInput.class, emit.slot(IN));
                emit.own(methods.of(field, name -> method(name, value, wanted)), wanted, AvroInput.class);
            } else {
                read(emit, value, wanted);
            }
            emit.store(wanted, locals[field.component()]);
        }
        count(emit, "leave");
        MethodVisitor method = emit.raw();
        method.visitTypeInsn(Opcodes.NEW, Type.getInternalName(type));
        method.visitInsn(Opcodes.DUP);
        for (int i = 0; i < types.length; i++) {
            emit.load(types[i], locals[i]);
        }
        method.visitMethodInsn(
                Opcodes.INVOKESPECIAL,
                Type.getInternalName(type),
                "<init>",
                MethodType.methodType(void.class, types).toMethodDescriptorString(),
                false);
    }

    /** A method of its own that reads a value. */
    private void method(String name, ReadStep step, Class<?> wanted) throws IllegalAccessException {
        Emitter emit = new Emitter(target, target.method(STATIC, name, wanted, AvroInput.class), 1);
        read(emit, step, wanted);
        emit.raw().visitInsn(Type.getType(wanted).getOpcode(Opcodes.IRETURN));
        emit.end();
    }

    private static void skip(Emitter emit, SkipStep step) {
        if (step instanceof SkipStep.Bytes bytes) {
            emit.load(AvroInput.class, emit.slot(IN));
            emit.push(bytes.size());
            emit.virtual(AvroInput.class, "skip", void.class, int.class);
        } else if (step instanceof SkipStep.Varint) {
            emit.load(AvroInput.class, emit.slot(IN));
            emit.virtual(AvroInput.class, "skipVarint", void.class);
        } else if (step instanceof SkipStep.Text) {
            emit.load(AvroInput.class, emit.slot(IN));
            emit.virtual(AvroInput.class, "skipString", void.class);
        } else {
            emit.constant(step, Object.class);
            emit.load(AvroInput.class, emit.slot(IN));
            emit.statical(GeneratedReader.class, "skip", void.class, Object.class, AvroInput.class);
        }
    }

    /**
     * Pushes a value.
     *
     * @param wanted the type of what is pushed: a primitive type, or a class or interface that the value is of
     */
    private void read(Emitter emit, ReadStep step, Class<?> wanted) throws IllegalAccessException {
        if (step instanceof ReadStep.OfScalar scalar) {
            Class<?> type = scalar(emit, scalar);
            if (!wanted.isPrimitive()) {
                emit.box(type, wanted);
            }
        } else if (step instanceof ReadStep.OfLogical logical) {
            logical(emit, logical, wanted);
        } else if (step instanceof ReadStep.OfEnum enumeration) {
            emit.constant(enumeration.constants(), Object[].class);
            emit.load(AvroInput.class, emit.slot(IN));
            emit.virtual(AvroInput.class, "readInt", int.class);
            emit.statical(GeneratedReader.class, "constant", Object.class, Object[].class, int.class);
            emit.cast(Object.class, wanted);
        } else if (step instanceof ReadStep.OfList list) {
            Class<?> javaType = list.shape().javaType();
            emit.load(AvroInput.class, emit.slot(IN));
            emit.own(methods.of(list, name -> items(name, list)), Object.class, AvroInput.class);
            emit.cast(Object.class, wanted == Object.class ? wanted : javaType);
        } else if (step instanceof ReadStep.OfMap map) {
            emit.load(AvroInput.class, emit.slot(IN));
            emit.own(methods.of(map, name -> entries(name, map)), Map.class, AvroInput.class);
        } else if (step instanceof ReadStep.Absent absent) {
            absent(emit, absent.shape());
        } else if (step instanceof ReadStep.Present present) {
            present(emit, present, wanted);
        } else if (step instanceof ReadStep.OfUnion union) {
            union(emit, union, wanted);
        } else if (step instanceof ReadStep.Refusal refusal) {
            refuse(emit, refusal.problem());
        } else if (step instanceof ReadStep.OfDefault value) {
            byDefault(emit, value, wanted);
        } else {
            nested(emit, (ReadStep.OfRecord) step, wanted);
        }
    }

    /** @return the type of what it pushes */
    private static Class<?> scalar(Emitter emit, ReadStep.OfScalar step) {
        emit.load(AvroInput.class, emit.slot(IN));
        Class<?> wanted = Emitter.type(step.scalar());
        switch (step.wire()) {
            case STRING, BYTES ->
                emit.virtual(AvroInput.class, step.scalar() == Scalar.STRING ? "readString" : "readBytes", wanted);
            case FIXED -> {
                emit.push(step.size());
                emit.virtual(AvroInput.class, "readFixed", byte[].class, int.class);
            }
            default -> {
                Class<?> wire = Emitter.type(step.wire());
                emit.virtual(AvroInput.class, "read" + Emitter.capitalized(wire.getName()), wire);
                emit.widen(wire, wanted);
            }
        }
        return wanted;
    }

    private static void logical(Emitter emit, ReadStep.OfLogical step, Class<?> wanted) {
        if (step.form().encode() instanceof UnscaledDecimal decimal
                && step.plain().wire() == Scalar.BYTES) {
            emit.load(AvroInput.class, emit.slot(IN));
            emit.push(decimal.scale());
            emit.virtual(AvroInput.class, "readDecimal", BigDecimal.class, int.class);
            return;
        }
        emit.constant(step.form().decode(), Function.class);
        emit.box(scalar(emit, step.plain()), Object.class);
        emit.virtual(Function.class, "apply", Object.class, Object.class);
        emit.statical(Objects.class, "requireNonNull", Object.class, Object.class);
        to(emit, wanted);
    }

    /** Makes an object on the stack one of the wanted type. */
    private static void to(Emitter emit, Class<?> wanted) {
        if (wanted.isPrimitive()) {
            emit.unbox(Object.class, wanted);
        } else {
            emit.cast(Object.class, wanted);
        }
    }

    private void items(String name, ReadStep.OfList step) throws IllegalAccessException {
        Class<?> javaType = step.shape().javaType();
        Class<?> elementType = javaType.isArray() && javaType.getComponentType().isPrimitive()
                ? javaType.getComponentType()
                : Object.class;
        Class<?> arrayType = elementType.arrayType();
        Emitter emit = new Emitter(target, target.method(STATIC, name, Object.class, AvroInput.class), 1);
        MethodVisitor method = emit.raw();
        int items = emit.local(arrayType);
        int size = emit.local(int.class);
        int end = emit.local(int.class);
        count(emit, "enter");
        emit.push(0);
        emit.store(int.class, size);
        readItems(emit, () -> emit.push(0), step.element().leastBytes());
        method.visitInsn(Opcodes.DUP);
        emit.store(int.class, end);
        newArray(method, elementType);
        emit.store(arrayType, items);
        Label next = new Label();
        Label block = new Label();
        Label done = new Label();
        method.visitLabel(next);
        emit.load(int.class, size);
        emit.load(int.class, end);
        method.visitJumpInsn(Opcodes.IF_ICMPGE, block);
        emit.load(arrayType, items);
        emit.load(int.class, size);
        read(emit, step.element(), elementType);
        method.visitInsn(Type.getType(elementType).getOpcode(Opcodes.IASTORE));
        method.visitIincInsn(size, 1);
        method.visitJumpInsn(Opcodes.GOTO, next);
        method.visitLabel(block);
        emit.load(int.class, size);
        method.visitJumpInsn(Opcodes.IFEQ, done); // what had no items has no other block
        readItems(emit, () -> emit.load(int.class, size), step.element().leastBytes());
        method.visitInsn(Opcodes.DUP);
        emit.load(int.class, size);
        method.visitInsn(Opcodes.IADD);
        emit.store(int.class, end);
        method.visitJumpInsn(Opcodes.IFEQ, done);
        emit.load(int.class, end);
        emit.load(arrayType, items);
        method.visitInsn(Opcodes.ARRAYLENGTH);
        method.visitJumpInsn(Opcodes.IF_ICMPLE, next);
        resize(emit, arrayType, items, () -> {
            emit.load(arrayType, items);
            method.visitInsn(Opcodes.ARRAYLENGTH);
            emit.load(int.class, end);
            emit.statical(GeneratedReader.class, "capacity", int.class, int.class, int.class);
        });
        method.visitJumpInsn(Opcodes.GOTO, next);
        method.visitLabel(done);
        count(emit, "leave");
        Label exact = new Label();
        emit.load(int.class, size);
        emit.load(arrayType, items);
        method.visitInsn(Opcodes.ARRAYLENGTH);
        method.visitJumpInsn(Opcodes.IF_ICMPEQ, exact);
        resize(emit, arrayType, items, () -> emit.load(int.class, size));
        method.visitLabel(exact);
        if (elementType.isPrimitive()) {
            emit.load(arrayType, items);
        } else if (javaType.isArray() || javaType == Set.class) {
            emit.constant(step.shape(), Object.class);
            emit.load(arrayType, items);
            emit.statical(GeneratedReader.class, "collection", Object.class, Object.class, Object[].class);
        } else {
            emit.load(arrayType, items);
            emit.statical(GeneratedReader.class, "list", List.class, Object[].class);
        }
        method.visitInsn(Opcodes.ARETURN);
        emit.end();
    }

    private static void resize(Emitter emit, Class<?> arrayType, int array, Runnable size) {
        emit.load(arrayType, array);
        size.run();
        emit.statical(Arrays.class, "copyOf", arrayType, arrayType, int.class);
        emit.store(arrayType, array);
    }

    private static void newArray(MethodVisitor method, Class<?> elementType) {
        if (!elementType.isPrimitive()) {
            method.visitTypeInsn(Opcodes.ANEWARRAY, Type.getInternalName(elementType));
            return;
        }
        method.visitIntInsn(
                Opcodes.NEWARRAY,
                switch (elementType.getName()) {
                    case "boolean" -> Opcodes.T_BOOLEAN;
                    case "byte" -> Opcodes.T_BYTE;
                    case "char" -> Opcodes.T_CHAR;
                    case "short" -> Opcodes.T_SHORT;
                    case "int" -> Opcodes.T_INT;
                    case "long" -> Opcodes.T_LONG;
                    case "float" -> Opcodes.T_FLOAT;
                    default -> Opcodes.T_DOUBLE;
                });
    }

    private void entries(String name, ReadStep.OfMap step) throws IllegalAccessException {
        Emitter emit = new Emitter(target, target.method(STATIC, name, Map.class, AvroInput.class), 1);
        MethodVisitor method = emit.raw();
        int map = emit.local(Map.class);
        int size = emit.local(int.class);
        int end = emit.local(int.class);
        count(emit, "enter");
        emit.push(0);
        emit.store(int.class, size);
        readItems(emit, () -> emit.push(0), step.leastEntryBytes());
        method.visitInsn(Opcodes.DUP);
        emit.store(int.class, end);
        emit.statical(GeneratedReader.class, "map", Map.class, int.class);
        emit.store(Map.class, map);
        Label next = new Label();
        Label block = new Label();
        Label done = new Label();
        method.visitLabel(next);
        emit.load(int.class, size);
        emit.load(int.class, end);
        method.visitJumpInsn(Opcodes.IF_ICMPGE, block);
        emit.load(Map.class, map);
        key(emit, step.shape());
        read(emit, step.value(), Object.class);
        emit.virtual(Map.class, "put", Object.class, Object.class, Object.class);
        method.visitInsn(Opcodes.POP);
        method.visitIincInsn(size, 1);
        method.visitJumpInsn(Opcodes.GOTO, next);
        method.visitLabel(block);
        emit.load(int.class, size);
        method.visitJumpInsn(Opcodes.IFEQ, done);
        readItems(emit, () -> emit.load(int.class, size), step.leastEntryBytes());
        method.visitInsn(Opcodes.DUP);
        emit.load(int.class, size);
        method.visitInsn(Opcodes.IADD);
        emit.store(int.class, end);
        method.visitJumpInsn(Opcodes.IFNE, next);
        method.visitLabel(done);
        count(emit, "leave");
        emit.load(Map.class, map);
        emit.load(int.class, size);
        emit.statical(GeneratedReader.class, "sealed", Map.class, Map.class, int.class);
        method.visitInsn(Opcodes.ARETURN);
        emit.end();
    }

    private static void key(Emitter emit, Shape.OfMap shape) {
        boolean plain = Values.isText(shape.key());
        if (!plain) {
            emit.constant(shape.keyText().decode(), Function.class);
        }
        emit.load(AvroInput.class, emit.slot(IN));
        emit.virtual(AvroInput.class, "readString", String.class);
        if (!plain) {
            emit.virtual(Function.class, "apply", Object.class, Object.class);
            emit.statical(Objects.class, "requireNonNull", Object.class, Object.class);
        }
    }

    private static void readItems(Emitter emit, Runnable before, int leastBytes) {
        emit.load(AvroInput.class, emit.slot(IN));
        before.run();
        emit.push(leastBytes);
        emit.virtual(AvroInput.class, "readItems", int.class, int.class, int.class);
    }

    private static void absent(Emitter emit, Shape.OfOptional shape) {
        if (shape.wrapped()) {
            emit.statical(shape.javaType(), "empty", shape.javaType());
        } else {
            emit.raw().visitInsn(Opcodes.ACONST_NULL);
        }
    }

    private void present(Emitter emit, ReadStep.Present step, Class<?> wanted) throws IllegalAccessException {
        Class<?> javaType = step.shape().javaType();
        if (!step.shape().wrapped()) {
            read(emit, step.value(), wanted);
        } else if (javaType == Optional.class) {
            read(emit, step.value(), Object.class);
            emit.statical(Optional.class, "of", Optional.class, Object.class);
        } else {
            Class<?> primitive = javaType == OptionalInt.class
                    ? int.class
                    : javaType == OptionalLong.class ? long.class : double.class;
            read(emit, step.value(), primitive);
            emit.statical(javaType, "of", javaType, primitive);
        }
    }

    private void union(Emitter emit, ReadStep.OfUnion step, Class<?> wanted) throws IllegalAccessException {
        MethodVisitor method = emit.raw();
        int branches = step.branches().size();
        Label[] labels = new Label[branches];
        Arrays.setAll(labels, i -> new Label());
        Label none = new Label();
        Label end = new Label();
        int result = emit.local(wanted);
        emit.load(AvroInput.class, emit.slot(IN));
        emit.virtual(AvroInput.class, "readInt", int.class);
        if (branches > 0) {
            method.visitTableSwitchInsn(0, branches - 1, none, labels);
        } else {
            method.visitInsn(Opcodes.POP);
        }
        for (int i = 0; i < branches; i++) {
            method.visitLabel(labels[i]);
            ReadStep branch = step.branches().get(i);
            read(emit, branch, wanted);
            if (!(branch instanceof ReadStep.Refusal)) {
                emit.store(wanted, result);
                method.visitJumpInsn(Opcodes.GOTO, end);
            }
        }
        method.visitLabel(none);
        refuse(emit, "no such branch");
        method.visitLabel(end);
        emit.load(wanted, result);
    }

    private static void refuse(Emitter emit, String problem) {
        emit.load(AvroInput.class, emit.slot(IN));
        emit.raw().visitLdcInsn(problem);
        emit.virtual(AvroInput.class, "refuse", RuntimeException.class, String.class);
        emit.raw().visitInsn(Opcodes.ATHROW);
    }

    private static void byDefault(Emitter emit, ReadStep.OfDefault step, Class<?> wanted) {
        boolean constant = step.shape() instanceof Shape.OfEnum
                || (step.shape() instanceof Shape.OfScalar scalar && scalar.scalar() != Scalar.BYTES);
        if (constant) {
            emit.constant(step.value(), Object.class);
        } else {
            Supplier<Object> fresh = step::fresh;
            emit.constant(fresh, Supplier.class);
            emit.virtual(Supplier.class, "get", Object.class);
        }
        to(emit, wanted);
    }

    private void nested(Emitter emit, ReadStep.OfRecord step, Class<?> wanted) throws IllegalAccessException {
        emit.constant(readers.of(step), GeneratedReader.class);
        emit.load(AvroInput.class, emit.slot(IN));
        emit.virtual(GeneratedReader.class, "read", Object.class, AvroInput.class);
        emit.cast(Object.class, wanted);
    }

    private void count(Emitter emit, String step) {
        if (readers.counting) {
            emit.load(AvroInput.class, emit.slot(IN));
            emit.virtual(AvroInput.class, step, void.class);
        }
    }
}
