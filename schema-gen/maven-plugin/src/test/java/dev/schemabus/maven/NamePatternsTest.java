package dev.schemabus.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.Order, com.acme.Order, true",
        "com.acme.*, com.acme.Order, true",
        "com.acme.*, com.acme.shop.Order, false",
        "com.acme.**, com.acme.shop.Order, true",
        "**.Order*, com.acme.OrderPaid, true",
        "*.Order, com.acme.Order, false",
        "com.acme.Orde, com.acme.Order, false",
    })
    void oneStarStopsAtDotsAndTwoDoNot(String pattern, String name, boolean matches) {
        assertThat(new NamePatterns(List.of(pattern), List.of()).match(name)).isEqualTo(matches);
        assertThat(new NamePatterns(List.of(), List.of(pattern)).match(name)).isEqualTo(!matches);
    }
}
