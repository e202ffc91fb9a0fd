package dev.schemabus.maven.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.schemabus.schema.LogicalType;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plausible plain values within the constraints of a JSON Schema. */
final class ExampleScalars {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<String, String> BY_FORMAT = Map.of(
            "date-time", "2026-01-31T10:15:30Z",
            "date", "2026-01-31",
            "time", "10:15:30",
            "duration", "PT1H30M",
            "uuid", "123e4567-e89b-12d3-a456-426614174000",
            "uri", "https://example.com/1",
            "email", "someone@example.com",
            "hostname", "example.com",
            "ipv4", "192.0.2.1");

    /** For logical types whose format says nothing: whichever they read first. */
    private static final List<String> TEXTS = List.of(
            "2026-01-31T10:15:30",
            "2026-01-31T10:15:30+01:00",
            "2026-01-31T10:15:30+01:00[Europe/Berlin]",
            "10:15:30",
            "2026-01-31",
            "2026-01",
            "2026",
            "--01-31",
            "en-GB",
            "EUR",
            "Europe/Berlin",
            "+01:00",
            "PT1H30M",
            "P1Y2M",
            "https://example.com/1",
            "1",
            "A",
            "AQID",
            "");

    /** For patterns: whichever matches first. */
    private static final List<String> SHAPES = List.of(
            "A",
            "AB",
            "ABC",
            "ABCD",
            "EUR",
            "a",
            "abc",
            "1",
            "12",
            "123",
            "1234",
            "12345",
            "123456",
            "A1",
            "AB12",
            "ABC-123",
            "ABC-1234",
            "A-1",
            "abc-1",
            "12345678",
            "+4930123456",
            "DE",
            "de",
            "2026-01-31",
            "order-1");

    private static final List<BigDecimal> NUMBERS = Stream.of("19.99", "42", "4.2", "2026", "7", "1", "0.5", "0")
            .map(BigDecimal::new)
            .toList();

    private ExampleScalars() {}

    static JsonNode plain(Scalar scalar, JsonNode constraints, String name) {
        return switch (scalar) {
            case BOOLEAN -> NODES.booleanNode(true);
            case INT, LONG ->
                NODES.numberNode(number(new BigDecimal("42"), constraints, 0).toBigInteger());
            case FLOAT, DOUBLE, NUMBER -> NODES.numberNode(number(new BigDecimal("19.5"), constraints, 2));
            case STRING -> NODES.textNode(text(constraints, name));
            case BYTES, FIXED -> NODES.textNode(Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}));
        };
    }

    /** The first candidate that makes a value which can be written in both formats. */
    static JsonNode logical(LogicalType.Forms<?> forms, JsonNode constraints, String name) {
        Representation<?, ?> json = forms.json();
        Stream<? extends JsonNode> candidates = switch (json.scalar()) {
            case STRING ->
                Stream.concat(
                                Stream.ofNullable(BY_FORMAT.get(
                                        String.valueOf(json.attributes().get("format")))),
                                Stream.concat(Stream.of(text(constraints, name)), TEXTS.stream()))
                        .filter(text -> writable(forms, text))
                        .map(NODES::textNode);
            case NUMBER ->
                NUMBERS.stream()
                        .map(number -> number(number, constraints, number.scale()))
                        .filter(number -> writable(forms, number))
                        .map(NODES::numberNode);
            case INT ->
                NUMBERS.stream()
                        .map(number -> number(number, constraints, 0).intValue())
                        .filter(number -> writable(forms, number))
                        .map(NODES::numberNode);
            case LONG ->
                NUMBERS.stream()
                        .map(number -> number(number, constraints, 0).longValue())
                        .filter(number -> writable(forms, number))
                        .map(NODES::numberNode);
            default -> Stream.of(plain(json.scalar(), constraints, name));
        };
        return candidates
                .findFirst()
                .<JsonNode>map(found -> found)
                .orElseGet(() -> plain(json.scalar(), constraints, name));
    }

    /** The first candidate that stands for a key. */
    static String key(Representation<?, String> keyText) {
        return Stream.concat(Stream.of("key-1"), TEXTS.stream())
                .filter(text -> {
                    try {
                        keyText.fromScalar(text);
                        return true;
                    } catch (RuntimeException e) {
                        return false;
                    }
                })
                .findFirst()
                .orElse("key-1");
    }

    private static boolean writable(LogicalType.Forms<?> forms, Object plain) {
        try {
            Object value = forms.json().fromScalar(plain);
            forms.json().toScalar(value);
            forms.avro().toScalar(value);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The wish, or the nearest number that the constraints allow. */
    private static BigDecimal number(BigDecimal wish, JsonNode constraints, int scale) {
        BigDecimal step = BigDecimal.ONE.movePointLeft(scale);
        BigDecimal number = wish.setScale(scale, RoundingMode.FLOOR);
        BigDecimal lowest = bound(constraints, "minimum", "exclusiveMinimum", step);
        BigDecimal highest = bound(constraints, "maximum", "exclusiveMaximum", step.negate());
        if (highest != null && number.compareTo(highest) > 0) {
            number = highest;
        }
        if (lowest != null && number.compareTo(lowest) < 0) {
            number = lowest;
        }
        BigDecimal multiple = constraints.path("multipleOf").decimalValue();
        if (multiple.signum() > 0) {
            number = number.divide(multiple, 0, RoundingMode.FLOOR).multiply(multiple);
            number = lowest != null && number.compareTo(lowest) < 0 ? number.add(multiple) : number;
        }
        return number;
    }

    private static @Nullable BigDecimal bound(
            JsonNode constraints, String inclusive, String exclusive, BigDecimal step) {
        JsonNode limit = constraints.path(inclusive);
        JsonNode beyond = constraints.path(exclusive);
        if (beyond.isNumber()) {
            return beyond.decimalValue().add(step);
        }
        if (!limit.isNumber()) {
            return null;
        }
        // In the older drafts the exclusive keyword is a flag.
        return beyond.asBoolean(false) ? limit.decimalValue().add(step) : limit.decimalValue();
    }

    private static String text(JsonNode constraints, String name) {
        if (constraints.path("enum").size() > 0) {
            return constraints.get("enum").get(0).asText();
        }
        String byFormat = BY_FORMAT.get(constraints.path("format").asText());
        String wish = byFormat == null ? words(name) + "-1" : byFormat;
        String pattern = constraints.path("pattern").asText("");
        if (pattern.isEmpty()) {
            return fitted(wish, constraints);
        }
        return Stream.concat(Stream.of(wish), SHAPES.stream())
                .filter(text -> fitted(text, constraints).equals(text) && matches(text, pattern))
                .findFirst()
                .orElse(wish);
    }

    private static boolean matches(String text, String pattern) {
        try {
            return Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static String fitted(String wish, JsonNode constraints) {
        int longest = constraints.path("maxLength").asInt(Integer.MAX_VALUE);
        int shortest = constraints.path("minLength").asInt(0);
        String text = wish.length() > longest ? wish.substring(0, longest) : wish;
        return text.length() < shortest ? text + "0".repeat(shortest - text.length()) : text;
    }

    /** {@code orderId} becomes {@code order-id}. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
