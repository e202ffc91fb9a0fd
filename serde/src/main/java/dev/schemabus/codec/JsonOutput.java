package dev.schemabus.codec;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.json.UTF8JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Writes one payload. Throws {@link PathException} for a value that doesn't fit.
 *
 * <p>Internal: public only because generated classes, which stand in the packages of records, call it.
 */
public final class JsonOutput {

    private final UTF8JsonGenerator json;
    private final Limits limits;

    /** Whether each text is looked at; else the whole payload is, which is faster, see {@link JsonEncoder}. */
    private final boolean checkingTexts;

    private int nodesLeft;

    JsonOutput(UTF8JsonGenerator json, Limits limits, boolean checkingTexts) {
        this.json = json;
        this.limits = limits;
        this.checkingTexts = checkingTexts;
        this.nodesLeft = limits.nodes();
    }

    void startObject() throws IOException {
        json.writeStartObject();
    }

    void endObject() throws IOException {
        json.writeEndObject();
    }

    void startArray() throws IOException {
        json.writeStartArray();
    }

    void endArray() throws IOException {
        json.writeEndArray();
    }

    /**
     * The name of a property.
     *
     * @param name a {@link SerializableString}; said to be any object, since a record's class loader may not know Jackson
     */
    public void name(Object name) throws IOException {
        json.writeFieldName((SerializableString) name);
    }

    /** The key of a map's entry. */
    void key(String key) throws IOException {
        JsonLimits.requireLength(key, limits);
        json.writeFieldName(key);
    }

    /** Counts what a list or map holds. */
    void count(int held) {
        nodesLeft -= held;
        if (nodesLeft < 0) {
            throw JsonLimits.tooManyNodes(limits);
        }
    }

    /** Refuses more items in a list or map than these. */
    void requireRoom(int items) {
        if (items > limits.items()) {
            throw JsonLimits.tooManyItems(limits);
        }
    }

    void writeNull() throws IOException {
        json.writeNull();
    }

    /** A component. */
    public void write(boolean value) throws IOException {
        json.writeBoolean(value);
    }

    /** A component. */
    public void write(int value) throws IOException {
        json.writeNumber(value);
    }

    /** A component. */
    public void write(long value) throws IOException {
        json.writeNumber(value);
    }

    /** A component. */
    public void write(float value) throws IOException {
        if (!Float.isFinite(value)) {
            throw notFinite(value);
        }
        json.writeNumber(value);
    }

    /** A component. */
    public void write(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw notFinite(value);
        }
        json.writeNumber(value);
    }

    private static PathException notFinite(Number value) {
        return new PathException("is " + value + ", which JSON can't write (RFC 8259, section 6): declare the component"
                + " Optional, and leave it empty where there is no number");
    }

    void write(BigDecimal value) throws IOException {
        json.writeNumber(JsonStreams.plain(value));
    }

    /** A text; null is refused. */
    public void write(@Nullable String value) throws IOException {
        String text = checkingTexts ? Values.text(value) : (String) Values.required(value);
        JsonLimits.requireLength(text, limits);
        json.writeString(text);
    }

    /** A text that needs no check and no escapes, encoded beforehand. */
    void write(SerializableString text) throws IOException {
        json.writeString(text);
    }

    void write(byte[] value) throws IOException {
        // Base64 takes four bytes for three.
        if (value.length > limits.stringBytes() / 4 * 3) {
            throw new PathException("is " + value.length + " bytes long, and as Base64 they are a text beyond "
                    + limits.stringBytes() + " bytes, the limit (schemabus.limits.string.bytes)");
        }
        json.writeBinary(value);
    }
}
