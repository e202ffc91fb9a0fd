package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Looks for the property that says which branch of a sealed type an object is, wherever it stands. */
final class JsonDiscriminator {

    private JsonDiscriminator() {}

    /**
     * What it says. A parser of its own runs ahead, and nothing needs to be kept.
     *
     * @param offset where the object starts
     * @return null if there is none, it is no text, or the value is no object
     */
    static @Nullable String find(JsonStreams streams, byte[] bytes, int offset, int length) throws IOException {
        try (JsonTokens ahead = streams.tokens(bytes, offset, length)) {
            if (ahead.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (ahead.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = ahead.currentName().equals(Shape.OfUnion.DISCRIMINATOR);
                JsonToken value = ahead.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING ? ahead.getText() : null;
                }
                ahead.skipChildren();
            }
            return null;
        }
    }
}
