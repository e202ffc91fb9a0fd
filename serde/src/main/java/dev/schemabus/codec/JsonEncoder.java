package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.UTF8JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON text in UTF-8. */
final class JsonEncoder<T> implements Encoder<T> {

    private final Class<T> type;
    private final JsonForm root;
    private final @Nullable JsonForm fast;
    private final @Nullable JsonValidator validator;
    private final Limits limits;
    private final JsonStreams streams;

    JsonEncoder(Class<T> type, JsonCodecs.Planned plan, Limits limits) {
        this.type = type;
        this.root = plan.root();
        this.fast = plan.fast();
        this.validator = plan.validator();
        this.limits = limits;
        this.streams = JsonStreams.of(limits.depth());
    }

    @Override
    public byte[] encode(T value, int headroom) {
        try {
            byte[] bytes = bytes(value, headroom);
            if (validator != null) {
                validate(validator, bytes, headroom);
            }
            return bytes;
        } catch (PathException e) {
            throw mismatched(e.path(), e.problem(), e.getCause() == null ? e : e.getCause());
        } catch (JsonProcessingException e) {
            throw mismatched("", JsonStreams.limit(e, limits).orElse(e.getOriginalMessage()), e);
        } catch (StackOverflowError e) {
            throw mismatched("", "the value is nested too deep to be written", e);
        } catch (RuntimeException e) {
            throw mismatched(
                    "", "the value can't be read (" + e.getClass().getSimpleName() + "): was it changed meanwhile?", e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't fail to take bytes", e);
        }
    }

    private void validate(JsonValidator its, byte[] bytes, int headroom) throws IOException {
        try (JsonTokens payload = streams.tokens(bytes, headroom, bytes.length - headroom)) {
            its.validate(payload);
        }
    }

    private byte[] bytes(T value, int headroom) throws IOException {
        try {
            byte[] bytes = write(value, headroom, fast == null ? root : fast, false);
            if (!holdsHalfAPair(bytes, headroom)) {
                return bytes;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // the plan says what it is, and where
        }
        return write(value, headroom, root, true);
    }

    private byte[] write(T value, int headroom, JsonForm form, boolean checkingTexts) throws IOException {
        PayloadSink sink = new PayloadSink(headroom, limits.valueBytes());
        UTF8JsonGenerator json = streams.generator(sink);
        try {
            form.write(value, new JsonOutput(json, limits, checkingTexts));
            json.close();
            return sink.bytes();
        } finally {
            if (!json.isClosed()) {
                sink.refuseMore();
                json.close(); // gives the buffers back
            }
        }
    }

    /**
     * Half a surrogate pair is no text, and the generator writes it as an escape. Looking for one in the bytes takes a
     * fraction of the time that looking at each text would.
     */
    private static boolean holdsHalfAPair(byte[] json, int from) {
        int at = PayloadText.firstBackslash(json, from, json.length);
        while (at < json.length) {
            if (json[at + 1] == 'u' && json[at + 2] == 'D') {
                return true;
            }
            at = PayloadText.firstBackslash(json, at + 2, json.length);
        }
        return false;
    }

    private MismatchedValueException mismatched(String path, String problem, @Nullable Throwable cause) {
        return new MismatchedValueException(type.getSimpleName() + path + ": " + problem, path, cause);
    }
}
