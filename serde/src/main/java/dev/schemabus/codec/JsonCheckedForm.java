package dev.schemabus.codec;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain value about which the schema asserts more than its type does. */
final class JsonCheckedForm extends JsonForm {

    private final JsonForm plain;
    private final JsonCheck[] checks;

    private JsonCheckedForm(JsonForm plain, List<JsonCheck> checks) {
        this.plain = plain;
        this.checks = checks.toArray(JsonCheck[]::new);
    }

    static JsonForm of(JsonForm plain, List<JsonCheck> checks) {
        return checks.isEmpty() ? plain : new JsonCheckedForm(plain, checks);
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        plain.write(value, out); // which refuses what isn't of the type
        test(Values.required(value));
    }

    @Override
    @Nullable
    Object read(JsonInput in) throws IOException {
        Object value = plain.read(in);
        test(Values.required(value));
        return value;
    }

    private void test(Object value) {
        for (JsonCheck check : checks) {
            check.test(value);
        }
    }
}
