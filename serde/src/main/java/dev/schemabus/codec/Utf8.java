package dev.schemabus.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** UTF-8 (RFC 3629) of Java's strings. */
final class Utf8 {

    /** Eight bytes of an array at once. */
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;

    /** What a byte beyond ASCII has, eight times. */
    static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private static final long QUESTION_MARKS = '?' * ONES;

    private Utf8() {}

    /**
     * Whether bytes that Java made of a text may stand for half a surrogate pair, which UTF-8 can't carry: Java writes a question mark
     * for it. Looks at eight bytes at a time.
     */
    static boolean mayHideSurrogates(byte[] utf8) {
        int length = utf8.length;
        if (length < Long.BYTES) {
            boolean found = false;
            for (byte letter : utf8) {
                found |= letter == '?';
            }
            return found;
        }
        int last = length - Long.BYTES;
        long found = bytes((long) LONGS.get(utf8, last), QUESTION_MARKS);
        for (int at = 0; at < last; at += Long.BYTES) {
            found |= bytes((long) LONGS.get(utf8, at), QUESTION_MARKS);
        }
        return found != 0;
    }

    /**
     * Not 0 if one of eight bytes is the wanted one.
     *
     * @param wanted that byte, eight times
     */
    static long bytes(long eight, long wanted) {
        long zeroes = eight ^ wanted;
        return (zeroes - ONES) & ~zeroes & HIGH_BITS;
    }

    /**
     * How many bytes a text takes.
     *
     * @return a number beyond the int range for very long texts
     */
    static long size(String text) {
        long size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                // Each half of a surrogate pair stands for two of its four bytes.
                size += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
            }
        }
        return size;
    }

    /** @throws PathException if a text holds half a surrogate pair */
    static void requirePairs(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < length
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new PathException(
                            "holds half a surrogate pair at " + i + ", which is no text: UTF-8 can't carry it");
                }
                i++;
            }
        }
    }
}
