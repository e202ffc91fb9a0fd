package dev.schemabus.schema;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keys as text: those of maps, which Avro (specification, "Maps") and JSON know no others of, and those of Kafka records.
 * Only types whose values have exactly one text can be keys, so that no two keys fall together.
 */
final class KeyTexts {

    private KeyTexts() {}

    /** How keys of this shape are written; empty if they can't be keys. */
    static Optional<Representation<?, String>> of(Shape key) {
        if (key instanceof Shape.OfScalar scalar) {
            return ofScalar(scalar.scalar(), Function.identity(), Function.identity());
        }
        if (key instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().json();
            return ofScalar(form.scalar(), form::toScalar, form::fromScalar);
        }
        if (key instanceof Shape.OfEnum enumeration) {
            Map<String, Enum<?>> bySymbol = enumeration.symbols().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
            return Optional.of(text(
                    constant -> String.valueOf(enumeration.symbols().get(constant)),
                    symbol -> Optional.ofNullable(bySymbol.get(symbol))
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "write one of " + enumeration.symbols().values()))));
        }
        return Optional.empty();
    }

    private static Optional<Representation<?, String>> ofScalar(
            Scalar scalar, Function<Object, Object> toPlain, Function<Object, Object> fromPlain) {
        return switch (scalar) {
            case STRING -> Optional.of(text(key -> (String) toPlain.apply(key), fromPlain::apply));
            case BOOLEAN, INT, LONG ->
                Optional.of(text(key -> toPlain.apply(key).toString(), text -> {
                    Object plain = Defaults.scalar(text, scalar);
                    requireSame(text, plain.toString());
                    return fromPlain.apply(plain);
                }));
            case NUMBER -> {
                Function<Object, String> print = key -> ((BigDecimal) toPlain.apply(key)).toPlainString();
                yield Optional.of(text(print, text -> {
                    Object key = fromPlain.apply(Defaults.scalar(text, scalar));
                    requireSame(text, print.apply(key));
                    return key;
                }));
            }
            case FLOAT, DOUBLE, BYTES, FIXED -> Optional.empty();
        };
    }

    private static void requireSame(String text, String canonical) {
        if (!text.equals(canonical)) {
            throw new IllegalArgumentException("write it as " + canonical);
        }
    }

    private static Representation<Object, String> text(Function<Object, String> print, Function<String, ?> parse) {
        return new Representation<>(Scalar.STRING, Map.of(), print, parse::apply);
    }
}
