package dev.schemabus.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the text of {@link Default} as a value of the component's type. */
final class Defaults {

    private Defaults() {}

    static Object parse(String text, Shape shape, String path) {
        try {
            if (shape instanceof Shape.OfScalar scalar) {
                return scalar(text, scalar.scalar());
            }
            if (shape instanceof Shape.OfLogical logical) {
                return logical(text, logical);
            }
            if (shape instanceof Shape.OfEnum enumeration) {
                return constant(text, enumeration);
            }
            if (shape instanceof Shape.OfList || shape instanceof Shape.OfMap) {
                return container(JsonText.MAPPER.readTree(text), shape);
            }
        } catch (JsonProcessingException e) {
            throw wrong(text, shape, path, problem(e), e);
        } catch (RuntimeException e) {
            throw wrong(text, shape, path, e.getMessage(), e);
        }
        if (shape instanceof Shape.OfOptional) {
            throw new SchemaException(path + ": an optional component is absent by default: drop @Default, or make the"
                    + " component required");
        }
        throw new SchemaException(path + ": @Default(\"" + text + "\") can't be given for "
                + shape.javaType().getSimpleName()
                + ": plain values, enums, and lists and maps of them take one");
    }

    private static String problem(JsonProcessingException e) {
        if (e instanceof MismatchedInputException) {
            return e.getOriginalMessage().startsWith("Duplicate")
                    ? "a key stands in it twice"
                    : "something follows after the JSON array or object";
        }
        return "write JSON such as [] or {}: " + e.getOriginalMessage();
    }

    private static SchemaException wrong(
            String text, Shape shape, String path, @Nullable String problem, Exception cause) {
        return new SchemaException(
                path + ": @Default(\"" + text + "\") is no value of "
                        + shape.javaType().getSimpleName() + ": " + problem,
                cause);
    }

    /** Readers of both formats must get the same value. */
    private static Object logical(String text, Shape.OfLogical shape) {
        Representation<?, ?> inJson = shape.forms().json();
        Representation<?, ?> inAvro = shape.forms().avro();
        Object value = inJson.fromScalar(scalar(text, inJson.scalar()));
        Object fromAvro = inAvro.fromScalar(inAvro.toScalar(value));
        // Of a user's type not even equals is known: the scalar tells.
        if (!Objects.deepEquals(inJson.toScalar(value), inJson.toScalar(fromAvro))) {
            throw new IllegalArgumentException("Avro would make it " + fromAvro
                    + ", because it counts in a coarser unit: write that, or declare a finer unit");
        }
        return value;
    }

    private static Enum<?> constant(String text, Shape.OfEnum enumeration) {
        return enumeration.symbols().keySet().stream()
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("write one of "
                        + enumeration.symbols().keySet().stream()
                                .map(Enum::name)
                                .toList()));
    }

    private static Object container(JsonNode json, Shape shape) {
        if (shape instanceof Shape.OfList list && json.isArray()) {
            List<Object> elements = new ArrayList<>();
            json.forEach(element -> elements.add(element(element, list.element())));
            if (list.javaType() == Set.class && new HashSet<>(elements).size() < elements.size()) {
                throw new IllegalArgumentException("an element stands in it twice");
            }
            return list.of(elements);
        }
        if (shape instanceof Shape.OfMap map && json.isObject()) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            json.properties()
                    .forEach(entry -> entries.put(key(entry.getKey(), map), element(entry.getValue(), map.value())));
            if (entries.size() < json.size()) {
                throw new IllegalArgumentException("a key stands in it twice");
            }
            return Collections.unmodifiableMap(entries);
        }
        throw new IllegalArgumentException(
                shape instanceof Shape.OfList ? "write a JSON array" : "write a JSON object");
    }

    /** An enum's constant is named as it is everywhere in a default. */
    private static Object key(String text, Shape.OfMap map) {
        return map.key() instanceof Shape.OfEnum enumeration
                ? constant(text, enumeration)
                : map.keyText().fromScalar(text);
    }

    private static Object element(JsonNode json, Shape shape) {
        if (shape instanceof Shape.OfScalar scalar) {
            return scalar(text(json, scalar.scalar()), scalar.scalar());
        }
        if (shape instanceof Shape.OfLogical logical) {
            return logical(text(json, logical.forms().json().scalar()), logical);
        }
        if (shape instanceof Shape.OfEnum enumeration && json.isTextual()) {
            return constant(json.textValue(), enumeration);
        }
        if (shape instanceof Shape.OfList || shape instanceof Shape.OfMap) {
            return container(json, shape);
        }
        throw new IllegalArgumentException(json + " is no " + shape.javaType().getSimpleName()
                + ", and only plain values, enums, and lists and maps of them can stand in a default");
    }

    private static String text(JsonNode json, Scalar scalar) {
        boolean fits;
        String wanted;
        switch (scalar) {
            case BOOLEAN -> {
                fits = json.isBoolean();
                wanted = "true or false";
            }
            case STRING, BYTES -> {
                fits = json.isTextual();
                wanted = "a text in quotes";
            }
            default -> {
                fits = json.isNumber();
                wanted = "a number";
            }
        }
        if (!fits) {
            throw new IllegalArgumentException("it holds " + json + " where " + wanted + " belongs");
        }
        return json.asText();
    }

    /**
     * A default as a format writes it: nested lists and maps of texts, numbers, booleans and {@code byte[]}.
     *
     * @param value of that shape
     */
    static Object plain(Shape shape, Object value, SchemaFormat format) {
        if (shape instanceof Shape.OfLogical logical) {
            return logical.forms().in(format).toScalar(value);
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return Objects.requireNonNull(enumeration.symbols().get(value));
        }
        if (shape instanceof Shape.OfList list) {
            return list.elements(value).stream()
                    .map(element -> plain(list.element(), Objects.requireNonNull(element), format))
                    .toList();
        }
        if (shape instanceof Shape.OfMap map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .forEach((key, held) -> entries.put(
                            String.valueOf(map.keyText().toScalar(Objects.requireNonNull(key))),
                            plain(map.value(), Objects.requireNonNull(held), format)));
            return entries;
        }
        return value;
    }

    private static BigInteger whole(String text, long min, long max) {
        String remedy = "write a whole number from " + min + " to " + max;
        BigInteger number;
        try {
            number = new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(remedy, e);
        }
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new IllegalArgumentException(remedy);
        }
        return number;
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("write a number such as 12.5", e);
        }
    }

    private static <N extends Number> N finite(N number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("the number is too large for the type");
        }
        return number;
    }

    static Object scalar(String text, Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN ->
                switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("write true or false");
                };
            case INT -> whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValueExact();
            case LONG -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE).longValueExact();
            case FLOAT -> finite(number(text).floatValue());
            case DOUBLE -> finite(number(text).doubleValue());
            case STRING -> text;
            case NUMBER -> number(text);
            case FIXED -> throw new IllegalArgumentException("JSON has no FIXED: use BYTES or STRING");
            case BYTES -> {
                if (!text.isEmpty()) {
                    throw new IllegalArgumentException("bytes take only the empty text as default");
                }
                yield new byte[0];
            }
        };
    }
}
