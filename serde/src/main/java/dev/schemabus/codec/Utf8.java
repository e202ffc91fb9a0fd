package dev.schemabus.codec;

/** UTF-8 (RFC 3629) of Java's strings. */
final class Utf8 {

    private Utf8() {}

    /**
     * How many bytes a text takes.
     *
     * @throws PathException if it holds half a surrogate pair, which UTF-8 can't carry
     */
    static int size(String text) {
        int length = text.length();
        int size = length;
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                size++;
                if (unit >= 0x800) {
                    size++;
                    if (Character.isSurrogate(unit)) {
                        requirePair(text, i);
                        i++; // the pair's other half is counted already: four bytes for two units
                    }
                }
            }
            if (size < 0) {
                throw new PathException("takes more than " + Integer.MAX_VALUE + " bytes");
            }
        }
        return size;
    }

    private static void requirePair(String text, int at) {
        boolean pair = Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (!pair) {
            throw new PathException(
                    "holds half a surrogate pair at " + at + ", which is no text: UTF-8 can't carry it");
        }
    }

    /** Writes a text that {@link #size} found whole, into as many bytes as it said. */
    static void write(String text, byte[] to, int start) {
        int at = start;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                to[at++] = (byte) unit;
            } else if (unit < 0x800) {
                to[at++] = (byte) (0xC0 | (unit >> 6));
                to[at++] = (byte) (0x80 | (unit & 0x3F));
            } else if (Character.isSurrogate(unit)) {
                int point = Character.toCodePoint(unit, text.charAt(++i));
                to[at++] = (byte) (0xF0 | (point >> 18));
                to[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                to[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                to[at++] = (byte) (0xE0 | (unit >> 12));
                to[at++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (unit & 0x3F));
            }
        }
    }
}
