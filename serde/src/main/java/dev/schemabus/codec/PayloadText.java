package dev.schemabus.codec;

/** A payload in UTF-8 as RFC 3629 (section 3) has it: shortest forms, no surrogates, nothing beyond U+10FFFF. */
final class PayloadText {

    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;

    private PayloadText() {}

    /** How many bytes a byte order mark takes at the start of a payload: 3, or 0 if there is none. */
    static int byteOrderMark(byte[] bytes, int offset, int length) {
        boolean there = length >= 3
                && bytes[offset] == (byte) 0xEF
                && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF;
        return there ? 3 : 0;
    }

    /** Where the first byte stands that is not ASCII, or end. */
    static int firstBeyondAscii(byte[] bytes, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES && ((long) Utf8.LONGS.get(bytes, at) & Utf8.HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Where the first backslash stands, or end. */
    static int firstBackslash(byte[] bytes, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES && Utf8.bytes((long) Utf8.LONGS.get(bytes, at), BACKSLASHES) == 0) {
            at += Long.BYTES;
        }
        while (at < end && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Where the first character starts that is no UTF-8, or end. */
    static int firstInvalid(byte[] bytes, int from, int end) {
        int at = from;
        while (true) {
            at = firstBeyondAscii(bytes, at, end);
            if (at >= end) {
                return end;
            }
            int length = length(bytes, at, end);
            if (length == 0) {
                return at;
            }
            at += length;
        }
    }

    /** How many bytes the character beyond ASCII takes, or 0 if it is none. */
    private static int length(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean valid = switch (first) {
            case 0xE0 -> second >= 0xA0; // shorter ones take two bytes
            case 0xED -> second < 0xA0; // surrogates
            case 0xF0 -> second >= 0x90; // shorter ones take three bytes
            case 0xF4 -> second < 0x90; // U+10FFFF is the last
            default -> true;
        };
        return valid ? length : 0;
    }
}
