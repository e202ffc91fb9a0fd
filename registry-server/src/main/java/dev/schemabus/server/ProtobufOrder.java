package dev.schemabus.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of declarations in a {@code .proto} text, as far as it says nothing.
 *
 * <p>Messages always keep theirs: the wire format counts them. So does the first constant of an enum, which is its
 * default.
 */
final class ProtobufOrder {

    /** The kinds of declarations, in the order in which they are written. */
    private enum Kind {
        SYNTAX,
        PACKAGE,
        IMPORT,
        OPTION,
        RESERVED,
        FIRST_CONSTANT,
        FIELD,
        ONEOF,
        EXTENSIONS,
        TYPE,
        EXTEND,
        SERVICE
    }

    /** A declaration with what it is sorted by. */
    private record Ranked(Kind kind, long number, String name, ProtobufStatement statement) {}

    private static final Comparator<Ranked> BY_KIND = Comparator.comparing(Ranked::kind);
    private static final Comparator<Ranked> BY_KEY =
            BY_KIND.thenComparingLong(Ranked::number).thenComparing(Ranked::name);

    private ProtobufOrder() {}

    /** Declarations of one kind stand together, each kind in the order of the author. */
    static ProtobufStatement grouped(ProtobufStatement statement) {
        return sorted(statement, statement.head(), BY_KIND, ProtobufOrder::grouped);
    }

    /** What has no order of its own stands in that of its numbers, else of its names, too. */
    static ProtobufStatement normalized(ProtobufStatement statement) {
        return sorted(statement, ProtobufOptions.sorted(statement.head()), BY_KEY, ProtobufOrder::normalized);
    }

    private interface Step {
        ProtobufStatement of(ProtobufStatement inner);
    }

    private static ProtobufStatement sorted(
            ProtobufStatement statement, List<String> head, Comparator<Ranked> order, Step step) {
        boolean isEnum = statement.keyword().equals("enum");
        boolean firstConstantToCome = isEnum;
        List<Ranked> body = new ArrayList<>();
        for (ProtobufStatement inner : statement.body()) {
            Kind kind = kind(inner);
            if (kind == Kind.FIELD && firstConstantToCome) {
                firstConstantToCome = false;
                kind = Kind.FIRST_CONSTANT;
            }
            body.add(new Ranked(kind, number(kind, inner), name(kind, inner), step.of(inner)));
        }
        body.sort(order);
        return new ProtobufStatement(head, body.stream().map(Ranked::statement).toList());
    }

    private static Kind kind(ProtobufStatement statement) {
        String keyword = statement.keyword();
        if (keyword.equals("option")) {
            return Kind.OPTION;
        }
        if (!statement.value().isEmpty()) { // a field's type may be called "message"
            return keyword.equals("syntax") && statement.head().size() == 3 ? Kind.SYNTAX : Kind.FIELD;
        }
        return switch (keyword) {
            case "package" -> Kind.PACKAGE;
            case "import" -> Kind.IMPORT;
            case "reserved" -> Kind.RESERVED;
            case "extensions" -> Kind.EXTENSIONS;
            case "oneof" -> Kind.ONEOF;
            case "message", "enum" -> Kind.TYPE;
            case "extend" -> Kind.EXTEND;
            case "service" -> Kind.SERVICE;
            default -> Kind.FIELD;
        };
    }

    private static long number(Kind kind, ProtobufStatement statement) {
        return switch (kind) {
            case FIELD -> integer(statement.value());
            case RESERVED, EXTENSIONS ->
                integer(statement.head().size() > 1 ? statement.head().get(1) : "");
            case ONEOF ->
                statement.body().stream()
                        .mapToLong(member -> number(Kind.FIELD, member))
                        .min()
                        .orElse(Long.MAX_VALUE);
            default -> 0;
        };
    }

    /** What no number tells apart. Options of one name are a list, and messages and enums have an order. */
    private static String name(Kind kind, ProtobufStatement statement) {
        return switch (kind) {
            case IMPORT, RESERVED, SERVICE -> String.join(" ", statement.head());
            case OPTION -> ProtobufOptions.name(statement.head());
            case FIELD, EXTEND -> statement.head().size() > 1 ? statement.head().get(1) : "";
            default -> "";
        };
    }

    private static long integer(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // a name, which follows all numbers
        }
    }
}
