package dev.schemabus.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Reads the text of {@link Default} as a value of the component's type. */
final class Defaults {

    private Defaults() {}

    static Object parse(String text, Shape shape, String path) {
        try {
            if (shape instanceof Shape.OfScalar scalar) {
                return scalar(text, scalar.scalar());
            }
            if (shape instanceof Shape.OfLogical logical) {
                Representation<?, ?> form = logical.forms().json();
                return form.fromScalar(scalar(text, form.scalar()));
            }
            if (shape instanceof Shape.OfEnum enumeration) {
                return enumeration.symbols().keySet().stream()
                        .filter(constant -> constant.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("it is none of the constants "
                                + enumeration.symbols().keySet()));
            }
            if (shape instanceof Shape.OfList && text.equals("[]")) {
                return List.of();
            }
            if (shape instanceof Shape.OfMap && text.equals("{}")) {
                return Map.of();
            }
        } catch (RuntimeException e) {
            throw new SchemaException(
                    path + ": @Default(\"" + text + "\") is no value of "
                            + shape.javaType().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
        if (shape instanceof Shape.OfOptional) {
            throw new SchemaException(path + ": an optional component is absent by default: drop @Default, or make the"
                    + " component required");
        }
        throw new SchemaException(path + ": @Default(\"" + text + "\") can't be given for "
                + shape.javaType().getSimpleName() + ": plain values and enums take one, a list \"[]\", a map \"{}\"");
    }

    private static Object scalar(String text, Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN ->
                switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("write true or false");
                };
            case INT -> Integer.parseInt(text);
            case LONG -> Long.parseLong(text);
            case FLOAT -> Float.parseFloat(text);
            case DOUBLE -> Double.parseDouble(text);
            case STRING -> text;
            case NUMBER -> new BigDecimal(text);
            case BYTES -> {
                if (!text.isEmpty()) {
                    throw new IllegalArgumentException("bytes take only the empty text as default");
                }
                yield new byte[0];
            }
        };
    }
}
