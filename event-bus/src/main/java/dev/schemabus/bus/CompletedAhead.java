package dev.schemabus.bus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/**
 * Internal: which offsets at and behind a committed one are complete already. Written into the commit's metadata, so that
 * who takes the partition over doesn't handle them again: {@code sb1:} and, in Base64, the distances between the
 * incomplete offsets from the committed one on, and to the end of what is known, each as a variable-length number. A hint
 * only: without it those records come again.
 *
 * @param incomplete the offsets before the end that are not complete
 * @param end the first offset that nothing is known of
 */
record CompletedAhead(Set<Long> incomplete, long end) {

    /** Nothing is known. */
    static final CompletedAhead NONE = new CompletedAhead(Set.of(), -1);

    /** Brokers take 4096 bytes unless told otherwise ({@code offset.metadata.max.bytes}). */
    static final int LONGEST = 4096;

    private static final String MARK = "sb1:";
    private static final int MOST_BYTES = (LONGEST - MARK.length()) / 4 * 3;
    private static final int LONGEST_NUMBER = 10;

    boolean contains(long offset) {
        return offset < end && !incomplete.contains(offset);
    }

    /**
     * What to commit beside an offset. If not all fits, as much of the lower offsets as does.
     *
     * @param position the offset to be committed
     * @param incomplete all incomplete offsets
     * @param end behind the last offset received
     */
    static String text(long position, NavigableSet<Long> incomplete, long end) {
        if (incomplete.isEmpty() || incomplete.size() == end - position) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long last = position;
        long known = end;
        for (long offset : incomplete) {
            if (bytes.size() + 2 * LONGEST_NUMBER > MOST_BYTES) {
                known = offset;
                break;
            }
            write(bytes, offset - last);
            last = offset;
        }
        write(bytes, known - last);
        return MARK + Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * Reads what was committed beside an offset.
     *
     * @return empty if it is none of ours, or can't be read
     */
    static Optional<CompletedAhead> read(long position, String text) {
        if (!text.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(text.substring(MARK.length()).getBytes(StandardCharsets.US_ASCII));
            List<Long> offsets = new ArrayList<>();
            long offset = position;
            for (int at = 0; at < bytes.length; ) {
                long distance = 0;
                int shift = 0;
                byte part;
                do {
                    part = bytes[at++];
                    distance |= (long) (part & 0x7F) << shift;
                    shift += 7;
                } while (part < 0 && shift < 63);
                offset = Math.addExact(offset, distance);
                offsets.add(offset);
            }
            if (offsets.isEmpty() || bytes[bytes.length - 1] < 0) {
                return Optional.empty();
            }
            long end = offsets.remove(offsets.size() - 1);
            return Optional.of(new CompletedAhead(new HashSet<>(offsets), end));
        } catch (IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static void write(ByteArrayOutputStream bytes, long number) {
        long left = number;
        while (left >= 0x80) {
            bytes.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
    }
}
