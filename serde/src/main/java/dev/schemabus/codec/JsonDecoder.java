package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads values from JSON text in UTF-8. */
final class JsonDecoder<T> implements Decoder<T> {

    private final Class<T> type;
    private final JsonForm root;
    private final @Nullable JsonForm fast;
    private final @Nullable JsonValidator validator;
    private final Limits limits;
    private final JsonStreams streams;

    JsonDecoder(Class<T> type, JsonCodecs.Planned plan, Limits limits) {
        this.type = type;
        this.root = plan.root();
        this.fast = plan.fast();
        this.validator = plan.validator();
        this.limits = limits;
        this.streams = JsonStreams.of(limits.depth());
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireText(bytes, offset, length);
        // RFC 8259 (section 8.1) lets readers pass over a byte order mark.
        int mark = PayloadText.byteOrderMark(bytes, offset, length);
        JsonForm form = fast;
        if (form != null) {
            try (JsonTokens json = streams.tokens(bytes, offset + mark, length - mark)) {
                return read(form, json, bytes, offset + mark, length - mark);
            } catch (IOException | RuntimeException | StackOverflowError e) {
                // the plan says what it is, and where
            }
        }
        return interpret(bytes, offset, length, mark);
    }

    /**
     * What the discriminator of the root says.
     *
     * @return null if there is none, or if {@link #decode} would refuse the payload anyway
     */
    @Nullable
    String discriminator(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireText(bytes, offset, length);
        int mark = PayloadText.byteOrderMark(bytes, offset, length);
        try {
            return JsonDiscriminator.find(streams, bytes, offset + mark, length - mark);
        } catch (IOException | RuntimeException e) {
            return null; // decoding comes to the same error, and says what it is, and where
        }
    }

    private T interpret(byte[] bytes, int offset, int length, int mark) {
        try (JsonTokens json = streams.tokens(bytes, offset + mark, length - mark)) {
            try {
                return read(root, json, bytes, offset + mark, length - mark);
            } catch (PathException e) {
                throw malformed(
                        e.path(), e.problem(), mark + json.read(), length, e.getCause() == null ? e : e.getCause());
            } catch (JsonProcessingException e) {
                String problem =
                        JsonStreams.limit(e, limits).orElseGet(() -> "it is not JSON (" + e.getOriginalMessage() + ")");
                throw malformed("", problem, mark + json.read(), length, e);
            } catch (IOException | RuntimeException e) {
                // Jackson answers an exponent of 17 digits with a NumberFormatException.
                throw malformed("", "it is not JSON (" + e.getMessage() + ")", mark + json.read(), length, e);
            } catch (StackOverflowError e) {
                throw malformed("", "it is nested too deep", mark + json.read(), length, e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't fail to give bytes", e);
        }
    }

    private T read(JsonForm form, JsonTokens json, byte[] bytes, int offset, int length) throws IOException {
        JsonInput in = new JsonInput(json, streams, bytes, offset, length, limits);
        if (json.nextToken() == null) {
            throw new PathException("the payload is empty");
        }
        T value = type.cast(Objects.requireNonNull(form.read(in)));
        if (json.nextToken() != null) {
            throw new PathException("more follows the value in the payload");
        }
        if (validator != null) {
            try (JsonTokens again = streams.tokens(bytes, offset, length)) {
                validator.validate(again);
            }
        }
        return value;
    }

    private void requireText(byte[] bytes, int offset, int length) {
        if (length > limits.valueBytes()) {
            throw malformed(
                    "",
                    "it is longer than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)",
                    0,
                    length,
                    null);
        }
        int invalid = PayloadText.firstInvalid(bytes, offset, offset + length) - offset;
        if (invalid < length) {
            throw malformed("", "it is not JSON (no UTF-8)", invalid, length, null);
        }
    }

    private MalformedPayloadException malformed(
            String path, String problem, int offset, int length, @Nullable Throwable cause) {
        return new MalformedPayloadException(
                type.getSimpleName() + path + ": " + problem + " (at byte " + offset + " of a payload of " + length
                        + ")",
                path,
                offset,
                cause);
    }
}
