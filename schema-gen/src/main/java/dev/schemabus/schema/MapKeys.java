package dev.schemabus.schema;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keys of maps as text, the one kind of key that Avro (specification, "Maps") and JSON have. Only types whose values
 * have exactly one text can be keys, so that no two keys fall together.
 */
final class MapKeys {

    private MapKeys() {}

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
                    if (!plain.toString().equals(text)) {
                        throw new IllegalArgumentException("write it as " + plain);
                    }
                    return fromPlain.apply(plain);
                }));
            default -> Optional.empty();
        };
    }

    private static Representation<Object, String> text(Function<Object, String> print, Function<String, ?> parse) {
        return new Representation<>(Scalar.STRING, Map.of(), print, parse::apply);
    }
}
