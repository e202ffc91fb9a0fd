package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {

    private static Call call(Map<String, List<String>> query) {
        return new Call(".", List.of(), query, "");
    }

    @ParameterizedTest
    @CsvSource({"5000, 1000", "1000, 1000", "7, 7", "0, 1000", "-1, 1000"})
    void anAnswerHoldsAtMostSoManySchemas(String limit, int size) {
        List<Integer> page = call(Map.of("limit", List.of(limit), "offset", List.of("3")))
                .page(IntStream.range(0, 3_000).boxed(), Call.MOST_SCHEMAS);

        assertThat(page).hasSize(size).startsWith(3);
    }

    @ParameterizedTest
    @CsvSource({"'', 20000", "7, 7", "0, 20000", "50000, 20000"})
    void anAnswerHoldsMoreNames(String limit, int size) {
        assertThat(call(Map.of("limit", List.of(limit)))
                        .page(IntStream.range(0, 30_000).boxed()))
                .hasSize(size);
    }
}
