package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletedAheadTest {

    @Test
    void nothingCompletedAheadNeedsNoText() {
        assertThat(CompletedAhead.text(7, new TreeSet<>(), 7, 0)).isEmpty();
        assertThat(CompletedAhead.text(7, new TreeSet<>(List.of(7L, 8L)), 9, 0)).isEmpty();
    }

    @Test
    void itsFormIsFixed() {
        // Position 100 (64), epoch 3; incomplete: 100 (distance 0) and 300 (200 = C8 01); known to 1000 (700 = BC 05).
        assertThat(CompletedAhead.text(100, new TreeSet<>(List.of(100L, 300L)), 1000, 3))
                .isEqualTo("sb2:ZAMAyAG8BQ");
    }

    @Test
    void besideAnotherOffsetItSaysNothing() {
        String text = CompletedAhead.text(400, new TreeSet<>(List.of(400L)), 1000, 3);

        assertThat(CompletedAhead.read(400, text)).isPresent();
        // As a tool that carries the group to another cluster does: the offset translated, the text as it was.
        assertThat(CompletedAhead.read(350, text)).isEmpty();
    }

    @Test
    void ofALaterLeadersRecordsItSaysNothing() {
        CompletedAhead ahead = CompletedAhead.read(400, CompletedAhead.text(400, new TreeSet<>(List.of(400L)), 1000, 3))
                .orElseThrow();

        assertThat(ahead.contains(600, Optional.of(3))).isTrue();
        assertThat(ahead.contains(600, Optional.of(4))).isFalse();
        assertThat(ahead.contains(600, Optional.empty())).isFalse();
    }

    @Test
    void withoutAnEpochNothingIsSaid() {
        assertThat(CompletedAhead.text(400, new TreeSet<>(List.of(400L)), 1000, -1))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsReadIsWhatWasWrittenOrLess(long seed) {
        Random random = new Random(seed);
        long position = random.nextLong(1L << 40);
        long end = position + 1 + random.nextInt(20_000);
        TreeSet<Long> incomplete = new TreeSet<>();
        incomplete.add(position);
        int share = 1 + random.nextInt(50);
        LongStream.range(position, end).filter(o -> random.nextInt(share) == 0).forEach(incomplete::add);

        String text = CompletedAhead.text(position, incomplete, end, 7);

        assertThat(text.length()).as("seed %d", seed).isLessThanOrEqualTo(CompletedAhead.LONGEST);
        CompletedAhead read = text.isEmpty()
                ? CompletedAhead.NONE
                : CompletedAhead.read(position, text).orElseThrow();
        for (long offset = position; offset < end + 10; offset++) {
            boolean complete = offset < end && !incomplete.contains(offset);
            if (read.contains(offset, Optional.of(7))) {
                assertThat(complete).as("offset %d, seed %d", offset, seed).isTrue();
            } else if (offset < read.end()) {
                assertThat(complete).as("offset %d, seed %d", offset, seed).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anything",
                "sb2:",
                "sb2:!",
                "sb2:gA",
                "sb2:AA",
                "sb2:AAA",
                "sb1:AMgBvAU",
                "sb2:AAD///////////////////////8"
            })
    void whatCantBeReadIsNothing(String text) {
        assertThat(CompletedAhead.read(0, text)).isEmpty();
    }
}
