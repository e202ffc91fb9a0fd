package dev.schemabus.codec;

/** What is said about limits in both directions of JSON. */
final class JsonLimits {

    private JsonLimits() {}

    static PathException tooManyNodes(Limits limits) {
        return new PathException(
                "makes more than " + limits.nodes() + " elements in one payload, the limit (schemabus.limits.nodes)");
    }

    static PathException tooManyItems(Limits limits) {
        return new PathException("holds more than " + limits.items() + " items, the limit (schemabus.limits.items)");
    }

    /** @throws PathException if a text takes more bytes than one may */
    static void requireLength(String text, Limits limits) {
        if (text.length() > limits.stringBytes() / 3 && Utf8.size(text) > limits.stringBytes()) {
            throw new PathException("is a text of more than " + limits.stringBytes()
                    + " bytes, the limit (schemabus.limits.string.bytes)");
        }
    }
}
