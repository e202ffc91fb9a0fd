package dev.schemabus.schema;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Internal: a Java type as both renderers and every codec see it, read once by {@link SchemaGenerator#shape}. Public
 * only because Schemabus' other modules read it; it may change in any release.
 */
public sealed interface Shape
        permits Shape.OfScalar,
                Shape.OfLogical,
                Shape.OfEnum,
                Shape.OfList,
                Shape.OfMap,
                Shape.OfOptional,
                Shape.OfUnion,
                RecordShape {

    /** The class whose values have this shape. */
    Class<?> javaType();

    /**
     * A plain value.
     *
     * @param javaType the class; a primitive class where the component is primitive
     */
    record OfScalar(Class<?> javaType, Scalar scalar) implements Shape {}

    /**
     * A value written through a {@link LogicalType}.
     *
     * @param javaType the class; a primitive class where the component is primitive
     */
    record OfLogical(Class<?> javaType, LogicalType.Forms<?> forms) implements Shape {}

    /**
     * An enum.
     *
     * @param fullName the name in schemas
     * @param aliases its earlier names, as full names
     * @param symbols symbol by constant, in the order of declaration
     * @param unknown the constant that stands for symbols a reader doesn't know
     */
    record OfEnum(
            Class<?> javaType,
            String fullName,
            Optional<String> doc,
            List<String> aliases,
            Map<Enum<?>, String> symbols,
            Optional<Enum<?>> unknown)
            implements Shape {}

    /**
     * Several values of one type.
     *
     * @param javaType {@link List}, {@link Set}, {@link Collection}, or the class of an array
     */
    record OfList(Class<?> javaType, Shape element) implements Shape {

        /**
         * The elements of a value of this shape.
         *
         * @throws ClassCastException if the value is none
         */
        public Collection<?> elements(Object value) {
            if (!javaType.isArray()) {
                return (Collection<?>) javaType.cast(value);
            }
            int length = Array.getLength(javaType.cast(value));
            return new AbstractList<@Nullable Object>() {
                @Override
                public @Nullable Object get(int index) {
                    return Array.get(value, index);
                }

                @Override
                public int size() {
                    return length;
                }
            };
        }

        /**
         * A value that holds these elements: an array, or a collection that can't be changed. A set holds equal elements
         * once.
         */
        public Object of(List<? extends @Nullable Object> elements) {
            if (javaType == Set.class) {
                return Collections.unmodifiableSet(new LinkedHashSet<>(elements));
            }
            if (!javaType.isArray()) {
                return Collections.unmodifiableList(elements);
            }
            Object array = Array.newInstance(javaType.getComponentType(), elements.size());
            for (int i = 0; i < elements.size(); i++) {
                Array.set(array, i, elements.get(i));
            }
            return array;
        }
    }

    /**
     * A map.
     *
     * @param key the shape of its keys in Java
     * @param keyText how keys are written, as texts in every format
     */
    record OfMap(Shape key, Representation<?, String> keyText, Shape value) implements Shape {
        @Override
        public Class<?> javaType() {
            return Map.class;
        }
    }

    /**
     * A value that may be absent.
     *
     * @param javaType {@link Optional}, {@link OptionalInt}, {@link OptionalLong}, {@link OptionalDouble}, or the value's
     *     own class where null stands for absent
     * @param value the shape of the value when present; never itself optional
     */
    record OfOptional(Class<?> javaType, Shape value) implements Shape {

        /** Whether absence is an empty {@link Optional} (or its like) rather than null. */
        public boolean wrapped() {
            return OptionalKind.of(javaType) != null;
        }

        /**
         * The value inside.
         *
         * @param outer what a component holds; not null if {@link #wrapped}
         * @return null if it is absent
         */
        public @Nullable Object open(@Nullable Object outer) {
            OptionalKind kind = OptionalKind.of(javaType);
            return kind == null ? outer : kind.open(Objects.requireNonNull(outer));
        }

        /** The other way round. */
        public @Nullable Object close(@Nullable Object value) {
            OptionalKind kind = OptionalKind.of(javaType);
            return kind == null ? value : kind.close(value);
        }
    }

    /**
     * A sealed interface: one of several records.
     *
     * @param fullName the name in schemas that describe it alone
     * @param doc what it means
     * @param branches the permitted records, nested sealed interfaces flattened, in the order of declaration
     */
    record OfUnion(Class<?> javaType, String fullName, Optional<String> doc, List<RecordShape> branches)
            implements Shape {

        /** The JSON property that tells branches apart; no Java component can have this name. */
        public static final String DISCRIMINATOR = "@type";

        /** What the discriminator says for a branch: the record's simple name. */
        public static String branchName(RecordShape branch) {
            return Names.simple(branch.fullName());
        }

        /** Whether a discriminator names this branch, now or earlier. */
        public static boolean isBranch(RecordShape branch, String discriminator) {
            return branchName(branch).equals(discriminator)
                    || branch.aliases().stream()
                            .anyMatch(alias -> Names.simple(alias).equals(discriminator));
        }

        /** The branch for a value's class, or -1. */
        public int branchOf(Class<?> type) {
            for (int i = 0; i < branches.size(); i++) {
                if (branches.get(i).javaType() == type) {
                    return i;
                }
            }
            return -1;
        }
    }
}
