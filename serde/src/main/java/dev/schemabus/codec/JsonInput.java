package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one payload. Wherever a value is wanted, its first token is the current one. Throws {@link PathException} for what
 * isn't wanted.
 *
 * <p>Internal: public only because generated classes, which stand in the packages of records, call it.
 */
public final class JsonInput {

    private static final SerializedString TYPE = new SerializedString(Shape.OfUnion.DISCRIMINATOR);

    private final JsonStreams streams;
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final JsonTokens json;
    private final Limits limits;

    /** Whether there are escapes, which alone may make half a surrogate pair: the bytes are UTF-8. */
    private final boolean escapes;

    private final JsonUnknowns unknowns = new JsonUnknowns();
    private int nodesLeft;

    /** Whether the name of a property is the current token although nobody has looked at it. */
    private boolean pending;

    JsonInput(JsonTokens json, JsonStreams streams, byte[] bytes, int offset, int length, Limits limits) {
        this.json = json;
        this.streams = streams;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.limits = limits;
        this.nodesLeft = limits.nodes();
        this.escapes = PayloadText.firstBackslash(bytes, offset, offset + length) < offset + length;
    }

    JsonToken next() throws IOException {
        return json.nextToken();
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean isText() {
        return json.currentToken() == JsonToken.VALUE_STRING;
    }

    void requireObject() {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected("an object");
        }
    }

    void requireArray() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw unexpected("an array");
        }
    }

    PathException unexpected(Object wanted) {
        JsonToken token = json.currentToken();
        String found = switch (token) {
            case START_OBJECT -> "OBJECT";
            case START_ARRAY -> "ARRAY";
            case VALUE_STRING -> "STRING";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER";
            case VALUE_TRUE, VALUE_FALSE -> "BOOLEAN";
            case VALUE_NULL -> "NULL";
            default -> token.name();
        };
        return new PathException("is JSON " + found + ", and " + wanted + " is wanted");
    }

    /** Counts what a list or map holds. */
    void count(int held) {
        nodesLeft -= held;
        if (nodesLeft < 0) {
            throw JsonLimits.tooManyNodes(limits);
        }
    }

    /** Refuses one more item in a list or map that has these many. */
    void requireRoom(int items) {
        if (items >= limits.items()) {
            throw JsonLimits.tooManyItems(limits);
        }
    }

    /** A boolean. */
    public boolean readBoolean() {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_TRUE) {
            return true;
        }
        if (token == JsonToken.VALUE_FALSE) {
            return false;
        }
        throw unexpected(Scalar.BOOLEAN);
    }

    /** An int. */
    public int readInt() throws IOException {
        requireNumber(Scalar.INT);
        try {
            return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? json.getIntValue()
                    : json.getDecimalValue().intValueExact();
        } catch (InputCoercionException | ArithmeticException e) {
            throw tooMuchFor(Scalar.INT, e);
        }
    }

    /** A long. */
    public long readLong() throws IOException {
        requireNumber(Scalar.LONG);
        try {
            return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? json.getLongValue()
                    : json.getDecimalValue().longValueExact();
        } catch (InputCoercionException | ArithmeticException e) {
            throw tooMuchFor(Scalar.LONG, e);
        }
    }

    private static PathException tooMuchFor(Scalar scalar, Exception cause) {
        return new PathException("is a number that " + scalar + " can't hold", cause);
    }

    /** A float. */
    public float readFloat() throws IOException {
        requireNumber(Scalar.FLOAT);
        float value = json.getFloatValue();
        if (!Float.isFinite(value)) {
            throw outOfRange();
        }
        return value == 0 && isNegative() ? -0f : value;
    }

    /** A double. */
    public double readDouble() throws IOException {
        requireNumber(Scalar.DOUBLE);
        double value = json.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw outOfRange();
        }
        return value == 0 && isNegative() ? -0d : value;
    }

    /** The parser takes -0 for a whole number, which has no sign. */
    private boolean isNegative() throws IOException {
        return json.getText().charAt(0) == '-';
    }

    private static PathException outOfRange() {
        return new PathException("is a number beyond the range of its type");
    }

    BigDecimal readNumber() throws IOException {
        requireNumber(Scalar.NUMBER);
        return json.getDecimalValue();
    }

    private void requireNumber(Scalar wanted) {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw unexpected(wanted);
        }
    }

    /** A text. */
    public String readText() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unexpected(Scalar.STRING);
        }
        return checked(json.getText());
    }

    byte[] readBytes() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unexpected(Scalar.BYTES);
        }
        checked(json.getText());
        try {
            return json.getBinaryValue();
        } catch (JsonProcessingException e) {
            throw new PathException("is no Base64 text", e);
        }
    }

    /** The key of a map's entry, whose value is next. */
    String readKey() throws IOException {
        return checked(json.currentName());
    }

    private String checked(String text) {
        JsonLimits.requireLength(text, limits);
        return escapes ? Values.text(text) : text;
    }

    /**
     * Moves to the first token of the record's next property.
     *
     * @param its the record's {@link JsonNames}
     * @param expected the component that is likely the next
     * @return its component, as {@link JsonNames#find} gives it, or {@link JsonNames#END}
     */
    public int nextProperty(Object its, int expected) throws IOException {
        JsonNames names = (JsonNames) its;
        if (pending) {
            pending = false;
        } else if (names.isNext(json, expected)) {
            json.nextToken();
            return expected;
        }
        while (json.currentToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            int found = names.find(name, expected);
            if (found != JsonNames.UNKNOWN) {
                json.nextToken();
                return found;
            }
            names.requireAllowed(checked(name));
            unknowns.add(name, json);
            json.nextToken();
            skip();
            json.nextToken();
        }
        return JsonNames.END;
    }

    /** To be called for each object before its properties. */
    void startObject() {
        unknowns.start(json);
    }

    PathException duplicate() throws IOException {
        return duplicate(json.currentName());
    }

    static PathException duplicate(@Nullable String name) {
        return new PathException("has the property '" + name + "' twice");
    }

    /**
     * What the discriminator of an object says, wherever it stands. The first property that isn't the discriminator is
     * the next one.
     *
     * @return null if there is none, or it is no text
     */
    @Nullable
    String discriminator() throws IOException {
        int start = json.read() - 1;
        if (!json.nextFieldName(TYPE)) {
            pending = true;
            return discriminatorFurtherOn(start);
        }
        if (json.nextToken() != JsonToken.VALUE_STRING) {
            return null;
        }
        unknowns.add(TYPE.getValue(), json);
        return json.getText();
    }

    private @Nullable String discriminatorFurtherOn(int start) throws IOException {
        try {
            return JsonDiscriminator.find(streams, bytes, offset + start, length - start);
        } catch (JsonProcessingException e) {
            while (json.nextToken() != null) {
                // this parser will come to the same error, and know where it is in the payload
            }
            throw e;
        }
    }

    /** Passes over a value. It must be right all the same, and no name may be there twice. */
    public void skip() throws IOException {
        switch (json.currentToken()) {
            case START_OBJECT -> skipObject();
            case START_ARRAY -> {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    count(1);
                    skip();
                }
            }
            case VALUE_STRING -> {
                if (escapes || length > limits.stringBytes()) {
                    checked(json.getText()); // else it can be neither too long nor half a surrogate pair
                }
            }
            default -> {
                // the parser has read it
            }
        }
    }

    private void skipObject() throws IOException {
        Set<String> names = new HashSet<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            count(1);
            String name = checked(json.currentName());
            if (!names.add(name)) {
                throw duplicate(name);
            }
            json.nextToken();
            skip();
        }
    }
}
