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
 * who takes the partition over doesn't handle them again: {@code sb2:} and, in Base64, the committed offset, the highest
 * leader epoch received, then the distances between the incomplete offsets from the committed one on, and to the end of
 * what is known, each as a variable-length number. A hint only: without it those records come again.
 *
 * <p>It is believed only of the log it was written about. Tools that carry a group elsewhere translate the offset and copy
 * the text, so the offset is in the text too. And what stands in the log at some of these offsets may be new, after the
 * log was truncated: then it was taken by a later leader. ({@code sb1:}, with neither, is not read any more.)
 *
 * @param incomplete the offsets before the end that are not complete
 * @param end the first offset that nothing is known of
 * @param epoch the leader epoch beyond which nothing is known
 */
record CompletedAhead(Set<Long> incomplete, long end, int epoch) {

    /** Nothing is known. */
    static final CompletedAhead NONE = new CompletedAhead(Set.of(), -1, -1);

    /** Brokers take 4096 bytes unless told otherwise ({@code offset.metadata.max.bytes}). */
    static final int LONGEST = 4096;

    private static final String MARK = "sb2:";
    private static final int MOST_BYTES = (LONGEST - MARK.length()) / 4 * 3;
    private static final int LONGEST_NUMBER = 10;

    /** @param leaderEpoch the epoch of the leader that took the record at this offset, if known */
    boolean contains(long offset, Optional<Integer> leaderEpoch) {
        return offset < end && isOfItsLog(leaderEpoch) && !incomplete.contains(offset);
    }

    /** Whether a record before the end stood there when this was written. */
    boolean isOfItsLog(Optional<Integer> leaderEpoch) {
        return leaderEpoch.isPresent() && leaderEpoch.get() <= epoch;
    }

    /**
     * What to commit beside an offset. If not all fits, as much of the lower offsets as does.
     *
     * @param position the offset to be committed
     * @param incomplete all incomplete offsets
     * @param end behind the last offset received
     * @param epoch the highest leader epoch received; if it is negative, because none is known, nothing can be said
     */
    static String text(long position, NavigableSet<Long> incomplete, long end, int epoch) {
        if (epoch < 0 || end <= position || incomplete.size() == end - position) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, position);
        write(bytes, epoch);
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
     * @return empty if it is none of ours, can't be read, or was committed beside another offset
     */
    static Optional<CompletedAhead> read(long position, String text) {
        if (!text.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(text.substring(MARK.length()).getBytes(StandardCharsets.US_ASCII));
            List<Long> numbers = numbers(bytes);
            if (numbers.size() < 3 || bytes[bytes.length - 1] < 0 || numbers.get(0) != position) {
                return Optional.empty();
            }
            int epoch = Math.toIntExact(numbers.get(1));
            List<Long> offsets = new ArrayList<>();
            long offset = position;
            for (long distance : numbers.subList(2, numbers.size())) {
                offset = Math.addExact(offset, distance);
                offsets.add(offset);
            }
            long end = offsets.remove(offsets.size() - 1);
            return Optional.of(new CompletedAhead(new HashSet<>(offsets), end, epoch));
        } catch (IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static List<Long> numbers(byte[] bytes) {
        List<Long> numbers = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            long number = 0;
            int shift = 0;
            byte part;
            do {
                part = bytes[at++];
                number |= (long) (part & 0x7F) << shift;
                shift += 7;
            } while (part < 0 && shift < 63);
            numbers.add(number);
        }
        return numbers;
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
