package dev.schemabus.codec;

import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Avro's generic records from Avro binary, under the schema they were written with. */
final class GenericDecoder implements Decoder<GenericRecord> {

    private final String name;
    private final GenericStep plan;
    private final Limits limits;

    /** @param schema a record's */
    GenericDecoder(Schema schema, Limits limits) {
        this.name = schema.getName();
        this.plan = GenericStep.of(schema);
        this.limits = limits;
    }

    @Override
    public GenericRecord decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > limits.valueBytes()) {
            throw malformed(
                    "",
                    "it is longer than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)",
                    0,
                    length,
                    null);
        }
        AvroInput in = new AvroInput(bytes, offset, length, limits);
        GenericRecord record;
        try {
            record = (GenericRecord) Objects.requireNonNull(plan.read(in));
        } catch (PathException e) {
            throw malformed(e.path(), e.problem(), in.offset(), length, e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | StackOverflowError e) {
            throw malformed("", "it is no value of its schema (" + e + ")", in.offset(), length, e);
        }
        if (in.unread() > 0) {
            throw malformed(
                    "",
                    in.unread() + " bytes follow the value. Was it written with another schema?",
                    in.offset(),
                    length,
                    null);
        }
        return record;
    }

    private MalformedPayloadException malformed(
            String path, String problem, int read, int length, @Nullable Throwable cause) {
        int offset = Math.min(read, length);
        return new MalformedPayloadException(
                name + path + ": " + problem + " (at byte " + offset + " of a payload of " + length + ")",
                path,
                offset,
                cause);
    }
}
