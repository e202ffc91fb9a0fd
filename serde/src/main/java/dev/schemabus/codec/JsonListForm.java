package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list, set or array. */
final class JsonListForm extends JsonForm {

    private final Shape.OfList shape;
    private final JsonForm element;

    private final JsonConstraints.Items constraints;

    JsonListForm(Shape.OfList shape, JsonForm element, JsonConstraints.Items constraints) {
        this.shape = shape;
        this.constraints = constraints;
        this.element = element;
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Collection<?> items = Values.elements(shape, value);
        constraints.requireSize(items.size());
        if (constraints.unique()) {
            requireUnique(items);
        }
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
            in.requireRoom(items.size());
            try {
                items.add(element.read(in));
            } catch (PathException e) {
                throw e.under("[" + items.size() + "]");
            }
        }
        in.count(items.size());
        constraints.requireSize(items.size());
        if (constraints.unique()) {
            requireUnique(items);
        }
        return shape.of(items);
    }

    private void requireUnique(Collection<? extends @Nullable Object> items) {
        Set<Object> different = new HashSet<>();
        for (Object item : items) {
            Object present = Values.required(item);
            if (!different.add(asWritten(present))) {
                throw new PathException("holds an item twice, which breaks uniqueItems of the schema");
            }
        }
    }

    private Object asWritten(Object item) {
        if (!(shape.element() instanceof Shape.OfLogical logical)) {
            return item;
        }
        Object plain;
        try {
            plain = logical.forms().json().toScalar(item);
        } catch (RuntimeException e) {
            throw new PathException(String.valueOf(e.getMessage()), e);
        }
        return plain instanceof BigDecimal number ? number.stripTrailingZeros() : plain;
    }
}
