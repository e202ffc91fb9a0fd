package dev.schemabus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

class SchemabusExtensionTest {

    private static final List<EmbeddedKafka> injected = new ArrayList<>();

    @Test
    void allTestClassesShareOneBrokerWhichIsClosedAfterTheLast() {
        injected.clear();

        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(AskingEverywhere.class), selectClass(AskingInAMethod.class))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(3));

        assertThat(injected).hasSize(6);
        EmbeddedKafka kafka = injected.get(0);
        assertThat(injected).allMatch(other -> other == kafka);
        assertThat(kafka.isRunning(0)).isFalse();
        assertThat(kafka.directory()).doesNotExist();
    }

    @Test
    void theRegistryIsSharedToo() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(AskingForTheRegistry.class))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(2));
    }

    @Test
    void aParameterOfAnotherTypeIsLeftToOtherExtensions() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(AskingForSomethingElse.class))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.failed(1));
    }

    @ExtendWith(SchemabusExtension.class)
    static class AskingEverywhere {

        @BeforeAll
        static void beforeAll(EmbeddedKafka kafka) {
            injected.add(kafka);
        }

        AskingEverywhere(EmbeddedKafka kafka) {
            injected.add(kafka);
        }

        @Test
        void one(EmbeddedKafka kafka) {
            assertThat(kafka.isRunning(0)).isTrue();
            injected.add(kafka);
        }

        @Test
        void another(EmbeddedKafka kafka) {
            injected.add(kafka);
        }
    }

    @ExtendWith(SchemabusExtension.class)
    static class AskingInAMethod {

        @Test
        void one(EmbeddedKafka kafka) {
            assertThat(kafka.isRunning(0)).isTrue();
            injected.add(kafka);
        }
    }

    @ExtendWith(SchemabusExtension.class)
    static class AskingForTheRegistry {

        private static final Set<EmbeddedRegistry> SEEN = new HashSet<>();

        @Test
        void one(EmbeddedRegistry registry) {
            SEEN.add(registry);
            assertThat(SEEN).hasSize(1);
        }

        @Test
        void another(EmbeddedRegistry registry) {
            one(registry);
        }
    }

    @ExtendWith(SchemabusExtension.class)
    static class AskingForSomethingElse {

        @Test
        void one(StringBuilder unknown) {
            unknown.append("never");
        }
    }
}
