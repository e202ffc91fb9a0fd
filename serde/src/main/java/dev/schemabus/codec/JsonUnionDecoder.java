package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Shape;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code oneOf} at the root whose objects say in a property which alternative they are, some of which are read in ways of
 * their own.
 */
final class JsonUnionDecoder<T> implements Decoder<T> {

    private static final ObjectReader TREES = new JsonMapper().reader();

    private final Map<String, Decoder<? extends T>> byName = new HashMap<>();

    private final JsonDecoder<? extends T> others;

    /** @param decoders what reads the values of each of these branches, in the same order */
    JsonUnionDecoder(
            List<EventSchema> branches,
            List<? extends Decoder<? extends T>> decoders,
            JsonDecoder<? extends T> others) {
        this.others = others;
        for (int i = 0; i < branches.size(); i++) {
            String name = discriminator(branches.get(i));
            if (!name.isEmpty()) {
                byName.putIfAbsent(name, decoders.get(i));
            }
        }
    }

    /** What the schema says that the property says; else the simple name. */
    static String discriminator(EventSchema branch) {
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
        String name = others.discriminator(bytes, offset, length);
        Decoder<? extends T> branch = name == null ? null : byName.get(name);
        return (branch == null ? others : branch).decode(bytes, offset, length);
    }
}
