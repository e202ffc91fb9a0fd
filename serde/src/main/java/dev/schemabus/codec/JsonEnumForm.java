package dev.schemabus.codec;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An enum's symbol. */
@SuppressWarnings("EnumOrdinal") // an index into an array of this JVM, not stored
final class JsonEnumForm extends JsonForm {

    private final Shape.OfEnum shape;
    private final SerializedString[] byOrdinal;
    private final Map<String, Enum<?>> bySymbol = new HashMap<>();

    JsonEnumForm(Shape.OfEnum shape) {
        this.shape = shape;
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
        out.write(byOrdinal[constant.ordinal()]);
    }

    @Override
    Object read(JsonInput in) throws IOException {
        Enum<?> constant = null;
        if (in.isText()) {
            constant = bySymbol.get(in.readText());
            if (constant == null) {
                constant = shape.unknown().orElse(null);
            }
        }
        if (constant == null) {
            throw in.unexpected("one of " + shape.symbols().values());
        }
        return constant;
    }
}
