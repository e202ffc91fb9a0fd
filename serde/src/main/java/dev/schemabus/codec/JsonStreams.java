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

/**
 * Makes Jackson's parsers and generators for payloads. Both are of one class each, so that calls to them need no look-up:
 * a payload is UTF-8 (RFC 8259, section 8.1), whatever its first bytes look like.
 */
final class JsonStreams extends JsonFactory {

    private static final long serialVersionUID = 1L;

    /** Digits of one number; parsing takes time that grows faster than their count. */
    private static final int MAX_NUMBER_LENGTH = 1_000;

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
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);
    }

    /** Whether it is the depth that parser or generator complain of; they have no type of its own for that. */
    static boolean isTooDeep(JsonProcessingException problem) {
        return problem instanceof StreamConstraintsException
                && problem.getOriginalMessage().startsWith("Document nesting depth");
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
