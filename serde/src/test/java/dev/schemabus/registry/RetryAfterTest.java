package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Optional<Duration> parse(String value) {
        return RetryAfter.parse(value, Optional.empty(), NOW);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "' 7 ', 7", "60, 60", "61, 60", "999999999, 60", "99999999999999999999, 60"})
    void secondsAreBelievedUpToAMinute(String value, long seconds) {
        assertThat(parse(value)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "'Sun, 01 Mar 2026 12:00:05 GMT', 5",
        "'Sun, 01 Mar 2026 11:00:00 GMT', 0",
        "'Fri, 01 Mar 2126 12:00:00 GMT', 60"
    })
    void aDateIsAWaitFromNow(String value, long seconds) {
        assertThat(parse(value)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void aDateIsMeasuredByTheClockOfItsServer() {
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 15:00:05 GMT", Optional.of("Sun, 01 Mar 2026 15:00:00 GMT"), NOW))
                .contains(Duration.ofSeconds(5));
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 12:00:05 GMT", Optional.of("noon"), NOW))
                .contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "2026-03-01T12:00:05Z"})
    void anythingElseIsPassedOver(String value) {
        assertThat(parse(value)).isEmpty();
    }
}
