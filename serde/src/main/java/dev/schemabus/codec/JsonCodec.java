package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemabus.schema.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * JSON text in UTF-8. What a type reads is decided by the type alone: properties that it doesn't know are skipped,
 * those that it misses take their defaults, so the writer schema isn't needed.
 */
final class JsonCodec<T> implements Codec<T> {

    /** Objects and arrays within each other, the outermost included. */
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(1_000)
                    // Texts and names are no longer than the payload, which is in memory already.
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            // What could not be read back is not written.
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final ObjectReader TREES = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final Class<T> type;
    private final JsonPlan.Node root;

    JsonCodec(Class<T> type, Shape shape) {
        this.type = type;
        this.root = new JsonPlan().node(shape);
    }

    @Override
    public byte[] encode(T value, int headroom) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(headroom + 512);
        out.write(new byte[headroom], 0, headroom);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            root.write(value, json);
        } catch (PathException e) {
            throw new MismatchedValueException(e.describe(type), e.getCause() == null ? e : e.getCause());
        } catch (JsonProcessingException e) {
            throw new MismatchedValueException(type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't fail to take bytes", e);
        }
        return out.toByteArray();
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        ByteBuffer payload = ByteBuffer.wrap(bytes, offset, length);
        try {
            JsonNode tree = TREES.readTree(bytes, offset, length);
            if (tree.isMissingNode()) {
                throw new PathException("the payload is empty");
            }
            return type.cast(Objects.requireNonNull(root.read(tree)));
        } catch (PathException e) {
            throw new MalformedPayloadException(e.describe(type), e.getCause() == null ? e : e.getCause());
        } catch (JsonProcessingException e) {
            throw malformed(payload, e.getOriginalMessage(), e);
        } catch (IOException | RuntimeException e) {
            // Jackson answers an exponent of 17 digits with a NumberFormatException.
            throw malformed(payload, String.valueOf(e.getMessage()), e);
        }
    }

    private MalformedPayloadException malformed(ByteBuffer payload, String why, Throwable cause) {
        return new MalformedPayloadException(
                type.getSimpleName() + ": the payload of " + payload.remaining() + " bytes is not JSON (" + why + ")",
                cause);
    }
}
