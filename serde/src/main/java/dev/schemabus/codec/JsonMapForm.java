package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map: an object whose properties have the keys as names. */
final class JsonMapForm extends JsonForm {

    private final Shape.OfMap shape;
    private final JsonForm element;

    private final JsonConstraints.Entries constraints;

    JsonMapForm(Shape.OfMap shape, JsonForm element, JsonConstraints.Entries constraints) {
        this.shape = shape;
        this.constraints = constraints;
        this.element = element;
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Map<?, ?> map = Values.required(Map.class, value);
        constraints.requireSize(map.size());
        out.startObject();
        int size = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            try {
                String key = Values.keyText(shape, entry.getKey());
                constraints.requireKey(key);
                out.key(key);
                element.write(entry.getValue(), out);
            } catch (PathException e) {
                throw e.under("{}");
            }
            size++;
            out.requireRoom(size);
        }
        out.count(size);
        out.endObject();
    }

    @Override
    Object read(JsonInput in) throws IOException {
        in.requireObject();
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        while (in.next() != JsonToken.END_OBJECT) {
            in.requireRoom(entries.size());
            try {
                String text = in.readKey();
                constraints.requireKey(text);
                in.next();
                Values.put(entries, shape, text, element.read(in));
            } catch (PathException e) {
                throw e.under("{}");
            }
        }
        in.count(entries.size());
        constraints.requireSize(entries.size());
        return Collections.unmodifiableMap(entries);
    }
}
