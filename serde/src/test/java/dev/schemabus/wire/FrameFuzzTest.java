package dev.schemabus.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A target for Jazzer: the first byte says how many of the following are the header, or that there is none. */
class FrameFuzzTest {

    @FuzzTest
    void frames(byte[] input) {
        int split = input.length == 0 ? 0 : Math.min(input.length, 1 + (input[0] & 0x3F));
        byte @Nullable [] header =
                input.length == 0 || input[0] < 0 ? null : Arrays.copyOfRange(input, 1, Math.max(1, split));
        byte[] value = Arrays.copyOfRange(input, split, input.length);
        for (WireFormat format : new WireFormat[] {WireFormats.PREFIX_ID, WireFormats.HEADER_GUID, WireFormats.DUAL}) {
            open(format, header, value);
        }
    }

    private static void open(WireFormat format, byte @Nullable [] header, byte[] value) {
        Frame frame;
        try {
            frame = format.open(header, value);
        } catch (MalformedRecordException expected) {
            return;
        }
        frame.payload().get(new byte[frame.payload().remaining()]); // what was opened can be read
    }
}
