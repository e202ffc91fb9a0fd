package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
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
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates, for each record of a plan, a class that does what the plan's steps do: it calls the accessors themselves, boxes
 * nothing and looks nothing up.
 */
final class WriterClass {

    /** The compiler of the JVM leaves methods beyond 8,000 bytes to its interpreter; a field takes 40 at most. */
    private static final int FIELDS_PER_METHOD = 100;

    private static final int STATIC = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC;

    // the local variables of every method that writes
    private static final int VALUE = 0;
    private static final int OUT = 1;
    private static final int TO = 2;
    private static final int AT = 3;

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
            GeneratedWriter writer =
                    new WriterClass(RecordHost.of(type), this).generate(type, record, made.size() == 1);
            late.bind(writer);
            made.put(record, writer);
            return writer;
        }
    }

    private final HiddenClass target;
    private final Writers writers;
    private final OwnMethods methods = new OwnMethods();

    private WriterClass(MethodHandles.Lookup host, Writers writers) {
        this.target = new HiddenClass(host, GeneratedWriter.class);
        this.writers = writers;
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
                    : new WriterClass(MethodHandles.lookup(), writers).generate(Object.class, plan, true);
        } catch (MethodTooLargeException | ClassTooLargeException e) {
            throw new UngeneratableException("the writer schema has too many fields for a class: " + e.getMessage(), e);
        } catch (IllegalAccessException | LinkageError | UnsupportedOperationException e) {
            throw new UngeneratableException("no class can be defined: " + e, e);
        }
    }

    /** @param root whether it is an encoder */
    private GeneratedWriter generate(Class<?> type, WriteStep step, boolean root) throws IllegalAccessException {
        MethodVisitor method = target.method(
                Opcodes.ACC_PUBLIC, "write", int.class, Object.class, AvroOutput.class, byte[].class, int.class);
        Emitter emit = new Emitter(target, method, 5, 1);
        emit.load(Object.class, 1);
        emit.cast(Object.class, type);
        emit.store(type, emit.slot(VALUE));
        body(emit, step, type);
        end(emit);
        if (root) {
            encode(type, step);
        }
        return (GeneratedWriter) target.instance();
    }

    /** The same once more, with all that comes before and after it: one method less to call for each value. */
    private void encode(Class<?> type, WriteStep step) throws IllegalAccessException {
        MethodVisitor method = target.method(Opcodes.ACC_PUBLIC, "encode", byte[].class, Object.class, int.class);
        Emitter emit = new Emitter(target, method, 7, 3);
        emit.load(Object.class, 0);
        emit.virtual(GeneratedWriter.class, "room", byte[].class);
        emit.store(byte[].class, emit.slot(TO));
        Emitter.Attempt attempt = emit.attempt(Throwable.class);
        emit.load(Object.class, 0);
        emit.virtual(GeneratedWriter.class, "output", AvroOutput.class);
        emit.store(AvroOutput.class, emit.slot(OUT));
        emit.push(Scratch.START);
        emit.store(int.class, emit.slot(AT));
        emit.load(Object.class, 1);
        emit.cast(Object.class, type);
        emit.store(type, emit.slot(VALUE));
        body(emit, step, type);
        emit.load(Object.class, 0);
        emit.load(byte[].class, emit.slot(TO));
        emit.load(int.class, 2);
        emit.load(int.class, emit.slot(AT));
        emit.virtual(GeneratedWriter.class, "finish", byte[].class, byte[].class, int.class, int.class);
        method.visitInsn(Opcodes.ARETURN);
        attempt.failed();
        int failure = emit.local(Throwable.class);
        emit.store(Throwable.class, failure);
        emit.load(Object.class, 0);
        emit.load(Object.class, 1);
        emit.load(int.class, 2);
        emit.load(byte[].class, emit.slot(TO));
        emit.load(Throwable.class, failure);
        emit.virtual(
                GeneratedWriter.class, "again", byte[].class, Object.class, int.class, byte[].class, Throwable.class);
        method.visitInsn(Opcodes.ARETURN);
        emit.end();
    }

    private void body(Emitter emit, WriteStep step, Class<?> type) throws IllegalAccessException {
        if (step instanceof WriteStep.OfRecord record) {
            record(emit, type, record.fields());
        } else {
            write(emit, step, type, () -> emit.load(type, emit.slot(VALUE)));
        }
    }

    /** A method that writes a value: it takes the value, the output, the array and the place, and gives the place after it. */
    private Emitter method(String name, Class<?> type) {
        return new Emitter(
                target,
                target.method(STATIC, name, int.class, type, AvroOutput.class, byte[].class, int.class),
                AT + 1);
    }

    private static void end(Emitter emit) {
        emit.load(int.class, emit.slot(AT));
        emit.raw().visitInsn(Opcodes.IRETURN);
        emit.end();
    }

    /** Calls such a method for the value on the stack. */
    private static void call(Emitter emit, String method, Class<?> type) {
        emit.load(AvroOutput.class, emit.slot(OUT));
        emit.load(byte[].class, emit.slot(TO));
        emit.load(int.class, emit.slot(AT));
        emit.own(method, int.class, type, AvroOutput.class, byte[].class, int.class);
        emit.store(int.class, emit.slot(AT));
    }

    /** Pushes where to write; what is to be written follows, then {@link #put}. */
    private static void place(Emitter emit) {
        emit.load(byte[].class, emit.slot(TO));
        emit.load(int.class, emit.slot(AT));
    }

    /** Calls a static method of the output. */
    private static void put(Emitter emit, String method, Class<?>... parameters) {
        emit.statical(AvroOutput.class, method, int.class, withPlace(parameters));
        emit.store(int.class, emit.slot(AT));
    }

    /** Calls a method of the output, which was pushed before the place. */
    private static void putWithin(Emitter emit, String method, Class<?>... parameters) {
        emit.virtual(AvroOutput.class, method, int.class, withPlace(parameters));
        emit.store(int.class, emit.slot(AT));
    }

    private static Class<?>[] withPlace(Class<?>[] parameters) {
        return Stream.concat(Stream.of(byte[].class, int.class), Stream.of(parameters))
                .toArray(Class<?>[]::new);
    }

    private void record(Emitter emit, Class<?> type, List<WriteStep.OfRecord.Field> fields)
            throws IllegalAccessException {
        emit.load(type, emit.slot(VALUE));
        emit.statical(Objects.class, "requireNonNull", Object.class, Object.class);
        emit.raw().visitInsn(Opcodes.POP);
        count(emit, "enter");
        if (fields.size() <= FIELDS_PER_METHOD) {
            for (WriteStep.OfRecord.Field field : fields) {
                field(emit, type, field);
            }
        } else {
            for (int from = 0; from < fields.size(); from += FIELDS_PER_METHOD) {
                List<WriteStep.OfRecord.Field> some =
                        fields.subList(from, Math.min(fields.size(), from + FIELDS_PER_METHOD));
                emit.load(type, emit.slot(VALUE));
                call(emit, methods.of(some.get(0), name -> fields(name, type, some)), type);
            }
        }
        count(emit, "leave");
    }

    private void fields(String name, Class<?> type, List<WriteStep.OfRecord.Field> some) throws IllegalAccessException {
        Emitter emit = method(name, type);
        for (WriteStep.OfRecord.Field field : some) {
            field(emit, type, field);
        }
        end(emit);
    }

    private void field(Emitter emit, Class<?> type, WriteStep.OfRecord.Field field) throws IllegalAccessException {
        Component component = field.component();
        if (component == null || field.value() == null) {
            place(emit);
            emit.constant(Objects.requireNonNull(field.constant()), byte[].class);
            put(emit, "writeRaw", byte[].class);
            return;
        }
        Class<?> componentType = componentType(type, component);
        write(emit, field.value(), componentType, () -> {
            emit.load(type, emit.slot(VALUE));
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
     * @param load pushes the value; is called once
     * @param type the type of what it pushes
     */
    private void write(Emitter emit, WriteStep step, Class<?> type, Runnable load) throws IllegalAccessException {
        if (step instanceof WriteStep.OfScalar scalar) {
            scalar(emit, scalar, type, load);
        } else if (step instanceof WriteStep.OfLogical logical) {
            logical(emit, logical, type, load);
        } else if (step instanceof WriteStep.OfEnum enumeration) {
            enumeration(emit, enumeration, type, load);
        } else if (step instanceof WriteStep.OfList list) {
            Class<?> javaType = list.shape().javaType();
            load.run();
            emit.cast(type, javaType);
            call(
                    emit,
                    methods.of(list, javaType.isArray() ? name -> array(name, list) : name -> collection(name, list)),
                    javaType);
        } else if (step instanceof WriteStep.OfMap map) {
            load.run();
            emit.cast(type, Map.class);
            call(emit, methods.of(map, name -> map(name, map)), Map.class);
        } else if (step instanceof WriteStep.OfOptional optional) {
            optional(emit, optional, type, load);
        } else if (step instanceof WriteStep.Branch branch) {
            index(emit, branch.index());
            write(emit, branch.step(), type, load);
        } else if (step instanceof WriteStep.OfSealed sealed) {
            sealed(emit, sealed, type, load);
        } else {
            nested(emit, (WriteStep.OfRecord) step, load);
        }
    }

    private static void index(Emitter emit, int index) {
        place(emit);
        emit.push(index);
        put(emit, "writeInt", int.class);
    }

    private static void scalar(Emitter emit, WriteStep.OfScalar step, Class<?> type, Runnable load) {
        switch (step.scalar()) {
            case STRING, BYTES -> {
                Class<?> wanted = Emitter.type(step.scalar());
                emit.load(AvroOutput.class, emit.slot(OUT));
                place(emit);
                load.run();
                emit.cast(type, wanted);
                putWithin(emit, step.scalar() == Scalar.STRING ? "writeString" : "writeBytes", wanted);
            }
            case FIXED -> {
                place(emit);
                load.run();
                emit.cast(type, byte[].class);
                emit.push(step.size());
                put(emit, "writeFixed", byte[].class, int.class);
            }
            default -> {
                Class<?> wanted = Emitter.type(step.scalar());
                Class<?> wire = Emitter.type(step.wire());
                place(emit);
                load.run();
                emit.unbox(type, wanted);
                emit.widen(wanted, wire);
                put(emit, "write" + Emitter.capitalized(wire.getName()), wire);
            }
        }
    }

    private static void logical(Emitter emit, WriteStep.OfLogical step, Class<?> type, Runnable load) {
        Function<?, ?> form = step.form().encode();
        if (form instanceof UnscaledDecimal decimal && step.plain().scalar() == Scalar.BYTES) {
            emit.load(AvroOutput.class, emit.slot(OUT));
            place(emit);
            load.run();
            emit.cast(type, BigDecimal.class);
            emit.constant(form, Function.class);
            emit.push(decimal.precision());
            emit.push(decimal.scale());
            putWithin(emit, "writeDecimal", BigDecimal.class, Function.class, int.class, int.class);
            return;
        }
        scalar(
                emit,
                step.plain(),
                Object.class,
                () -> applied(emit, form, () -> {
                    load.run();
                    emit.box(type, Object.class);
                }));
    }

    /** Pushes what a function makes of an object, which must not be null. */
    private static void applied(Emitter emit, Function<?, ?> function, Runnable load) {
        emit.constant(function, Function.class);
        load.run();
        emit.statical(Objects.class, "requireNonNull", Object.class, Object.class);
        emit.virtual(Function.class, "apply", Object.class, Object.class);
    }

    private static void enumeration(Emitter emit, WriteStep.OfEnum step, Class<?> type, Runnable load) {
        Class<?> javaType = step.shape().javaType();
        place(emit);
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
            put(emit, "writeInt", int.class);
        } else {
            emit.raw().visitInsn(Opcodes.IALOAD);
            put(emit, "writeSymbol", int.class);
        }
    }

    private void collection(String name, WriteStep.OfList step) {
        Class<?> javaType = step.shape().javaType();
        items(
                name,
                javaType,
                emit -> emit.virtual(Collection.class, "size", int.class),
                emit -> emit.virtual(Collection.class, "iterator", Iterator.class),
                (emit, item) -> element(emit, step.element(), Object.class, () -> emit.load(Object.class, item)));
    }

    private void map(String name, WriteStep.OfMap step) {
        items(
                name,
                Map.class,
                emit -> emit.virtual(Map.class, "size", int.class),
                emit -> {
                    emit.virtual(Map.class, "entrySet", Set.class);
                    emit.virtual(Set.class, "iterator", Iterator.class);
                },
                (emit, item) -> {
                    Shape.OfMap shape = step.shape();
                    emit.load(AvroOutput.class, emit.slot(OUT));
                    place(emit);
                    if (Values.isText(shape.key())) {
                        entry(emit, item, "getKey");
                    } else {
                        applied(emit, shape.keyText().encode(), () -> entry(emit, item, "getKey"));
                    }
                    emit.cast(Object.class, String.class);
                    putWithin(emit, "writeString", String.class);
                    element(emit, step.value(), Object.class, () -> entry(emit, item, "getValue"));
                });
    }

    private static void entry(Emitter emit, int item, String part) {
        emit.load(Object.class, item);
        emit.cast(Object.class, Map.Entry.class);
        emit.virtual(Map.Entry.class, part, Object.class);
    }

    /**
     * A method that writes what an iterator gives, and how many there are.
     *
     * @param size from the value on the stack to its size
     * @param iterator from the value on the stack to its iterator
     * @param element writes what is in the local variable of the given number
     */
    private void items(
            String name,
            Class<?> type,
            Consumer<Emitter> size,
            Consumer<Emitter> iterator,
            ObjIntConsumer<Emitter> element) {
        Emitter emit = method(name, type);
        MethodVisitor method = emit.raw();
        int left = emit.local(int.class);
        int rest = emit.local(Iterator.class);
        int item = emit.local(Object.class);
        count(emit, "enter");
        emit.load(type, emit.slot(VALUE));
        size.accept(emit);
        emit.store(int.class, left);
        announce(emit, () -> emit.load(int.class, left));
        emit.load(type, emit.slot(VALUE));
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
    }

    private void array(String name, WriteStep.OfList step) {
        Class<?> type = step.shape().javaType();
        Class<?> elementType = type.getComponentType();
        Emitter emit = method(name, type);
        MethodVisitor method = emit.raw();
        int index = emit.local(int.class);
        Runnable length = () -> {
            emit.load(type, emit.slot(VALUE));
            method.visitInsn(Opcodes.ARRAYLENGTH);
        };
        count(emit, "enter");
        announce(emit, length);
        emit.push(0);
        emit.store(int.class, index);
        Label next = new Label();
        Label end = new Label();
        method.visitLabel(next);
        emit.load(int.class, index);
        length.run();
        method.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        element(emit, step.element(), elementType, () -> {
            emit.load(type, emit.slot(VALUE));
            emit.load(int.class, index);
            method.visitInsn(Type.getType(elementType).getOpcode(Opcodes.IALOAD));
        });
        method.visitIincInsn(index, 1);
        method.visitJumpInsn(Opcodes.GOTO, next);
        method.visitLabel(end);
        finish(emit, () -> emit.push(0));
    }

    private static void announce(Emitter emit, Runnable count) {
        emit.load(AvroOutput.class, emit.slot(OUT));
        place(emit);
        count.run();
        putWithin(emit, "writeItems", int.class);
    }

    private void finish(Emitter emit, Runnable left) {
        count(emit, "leave");
        place(emit);
        left.run();
        put(emit, "writeEnd", int.class);
        end(emit);
    }

    private void element(Emitter emit, WriteStep step, Class<?> type, Runnable load) {
        try {
            write(emit, step, type, load);
        } catch (IllegalAccessException e) {
            throw new UngeneratableException("no class can be defined: " + e.getMessage(), e);
        }
    }

    private void optional(Emitter emit, WriteStep.OfOptional step, Class<?> type, Runnable load)
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
            write(emit, step.present(), Object.class, () -> emit.load(Object.class, holder));
        } else if (step.shape().wrapped()) {
            emit.store(held, holder);
            emit.load(held, holder);
            emit.virtual(held, "isPresent", boolean.class);
            method.visitJumpInsn(Opcodes.IFEQ, absent);
            Class<?> primitive = primitive(held);
            write(emit, step.present(), primitive, () -> {
                emit.load(held, holder);
                emit.virtual(
                        held, "getAs" + Emitter.box(primitive).getSimpleName().replace("Integer", "Int"), primitive);
            });
        } else {
            emit.store(held, holder);
            emit.load(held, holder);
            method.visitJumpInsn(Opcodes.IFNULL, absent);
            write(emit, step.present(), held, () -> emit.load(held, holder));
        }
        method.visitJumpInsn(Opcodes.GOTO, end);
        method.visitLabel(absent);
        if (step.absent() < 0) {
            refuse(emit, WriteStep.OfOptional.NO_NULL);
        } else {
            index(emit, step.absent());
        }
        method.visitLabel(end);
    }

    private static Class<?> primitive(Class<?> optional) {
        if (optional == OptionalInt.class) {
            return int.class;
        }
        return optional == OptionalLong.class ? long.class : double.class;
    }

    private void sealed(Emitter emit, WriteStep.OfSealed step, Class<?> type, Runnable load)
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
            write(emit, step.branches().get(i), type, () -> emit.load(type, value));
            method.visitJumpInsn(Opcodes.GOTO, end);
            method.visitLabel(other);
        }
        refuse(emit, "is none of the permitted records");
        method.visitLabel(end);
    }

    private static void refuse(Emitter emit, String problem) {
        emit.load(AvroOutput.class, emit.slot(OUT));
        emit.raw().visitLdcInsn(problem);
        emit.virtual(AvroOutput.class, "refuse", RuntimeException.class, String.class);
        emit.raw().visitInsn(Opcodes.ATHROW);
    }

    private void nested(Emitter emit, WriteStep.OfRecord step, Runnable load) throws IllegalAccessException {
        emit.constant(writers.of(step), GeneratedWriter.class);
        load.run();
        emit.load(AvroOutput.class, emit.slot(OUT));
        place(emit);
        emit.virtual(
                GeneratedWriter.class, "write", int.class, Object.class, AvroOutput.class, byte[].class, int.class);
        emit.store(int.class, emit.slot(AT));
    }

    private void count(Emitter emit, String step) {
        if (writers.counting) {
            emit.load(AvroOutput.class, emit.slot(OUT));
            emit.virtual(AvroOutput.class, step, void.class);
        }
    }
}
