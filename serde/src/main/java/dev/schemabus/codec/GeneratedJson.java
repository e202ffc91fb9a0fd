package dev.schemabus.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Internal: what the class generated for a record extends, to write and read its properties. Public only because that class
 * stands in the record's package. It throws whatever happens on the way; {@link JsonEncoder} and {@link JsonDecoder} then
 * find out what is wrong and where.
 */
public abstract class GeneratedJson implements JsonRecordForm.Properties {

    /** For generated classes. */
    protected GeneratedJson() {}

    @Override
    public abstract void write(Object record, JsonOutput out) throws IOException;

    @Override
    public abstract Object read(JsonInput in) throws IOException;

    /**
     * Whether a component's property is left out.
     *
     * @param form a {@link JsonForm}
     */
    public static boolean isAbsent(Object form, @Nullable Object value) {
        return ((JsonForm) form).isAbsent(value);
    }

    /**
     * Writes a component's value.
     *
     * @param form a {@link JsonForm}
     */
    public static void write(Object form, @Nullable Object value, JsonOutput out) throws IOException {
        ((JsonForm) form).write(value, out);
    }

    /**
     * Reads a component's value.
     *
     * @param form a {@link JsonForm}
     */
    public static @Nullable Object read(Object form, JsonInput in) throws IOException {
        return ((JsonForm) form).read(in);
    }

    /**
     * What a component has whose property is not there.
     *
     * @param properties a {@link JsonProperties}
     */
    public static @Nullable Object absent(Object properties, int component) {
        return ((JsonProperties) properties).absent(component);
    }

    /** For a property that is there twice. */
    public static RuntimeException duplicate() {
        return new IllegalStateException("a property came twice");
    }
}
