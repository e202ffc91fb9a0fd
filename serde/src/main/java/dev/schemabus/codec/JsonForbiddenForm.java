package dev.schemabus.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A component that the schema has no property for, and allows none: it can only be absent. */
final class JsonForbiddenForm extends JsonForm {

    private final JsonForm form;

    JsonForbiddenForm(JsonForm form) {
        this.form = form;
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        throw forbidden();
    }

    @Override
    Object read(JsonInput in) throws IOException {
        throw forbidden();
    }

    @Override
    boolean isAbsent(@Nullable Object value) {
        return form.isAbsent(value);
    }

    @Override
    boolean canBeAbsent() {
        return true;
    }

    @Override
    @Nullable
    Object absent() {
        return form.absent();
    }

    private static PathException forbidden() {
        return new PathException("is there, and breaks additionalProperties false of the schema");
    }
}
