package dev.schemabus.codec;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes what a generator's own buffer holds when it is full or done, and gives it as one array of the exact size. A
 * payload that fits that buffer, as most do, is copied once.
 */
final class PayloadSink extends OutputStream {

    private static final byte[] NOTHING = {};

    private final int headroom;
    private final int limit;
    private List<byte[]> earlier = List.of();
    private byte[] last = NOTHING;
    private int size;
    private boolean refusing;

    /**
     * @param headroom bytes to leave free before the payload
     * @param limit the most bytes that a payload may have
     */
    PayloadSink(int headroom, int limit) {
        this.headroom = headroom;
        this.limit = limit;
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (refusing) {
            return;
        }
        if (length > limit - size) {
            throw new PathException(
                    "makes a payload of more than " + limit + " bytes, the limit (schemabus.limits.value.bytes)");
        }
        int room = size == 0 ? headroom : 0;
        if (size > 0) {
            if (earlier.isEmpty()) {
                earlier = new ArrayList<>();
            }
            earlier.add(last);
        }
        last = new byte[room + length];
        System.arraycopy(bytes, offset, last, room, length);
        size += length;
    }

    /** What comes now is no payload: the value didn't fit. */
    void refuseMore() {
        refusing = true;
    }

    /** Headroom and payload. */
    byte[] bytes() {
        if (size == 0) {
            return new byte[headroom];
        }
        if (earlier.isEmpty()) {
            return last;
        }
        byte[] all = new byte[headroom + size];
        int at = 0;
        for (byte[] part : earlier) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        System.arraycopy(last, 0, all, at, last.length);
        return all;
    }
}
