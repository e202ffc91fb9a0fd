package dev.schemabus.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A component that may be absent in Java, and not in the schema: null stands for absence, if the schema allows it. */
final class JsonRequiredForm extends JsonForm {

    private final JsonForm form;
    private final boolean nullAllowed;

    JsonRequiredForm(JsonForm form, boolean nullAllowed) {
        this.form = form;
        this.nullAllowed = nullAllowed;
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        if (!nullAllowed && form.isAbsent(value)) {
            throw JsonProperties.breaksRequired();
        }
        form.write(value, out);
    }

    @Override
    @Nullable
    Object read(JsonInput in) throws IOException {
        return form.read(in);
    }

    @Override
    @Nullable
    Object absent() {
        throw JsonProperties.breaksRequired();
    }
}
