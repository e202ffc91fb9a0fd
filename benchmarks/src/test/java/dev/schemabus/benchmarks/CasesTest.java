package dev.schemabus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

class CasesTest {

    private static final List<Case> CASES = Cases.all();

    @Test
    void jmhMeasuresTheSameCases() throws NoSuchFieldException {
        String[] measured = ComparisonBenchmark.class
                .getField("contest")
                .getAnnotation(Param.class)
                .value();

        assertThat(measured)
                .containsExactlyInAnyOrderElementsOf(
                        CASES.stream().map(Case::name).toList());
    }

    @Test
    void everyCaseRuns() throws Exception {
        for (Case each : CASES) {
            for (int turn = 0; turn < 100; turn++) {
                assertThat(each.ours().run(turn)).as(each.name()).isNotNull();
                assertThat(each.other().run(turn)).as(each.name()).isNotNull();
            }
        }
    }

    @Test
    void theTwoSidesOfACodecGiveTheSame() throws Exception {
        for (Case each : CASES) {
            if (each.name().endsWith("/hand")) {
                for (int turn = 0; turn < 64; turn++) {
                    assertThat(each.ours().run(turn))
                            .as(each.name())
                            .isEqualTo(each.other().run(turn));
                }
            }
        }
    }

    @Test
    void payloadsHaveTheSizesThatTheFiguresAreGivenFor() {
        assertThat(averageSize(Payload.tick())).isBetween(27.0, 33.0);
        assertThat(averageSize(Payload.order())).isBetween(300.0, 360.0);
    }

    private static double averageSize(Payload<?> payload) {
        return payload.avroBytes().stream()
                .mapToInt(bytes -> bytes.length - Payload.HEADROOM)
                .average()
                .orElseThrow();
    }

    @Test
    void aCaseMayBeChosenByPartOfItsName() {
        Options options = Options.of(new String[] {"--rounds", "3", "order.write", "--threads", "2"});

        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.threads()).isEqualTo(2);
        assertThat(options.wants("avro.order.write/hand")).isTrue();
        assertThat(options.wants("avro.tick.write/hand")).isFalse();
        assertThat(Arrays.asList(options.child().get(0).split("/", -1))).contains("bin");
    }
}
