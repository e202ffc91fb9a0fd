package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list, set or array. */
final class JsonListForm extends JsonForm {

    private final Shape.OfList shape;
    private final JsonForm element;

    JsonListForm(Shape.OfList shape, JsonForm element) {
        this.shape = shape;
        this.element = element;
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Collection<?> items = Values.elements(shape, value);
        out.startArray();
        int index = 0;
        for (Object item : items) {
            try {
                element.write(item, out);
            } catch (PathException e) {
                throw e.under("[" + index + "]");
            }
            index++;
            out.requireRoom(index);
        }
        out.count(index);
        out.endArray();
    }

    @Override
    Object read(JsonInput in) throws IOException {
        in.requireArray();
        List<@Nullable Object> items = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            try {
                in.requireRoom(items.size());
                items.add(element.read(in));
            } catch (PathException e) {
                throw e.under("[" + items.size() + "]");
            }
        }
        in.count(items.size());
        return shape.of(items);
    }
}
