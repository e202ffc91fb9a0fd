package dev.schemabus.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** A value written through a {@link LogicalType}. */
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

    /** A list. */
    record OfList(Shape element) implements Shape {
        @Override
        public Class<?> javaType() {
            return List.class;
        }
    }

    /** A map with string keys. */
    record OfMap(Shape value) implements Shape {
        @Override
        public Class<?> javaType() {
            return Map.class;
        }
    }

    /**
     * A value that may be absent.
     *
     * @param javaType {@link Optional}, or the value's own class where null stands for absent
     * @param value the shape of the value when present; never itself optional
     */
    record OfOptional(Class<?> javaType, Shape value) implements Shape {
        /** Whether absence is {@link Optional#empty()} rather than null. */
        public boolean wrapped() {
            return javaType == Optional.class;
        }
    }

    /**
     * A sealed interface: one of several records.
     *
     * @param branches the permitted records, nested sealed interfaces flattened, in the order of declaration
     */
    record OfUnion(Class<?> javaType, List<RecordShape> branches) implements Shape {

        /** The JSON property that tells branches apart; no Java component can have this name. */
        public static final String DISCRIMINATOR = "@type";

        /** What the discriminator says for a branch: the record's simple name. */
        public static String branchName(RecordShape branch) {
            return branch.fullName().substring(branch.fullName().lastIndexOf('.') + 1);
        }

        /** Whether a discriminator names this branch, now or earlier. */
        public static boolean isBranch(RecordShape branch, String discriminator) {
            return branchName(branch).equals(discriminator)
                    || branch.aliases().stream()
                            .anyMatch(alias ->
                                    alias.substring(alias.lastIndexOf('.') + 1).equals(discriminator));
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
