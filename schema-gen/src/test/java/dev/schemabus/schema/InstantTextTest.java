package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way to print and read points in time agrees with the JDK's. */
class InstantTextTest {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyTimeIsPrintedAndReadAsTheJdkDoes(long seed) {
        Random random = new Random(seed);
        int[] units = {1, 1_000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 100_000; i++) {
            int unit = units[random.nextInt(units.length)];
            Instant at = Instant.ofEpochSecond(
                    FIRST + (long) (random.nextDouble() * (LAST - FIRST)),
                    (long) random.nextInt(1_000_000_000) / unit * unit);

            assertThat(InstantText.print(at)).isEqualTo(at.toString());
            assertThat(InstantText.parse(at.toString())).isEqualTo(at);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aDamagedTextIsReadOrRefusedAsTheJdkDoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder("2024-02-28T23:59:58.123Z");
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789-:.TZtz+ \u0663".charAt(random.nextInt(20)));
            }
            assertSame(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2024-04-31T00:00:00Z",
                "2016-12-31T23:59:60Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:00:00.Z",
                "2024-01-01T00:00:00.1Z",
                "2024-01-01T00:00:00.123456789Z",
                "2024-01-01T00:00:00.1234567890Z",
                "2024-01-01T00:00Z",
                "2024-01-01T00:00:00+01:00",
                "+12024-01-01T00:00:00Z",
                "-2024-01-01T00:00:00Z",
                "2024-01-01T00:00:00.-12Z",
                "Z",
                ""
            })
    void thisTextIsReadOrRefusedAsTheJdkDoes(String text) {
        assertSame(text);
    }

    private static void assertSame(String text) {
        Instant expected;
        try {
            expected = Instant.parse(text);
        } catch (DateTimeException e) {
            assertThatThrownBy(() -> InstantText.parse(text)).as(text).isInstanceOf(DateTimeException.class);
            return;
        }
        assertThat(InstantText.parse(text)).as(text).isEqualTo(expected);
    }

    @Test
    void theLastSecondOfAYearIsRight() {
        assertThat(InstantText.print(Instant.parse("1969-12-31T23:59:59.999Z"))).isEqualTo("1969-12-31T23:59:59.999Z");
    }
}
