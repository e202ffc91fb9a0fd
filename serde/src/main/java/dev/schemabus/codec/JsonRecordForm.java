package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A record: an object with a property for each component that isn't absent. */
final class JsonRecordForm extends JsonForm {

    /** How its properties are written and read. */
    interface Properties {

        void write(Object record, JsonOutput out) throws IOException;

        /** Reads up to the end of the object. */
        Object read(JsonInput in) throws IOException;
    }

    private final RecordShape shape;
    private @Nullable Properties properties;

    JsonRecordForm(RecordShape shape) {
        this.shape = shape;
    }

    /** To be called once; not by the constructor, because a record may contain itself. */
    void complete(Properties its) {
        this.properties = its;
    }

    RecordShape shape() {
        return shape;
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Object record = Values.required(shape.javaType(), value);
        out.startObject();
        writeProperties(record, out);
        out.endObject();
    }

    void writeProperties(Object record, JsonOutput out) throws IOException {
        known().write(record, out);
    }

    @Override
    Object read(JsonInput in) throws IOException {
        in.requireObject();
        in.startObject();
        return readProperties(in);
    }

    Object readProperties(JsonInput in) throws IOException {
        return known().read(in);
    }

    private Properties known() {
        Properties its = properties;
        if (its == null) {
            throw new AssertionError("the plan completes every record");
        }
        return its;
    }
}
