package dev.schemabus.codec;

import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;

/** Jackson's parser, which also says where it is. */
final class JsonTokens extends UTF8StreamJsonParser {

    private final int start;

    JsonTokens(IOContext context, int features, ByteQuadsCanonicalizer names, byte[] bytes, int offset, int length) {
        super(context, features, null, null, names, bytes, offset, offset + length, 0, false);
        this.start = offset;
    }

    /**
     * The bytes read so far. Right after the start of an object or array they end with its bracket: the parser looks no
     * further ahead than the first byte of a value.
     */
    int read() {
        return _inputPtr - start;
    }
}
