package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** A generic record within itself, each time with other type arguments, would go on for ever. */
    private static final int MAX_EXPANSIONS = 16;

    private final LogicalTypes logicalTypes;
    private final Map<TypeNames.RecordUse, RecordShape> records = new LinkedHashMap<>();
    private final TypeNames names = new TypeNames();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    ShapeReader(LogicalTypes logicalTypes) {
        this.logicalTypes = logicalTypes;
    }

    Shape root(Class<?> type) {
        String path = type.getSimpleName();
        if (type.isAnnotationPresent(Value.class)) {
            throw at(path, "a @Value record is written as a plain value, and an event is a record: drop @Value");
        }
        if (type.isRecord()) {
            if (type.getTypeParameters().length > 0) {
                throw at(
                        path,
                        "the generic record doesn't say what its type parameters stand for: declare a record that does,"
                                + " such as 'record Orders(" + type.getSimpleName() + "<Order> value)'");
            }
            return checked(record(type, Bindings.NONE, path));
        }
        if (type.isSealed() && type.isInterface()) {
            return checked(union(type, Bindings.NONE, path));
        }
        throw new SchemaException(type.getTypeName() + " is not a record: an event is a record, or a sealed interface"
                + " over records. Declare it as 'record " + type.getSimpleName() + "(…)'");
    }

    /** What can only be seen when all types are known. */
    private Shape checked(Shape root) {
        for (RecordShape endless : FiniteValues.endless(records.values())) {
            throw at(
                    endless.javaType().getSimpleName(),
                    "every value of this record holds another one, without end: make the component that leads back"
                            + " to it an Optional or a List");
        }
        names.checkAliases();
        return root;
    }

    /** @param declaration where annotations that don't stand on types are found */
    private Shape read(TypeUse use, AnnotatedElement declaration, String path) {
        boolean nullable = use.nullable() || TypeUse.isDeclaredNullable(declaration);
        Class<?> type = use.raw(path);
        OptionalKind optional = OptionalKind.of(type);
        if (optional != null) {
            StrayAnnotations.refuse(use.annotated(), path);
            if (nullable) {
                throw at(path, "an Optional must not be nullable as well: drop @Nullable");
            }
            return new Shape.OfOptional(
                    type,
                    optional == OptionalKind.OPTIONAL
                            ? inOptional(use.argument(0, path), path)
                            : new Shape.OfScalar(
                                    optional.held(), Objects.requireNonNull(SCALARS.get(optional.held()))));
        }
        Shape shape = present(use, type, path);
        if (!nullable) {
            return shape;
        }
        if (type.isPrimitive()) {
            throw at(path, "the primitive " + type + " can't be null: use its wrapper class, or drop @Nullable");
        }
        return new Shape.OfOptional(type, shape);
    }

    /** The value inside an Optional. */
    private Shape inOptional(TypeUse use, String path) {
        Class<?> type = use.raw(path);
        if (OptionalKind.of(type) != null || use.nullable()) {
            throw at(path, "optional in an optional: one level of absence is all that schemas have, so drop one");
        }
        return present(use, type, path);
    }

    private Shape present(TypeUse use, Class<?> type, String path) {
        Scalar scalar = SCALARS.get(type);
        if (scalar != null) {
            StrayAnnotations.refuse(use.annotated(), path);
            refuseNullableBytes(use, type, path);
            return new Shape.OfScalar(type, scalar);
        }
        Optional<LogicalType<?>> logical = logicalTypes.forClass(type);
        if (logical.isPresent()) {
            return logical(logical.get(), use.annotated(), type, path);
        }
        StrayAnnotations.refuse(use.annotated(), path);
        if (type.isEnum()) {
            return enumeration(type, path);
        }
        if (type.isRecord()) {
            Bindings bindings = Bindings.of(use, type, path);
            return type.isAnnotationPresent(Value.class) ? value(type, bindings, path) : record(type, bindings, path);
        }
        if (type == List.class || type == Set.class || type == Collection.class) {
            return list(type, element(use.argument(0, path), path + "[]"), path);
        }
        if (type.isArray()) {
            return new Shape.OfList(type, element(use.element(path), path + "[]"));
        }
        if (type == Map.class) {
            return map(use, path);
        }
        if (type.isSealed() && type.isInterface()) {
            return union(type, Bindings.of(use, type, path), path);
        }
        throw at(path, UnknownTypes.remedy(type));
    }

    private static void refuseNullableBytes(TypeUse use, Class<?> type, String path) {
        if (type.isArray() && use.element(path).nullable()) {
            throw at(path, "@Nullable stands on the array's elements: write 'byte @Nullable []'");
        }
    }

    private Shape element(TypeUse use, String path) {
        return read(use, use.annotated(), path);
    }

    private static Shape list(Class<?> type, Shape element, String path) {
        if (type == Set.class && element.javaType().isArray()) {
            throw at(
                    path,
                    "a Set tells values apart by equals, and no "
                            + element.javaType().getSimpleName()
                            + " equals another: use List, or a Set of a type that is written alike, such as ByteBuffer"
                            + " for byte[]");
        }
        return new Shape.OfList(type, element);
    }

    private Shape map(TypeUse use, String path) {
        Shape key = element(use.argument(0, path), path + "{key}");
        Shape value = element(use.argument(1, path), path + "{}");
        return KeyTexts.of(key)
                .map(text -> new Shape.OfMap(key, text, value))
                .orElseThrow(() -> at(
                        path,
                        "keys of a map are written as texts, and "
                                + (key instanceof Shape.OfOptional
                                        ? "an absent key"
                                        : key.javaType().getSimpleName())
                                + " has no text of its own: use String, an enum, a whole number, UUID, LocalDate or"
                                + " another type written as text, or a List of records with a key and a value"));
    }

    private static Shape logical(LogicalType<?> logical, AnnotatedType use, Class<?> type, String path) {
        try {
            return new Shape.OfLogical(type, logical.forms(use));
        } catch (SchemaException e) {
            throw new SchemaException(path + ": " + e.getMessage(), e);
        }
    }

    private Shape value(Class<?> type, Bindings bindings, String path) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != 1) {
            throw at(
                    path,
                    "@Value writes a record as its one component, and " + type.getSimpleName() + " has "
                            + components.length + ": drop @Value");
        }
        if (type.isAnnotationPresent(Name.class) || type.isAnnotationPresent(Aliases.class)) {
            throw at(
                    path,
                    "@Name and @Aliases say nothing about " + type.getSimpleName() + ": a @Value record has no"
                            + " name in schemas, so drop them");
        }
        if (open.contains(type)) {
            throw at(path, "the @Value record " + type.getSimpleName() + " holds itself: no value ends it");
        }
        open.push(type);
        String inside = path + "." + components[0].getName();
        Shape inner = read(TypeUse.of(components[0].getAnnotatedType(), bindings, inside), components[0], inside);
        open.pop();
        return ValueClasses.shape(type, inner, path);
    }

    private Shape.OfEnum enumeration(Class<?> type, String path) {
        String fullName = Names.fullName(type, path);
        names.add(fullName, type, path);
        Shape.OfEnum shape = Enums.shape(type, fullName, path);
        names.addAliases(shape.aliases(), fullName);
        return shape;
    }

    private Shape.OfUnion union(Class<?> sealed, Bindings bindings, String path) {
        if (sealed.isAnnotationPresent(Aliases.class)) {
            throw at(
                    path,
                    "@Aliases says nothing about " + sealed.getSimpleName() + ": data names the records that a"
                            + " sealed interface permits, never the interface, so put it on them");
        }
        List<RecordShape> branches = new ArrayList<>();
        collectBranches(sealed, bindings, path, branches);
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
        return new Shape.OfUnion(sealed, Names.fullName(sealed, path), Names.doc(sealed), List.copyOf(branches));
    }

    private void collectBranches(Class<?> sealed, Bindings bindings, String path, List<RecordShape> branches) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            Bindings inner = bindings.inheritedBy(permitted, sealed);
            if (permitted.isAnnotationPresent(Value.class)) {
                throw at(
                        path,
                        permitted.getSimpleName() + " is one of " + sealed.getSimpleName()
                                + " and can't be written as a plain value there: drop @Value");
            }
            if (permitted.isRecord()) {
                RecordShape branch = record(permitted, inner, path);
                if (!branches.contains(branch)) {
                    branches.add(branch);
                }
            } else if (permitted.isSealed() && permitted.isInterface()) {
                collectBranches(permitted, inner, path, branches);
            } else {
                throw at(
                        path,
                        sealed.getSimpleName() + " permits " + permitted.getName()
                                + ", which is neither a record nor a sealed interface: make it one");
            }
        }
    }

    private RecordShape record(Class<?> type, Bindings bindings, String path) {
        List<TypeUse> arguments = bindings.arguments(type, path);
        TypeNames.RecordUse key = new TypeNames.RecordUse(
                type, arguments.stream().map(use -> use.signature(path)).toList());
        RecordShape known = records.get(key);
        if (known != null) {
            return known;
        }
        if (Collections.frequency(open, type) >= MAX_EXPANSIONS) {
            throw at(
                    type.getSimpleName(),
                    "this generic record holds itself, each time with other type arguments, and never ends: hold it"
                            + " with the same ones");
        }
        Members members = Members.of(type, path);
        String suffix =
                arguments.stream().map(use -> "_" + use.nameInNames(path)).collect(Collectors.joining());
        String fullName = Names.fullName(type, path) + suffix;
        names.add(fullName, key, path);
        RecordShape shape = new RecordShape(
                type,
                fullName,
                Names.doc(type),
                // Earlier names of a generic record had the same type arguments.
                Names.aliases(type, fullName, path).stream()
                        .map(alias -> alias + suffix)
                        .toList(),
                members.constructor());
        records.put(key, shape);
        names.addAliases(shape.aliases(), fullName);
        open.push(type);
        shape.complete(components(type, members, bindings, path));
        open.pop();
        return shape;
    }

    private List<Component> components(Class<?> type, Members members, Bindings bindings, String path) {
        List<Component> components = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RecordComponent declared : type.getRecordComponents()) {
            Component read = component(declared, members, bindings, path + "." + declared.getName());
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
        return components;
    }

    private Component component(RecordComponent declared, Members members, Bindings bindings, String path) {
        Name name = declared.getAnnotation(Name.class);
        Shape shape = read(TypeUse.of(declared.getAnnotatedType(), bindings, path), declared, path);
        Default text = declared.getAnnotation(Default.class);
        return new Component(
                declared.getName(),
                Names.checked(name == null ? declared.getName() : name.value(), path),
                Names.doc(declared),
                Names.aliases(declared, path),
                shape,
                text == null ? Optional.empty() : Optional.of(Defaults.parse(text.value(), shape, path)),
                declared.isAnnotationPresent(Key.class) ? Optional.of(keyText(shape, path)) : Optional.empty(),
                members.accessor(declared));
    }

    private static Representation<?, String> keyText(Shape shape, String path) {
        return KeyTexts.of(shape)
                .orElseThrow(() -> at(
                        path,
                        "a Kafka key is written as a text, and "
                                + (shape instanceof Shape.OfOptional
                                        ? "an absent value"
                                        : shape.javaType().getSimpleName())
                                + " has no text of its own: put @Key on a String, a whole number, a UUID, an enum or"
                                + " another type written as text"));
    }

    private static SchemaException at(String path, String message) {
        return new SchemaException(path + ": " + message);
    }
}
