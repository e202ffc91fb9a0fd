package dev.schemabus.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.json.UTF8JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Makes Jackson's parsers and generators for payloads. Both are of one class each, so that calls to them need no look-up:
 * a payload is UTF-8 (RFC 8259, section 8.1), whatever its first bytes look like.
 */
final class JsonStreams extends JsonFactory {

    private static final long serialVersionUID = 1L;

    /** Digits of one number, the exponent's included; parsing takes time that grows faster than their count. */
    private static final int MAX_NUMBER_LENGTH = 1_000;

    private static final String TOO_LONG =
            "has more than " + MAX_NUMBER_LENGTH + " digits, the most that are read from JSON";

    private static final JsonStreams STANDARD =
            new JsonStreams(Limits.standard().depth());

    /** Codecs of one depth share the names that parsers have met. */
    static JsonStreams of(int depth) {
        return depth == Limits.standard().depth() ? STANDARD : new JsonStreams(depth);
    }

    /** @param depth how many objects and arrays may be within each other, the outermost included */
    private JsonStreams(int depth) {
        super(settings(depth));
    }

    private static JsonFactoryBuilder settings(int depth) {
        return (JsonFactoryBuilder) JsonFactory.builder()
                .recyclerPool(new ThreadRecyclers())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        // JsonInput checks them; they are no longer than the payload, which is in memory already.
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                // What could not be read back is not written.
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(depth).build())
                // Names are compared with the expected ones first; interning the keys of maps is dear.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);
    }

    /** Which limit parser or generator complain of, in our words; empty if it is none. They have one type for all limits. */
    static Optional<String> limit(JsonProcessingException problem, Limits limits) {
        if (!(problem instanceof StreamConstraintsException)) {
            return Optional.empty();
        }
        String theirs = problem.getOriginalMessage();
        return theirs.startsWith("Document nesting depth")
                ? Optional.of(limits.tooDeep())
                : theirs.startsWith("Number value length") ? Optional.of("a number " + TOO_LONG) : Optional.empty();
    }

    /**
     * A number without an exponent.
     *
     * @throws PathException if it couldn't be read back
     */
    static String plain(BigDecimal number) {
        int scale = number.scale();
        if (scale > MAX_NUMBER_LENGTH || scale < -MAX_NUMBER_LENGTH) {
            requireReadable(number); // before it is written out: a few bytes may stand for a billion digits
        }
        String text = number.toPlainString();
        if (text.length() > MAX_NUMBER_LENGTH) {
            requireReadable(number);
        }
        return text;
    }

    private static void requireReadable(BigDecimal number) {
        int scale = number.scale();
        long digits = scale > 0
                ? Math.max(number.precision(), scale + 1L)
                : number.signum() == 0 ? 1 : number.precision() - (long) scale;
        if (digits > MAX_NUMBER_LENGTH) {
            throw new PathException("is a number that " + TOO_LONG);
        }
    }

    JsonTokens tokens(byte[] bytes, int offset, int length) throws IOException {
        return (JsonTokens) createParser(bytes, offset, length);
    }

    UTF8JsonGenerator generator(OutputStream out) throws IOException {
        return (UTF8JsonGenerator) createGenerator(out);
    }

    /** Unlike Jackson's own it doesn't guess the encoding. */
    @Override
    protected JsonTokens _createParser(byte[] bytes, int offset, int length, IOContext context) {
        return new JsonTokens(
                context,
                _parserFeatures,
                _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
                bytes,
                offset,
                length);
    }
}
