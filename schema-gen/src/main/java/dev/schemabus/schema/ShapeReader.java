package dev.schemabus.schema;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shape of a Java type. One reader reads one root type; its errors carry the path from there, such as
 * {@code OrderPlaced.lines[].price}.
 */
final class ShapeReader {

    private static final Map<Class<?>, Scalar> SCALARS = Map.ofEntries(
            Map.entry(boolean.class, Scalar.BOOLEAN),
            Map.entry(Boolean.class, Scalar.BOOLEAN),
            Map.entry(int.class, Scalar.INT),
            Map.entry(Integer.class, Scalar.INT),
            Map.entry(long.class, Scalar.LONG),
            Map.entry(Long.class, Scalar.LONG),
            Map.entry(float.class, Scalar.FLOAT),
            Map.entry(Float.class, Scalar.FLOAT),
            Map.entry(double.class, Scalar.DOUBLE),
            Map.entry(Double.class, Scalar.DOUBLE),
            Map.entry(String.class, Scalar.STRING),
            Map.entry(byte[].class, Scalar.BYTES));

    private final LogicalTypes logicalTypes;
    private final Map<Class<?>, RecordShape> records = new HashMap<>();
    private final Map<String, Class<?>> classByName = new HashMap<>();

    ShapeReader(LogicalTypes logicalTypes) {
        this.logicalTypes = logicalTypes;
    }

    Shape root(Class<?> type) {
        if (type.isRecord()) {
            return record(type, type.getSimpleName());
        }
        if (type.isSealed() && type.isInterface()) {
            return union(type, type.getSimpleName());
        }
        throw new SchemaException(type.getTypeName() + " is not a record: an event is a record, or a sealed interface"
                + " over records. Declare it as 'record " + type.getSimpleName() + "(…)'");
    }

    private Shape read(AnnotatedType use, AnnotatedElement declaration, String path) {
        boolean nullable = isNullable(use) || isNullable(declaration);
        Class<?> type = rawClass(use.getType(), path);
        if (use instanceof AnnotatedArrayType array && isNullable(array.getAnnotatedGenericComponentType())) {
            throw at(path, "@Nullable stands on the array's elements: write 'byte @Nullable []'");
        }
        if (type == Optional.class) {
            UnknownTypes.refuseStrayAnnotations(use, path);
            if (nullable) {
                throw at(path, "an Optional must not be nullable as well: drop @Nullable");
            }
            return new Shape.OfOptional(Optional.class, present(argument(use, 0, path), path));
        }
        Shape shape = readPresent(use, type, path);
        if (!nullable) {
            return shape;
        }
        if (type.isPrimitive()) {
            throw at(path, "the primitive " + type + " can't be null: use its wrapper class, or drop @Nullable");
        }
        return new Shape.OfOptional(type, shape);
    }

    /** The value inside an Optional. */
    private Shape present(AnnotatedType use, String path) {
        Class<?> type = rawClass(use.getType(), path);
        if (type == Optional.class || isNullable(use)) {
            throw at(path, "optional in an optional: one level of absence is all that schemas have, so drop one");
        }
        return readPresent(use, type, path);
    }

    private Shape readPresent(AnnotatedType use, Class<?> type, String path) {
        Scalar scalar = SCALARS.get(type);
        if (scalar != null) {
            UnknownTypes.refuseStrayAnnotations(use, path);
            return new Shape.OfScalar(type, scalar);
        }
        Optional<LogicalType<?>> logical = logicalTypes.forClass(type);
        if (logical.isPresent()) {
            return logical(logical.get(), use, path);
        }
        UnknownTypes.refuseStrayAnnotations(use, path);
        if (type.isEnum()) {
            return enumeration(type, path);
        }
        if (type.isRecord()) {
            return record(type, path);
        }
        if (type == List.class) {
            return new Shape.OfList(element(argument(use, 0, path), path + "[]"));
        }
        if (type == Map.class) {
            if (rawClass(argument(use, 0, path).getType(), path) != String.class) {
                throw at(path, "a map needs String keys, as in Avro (specification, \"Maps\"): use Map<String, …>");
            }
            return new Shape.OfMap(element(argument(use, 1, path), path + "{}"));
        }
        if (type.isSealed() && type.isInterface()) {
            return union(type, path);
        }
        throw at(path, UnknownTypes.remedy(type));
    }

    private Shape element(AnnotatedType use, String path) {
        return read(use, use, path);
    }

    private static Shape logical(LogicalType<?> logical, AnnotatedType use, String path) {
        try {
            return new Shape.OfLogical(logical.javaType(), logical.forms(use));
        } catch (SchemaException e) {
            throw new SchemaException(path + ": " + e.getMessage(), e);
        }
    }

    private Shape.OfEnum enumeration(Class<?> type, String path) {
        Map<Enum<?>, String> symbols = new LinkedHashMap<>();
        List<Enum<?>> unknown = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            Enum<?> symbol = (Enum<?>) constant;
            AnnotatedElement field = field(symbol);
            Name name = field.getAnnotation(Name.class);
            String text = Names.checked(name == null ? symbol.name() : name.value(), path + ": " + symbol.name());
            if (symbols.containsValue(text)) {
                throw at(path, "two constants of " + type.getSimpleName() + " are named " + text + ": change a @Name");
            }
            symbols.put(symbol, text);
            if (field.isAnnotationPresent(EnumDefault.class)) {
                unknown.add(symbol);
            }
        }
        if (symbols.isEmpty()) {
            throw at(path, "the enum " + type.getName() + " has no constants: add one");
        }
        if (unknown.size() > 1) {
            throw at(path, "@EnumDefault stands on " + unknown + " of " + type.getName() + ": keep one");
        }
        String fullName = named(type, path);
        return new Shape.OfEnum(
                type,
                fullName,
                Names.doc(type),
                Names.aliases(type, fullName, path),
                symbols,
                unknown.stream().findFirst());
    }

    private static AnnotatedElement field(Enum<?> constant) {
        try {
            return constant.getDeclaringClass().getField(constant.name());
        } catch (NoSuchFieldException e) {
            throw new LinkageError("an enum constant is a public field", e);
        }
    }

    private Shape.OfUnion union(Class<?> sealed, String path) {
        List<RecordShape> branches = new ArrayList<>();
        collectBranches(sealed, path, branches);
        Map<String, RecordShape> byName = new HashMap<>();
        for (RecordShape branch : branches) {
            RecordShape other = byName.put(Shape.OfUnion.branchName(branch), branch);
            if (other != null) {
                throw at(
                        path,
                        "two records of " + sealed.getSimpleName() + " have the simple name "
                                + Shape.OfUnion.branchName(branch) + ", which JSON tells them apart by ("
                                + other.fullName() + " and " + branch.fullName() + "): rename one with @Name");
            }
        }
        return new Shape.OfUnion(sealed, List.copyOf(branches));
    }

    private void collectBranches(Class<?> sealed, String path, List<RecordShape> branches) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                RecordShape branch = record(permitted, path);
                if (!branches.contains(branch)) {
                    branches.add(branch);
                }
            } else if (permitted.isSealed() && permitted.isInterface()) {
                collectBranches(permitted, path, branches);
            } else {
                throw at(
                        path,
                        sealed.getSimpleName() + " permits " + permitted.getName()
                                + ", which is neither a record nor a sealed interface: make it one");
            }
        }
    }

    private RecordShape record(Class<?> type, String path) {
        RecordShape known = records.get(type);
        if (known != null) {
            return known;
        }
        if (type.getTypeParameters().length > 0) {
            throw at(
                    path,
                    "the generic record " + type.getSimpleName() + " has no stable name yet: write a record"
                            + " without type parameters");
        }
        RecordComponent[] declared = type.getRecordComponents();
        MethodHandles.Lookup lookup = lookup(type, path);
        String fullName = named(type, path);
        RecordShape shape = new RecordShape(
                type,
                fullName,
                Names.doc(type),
                Names.aliases(type, fullName, path),
                constructor(lookup, type, declared));
        records.put(type, shape);
        List<Component> components = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RecordComponent component : declared) {
            Component read = component(component, lookup, path + "." + component.getName());
            if (!names.add(read.name())) {
                throw at(path, "two components are named " + read.name() + ": change a @Name");
            }
            components.add(read);
        }
        for (Component component : components) {
            for (String alias : component.aliases()) {
                if (!names.add(alias)) {
                    throw at(
                            path + "." + component.javaName(),
                            "the alias " + alias + " is already a name or alias in " + type.getSimpleName()
                                    + ": data could mean either, so drop it");
                }
            }
        }
        if (components.stream().filter(Component::key).count() > 1) {
            throw at(path, "@Key stands on more than one component: keep one");
        }
        shape.complete(components);
        return shape;
    }

    private Component component(RecordComponent declared, MethodHandles.Lookup lookup, String path) {
        Name name = declared.getAnnotation(Name.class);
        Shape shape = read(declared.getAnnotatedType(), declared, path);
        Default text = declared.getAnnotation(Default.class);
        boolean key = declared.isAnnotationPresent(Key.class);
        if (key && !(shape instanceof Shape.OfScalar || shape instanceof Shape.OfLogical)) {
            throw at(path, "@Key needs a plain value such as a String, a number or a UUID");
        }
        return new Component(
                declared.getName(),
                Names.checked(name == null ? declared.getName() : name.value(), path),
                Names.doc(declared),
                Names.aliases(declared, path),
                shape,
                text == null ? Optional.empty() : Optional.of(Defaults.parse(text.value(), shape, path)),
                key,
                accessor(lookup, declared));
    }

    /** The name of a type in schemas, once and for one class only. */
    private String named(Class<?> type, String path) {
        String name = Names.fullName(type, path);
        Class<?> other = classByName.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw at(
                    path,
                    type.getName() + " and " + other.getName() + " are both named " + name + ": change one with @Name");
        }
        return name;
    }

    private static MethodHandles.Lookup lookup(Class<?> type, String path) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            SchemaException closed = at(
                    path,
                    type.getName() + " can't be reached: in its module-info write 'opens " + type.getPackageName()
                            + " to dev.schemabus.schema'");
            closed.initCause(e);
            throw closed;
        }
    }

    private static MethodHandle constructor(MethodHandles.Lookup lookup, Class<?> type, RecordComponent[] components) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return lookup.findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("every record has its canonical constructor", e);
        }
    }

    private static MethodHandle accessor(MethodHandles.Lookup lookup, RecordComponent component) {
        try {
            return lookup.unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new LinkageError("a private lookup reaches every accessor", e);
        }
    }

    private static AnnotatedType argument(AnnotatedType use, int index, String path) {
        if (use instanceof AnnotatedParameterizedType parameterized) {
            return parameterized.getAnnotatedActualTypeArguments()[index];
        }
        throw at(path, use.getType().getTypeName() + " is raw: name what it holds, such as List<String>");
    }

    private static Class<?> rawClass(Type type, String path) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            return raw;
        }
        throw at(path, type.getTypeName() + " is not a definite type: name the class it holds");
    }

    /** Any annotation called Nullable counts: JSpecify's, Jakarta's, or a team's own. */
    private static boolean isNullable(@Nullable AnnotatedElement element) {
        return element != null
                && Arrays.stream(element.getAnnotations())
                        .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    private static SchemaException at(String path, String message) {
        return new SchemaException(path + ": " + message);
    }
}
