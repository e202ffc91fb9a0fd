package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code oneOf} at the root whose objects say in a property which alternative they are, some of which are read in ways of
 * their own.
 */
final class JsonUnionDecoder<T> implements Decoder<T> {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectReader TREES = new JsonMapper().reader();

    private final Map<String, Decoder<? extends T>> byName = new HashMap<>();

    private final Decoder<? extends T> others;

    /** @param decoders what reads the values of each of these branches, in the same order */
    JsonUnionDecoder(
            List<EventSchema> branches, List<? extends Decoder<? extends T>> decoders, Decoder<? extends T> others) {
        this.others = others;
        for (int i = 0; i < branches.size(); i++) {
            String name = discriminator(branches.get(i));
            if (!name.isEmpty()) {
                byName.putIfAbsent(name, decoders.get(i));
            }
        }
    }

    /** What the schema says that the property says; else the simple name. */
    private static String discriminator(EventSchema branch) {
        try {
            JsonNode property = TREES.readTree(branch.text()).path("properties").path(Shape.OfUnion.DISCRIMINATOR);
            String said =
                    property.path("const").asText(property.path("enum").path(0).asText());
            String name = branch.name().orElse("");
            return said.isEmpty() ? name.substring(name.lastIndexOf('.') + 1) : said;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("this text has been read before", e);
        }
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        String name;
        try (JsonParser json = FACTORY.createParser(bytes, offset, length)) {
            name = discriminator(json);
        } catch (JsonProcessingException e) {
            throw new MalformedPayloadException(
                    "The payload of " + length + " bytes is not JSON (" + e.getOriginalMessage() + ")",
                    "",
                    (int) Math.max(
                            -1, e.getLocation() == null ? -1 : e.getLocation().getByteOffset()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't fail to give bytes", e);
        }
        Decoder<? extends T> branch = name == null ? null : byName.get(name);
        return (branch == null ? others : branch).decode(bytes, offset, length);
    }

    private static @Nullable String discriminator(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = json.currentName().equals(Shape.OfUnion.DISCRIMINATOR);
            JsonToken value = json.nextToken();
            if (found) {
                return value == JsonToken.VALUE_STRING ? json.getText() : null;
            }
            json.skipChildren();
        }
        return null;
    }
}
