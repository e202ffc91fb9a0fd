package dev.schemabus.codec;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An enum's symbol. */
@SuppressWarnings("EnumOrdinal") // an index into an array of this JVM, not stored
final class JsonEnumForm extends JsonForm {

    private final Shape.OfEnum shape;
    private final SerializedString[] byOrdinal;
    private final Map<String, Enum<?>> bySymbol = new HashMap<>();
    private final @Nullable Set<String> allowed;

    /** @param allowed the symbols that the schema allows, if it doesn't allow all */
    JsonEnumForm(Shape.OfEnum shape, Optional<Set<String>> allowed) {
        this.shape = shape;
        this.allowed = allowed.orElse(null);
        this.byOrdinal = new SerializedString
                [shape.symbols().keySet().stream().mapToInt(Enum::ordinal).max().orElse(-1) + 1];
        shape.symbols().forEach((constant, symbol) -> {
            SerializedString encoded = new SerializedString(symbol);
            encoded.asQuotedUTF8(); // now, not at the first use by many threads
            byOrdinal[constant.ordinal()] = encoded;
            bySymbol.put(symbol, constant);
        });
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Enum<?> constant = (Enum<?>) Values.required(shape.javaType(), value);
        SerializedString symbol = byOrdinal[constant.ordinal()];
        requireAllowed(symbol.getValue());
        out.write(symbol);
    }

    @Override
    Object read(JsonInput in) throws IOException {
        Enum<?> constant = null;
        if (in.isText()) {
            String symbol = in.readText();
            requireAllowed(symbol);
            constant = bySymbol.get(symbol);
            if (constant == null) {
                constant = shape.unknown().orElse(null);
            }
        }
        if (constant == null) {
            throw in.unexpected("one of " + shape.symbols().values());
        }
        return constant;
    }

    private void requireAllowed(String symbol) {
        if (allowed != null && !allowed.contains(symbol)) {
            throw JsonCheck.broken("is a text", "enum", allowed);
        }
    }
}
