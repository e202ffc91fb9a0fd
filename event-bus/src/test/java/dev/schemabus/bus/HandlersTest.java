package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.Handlers.Answer;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class HandlersTest {

    private static final Answer<Work> HANDLE = new Answer<>((event, context) -> {});
    private static final Answer<Work> IGNORE = new Answer<>(null);
    private static final Delivered CONTEXT =
            new Delivered(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]), 1);

    @Test
    void everyPermittedRecordNeedsAnAnswer() {
        assertThatThrownBy(() -> Handlers.resolve(Work.class, Map.of(Begun.class, HANDLE)))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("no answer for Failed, Succeeded")
                .hasMessageContaining(".ignore(Failed.class)");
    }

    @Test
    void anInterfaceAnswersForAllItsRecords() {
        assertThat(Handlers.resolve(Work.class, Map.of(Work.class, HANDLE)).records())
                .containsExactly(Begun.class, Failed.class, Succeeded.class);
    }

    @Test
    void theNearestAnswerCounts() throws Exception {
        Handlers<Work> handlers =
                Handlers.resolve(Work.class, Map.of(Work.class, HANDLE, Ended.class, IGNORE, Failed.class, HANDLE));

        assertThat(handlers.handle(new Begun("a"), CONTEXT)).isTrue();
        assertThat(handlers.handle(new Failed("a"), CONTEXT)).isTrue();
        assertThat(handlers.handle(new Succeeded("a"), CONTEXT)).isFalse();
    }

    @Test
    void aRecordIsHandledOrIgnoredAsWasSaid() throws Exception {
        Handlers<Work> handlers = Handlers.resolve(Work.class, Map.of(Work.class, HANDLE, Ended.class, IGNORE));

        assertThat(handlers.handle(new Begun("a"), CONTEXT)).isTrue();
        assertThat(handlers.handle(new Failed("a"), CONTEXT)).isFalse();
    }

    @Test
    void aRecordCanBeSubscribedToByItself() {
        record Alone(String id) {}

        assertThat(Handlers.resolve(Alone.class, Map.of(Alone.class, new Answer<>((event, context) -> {})))
                        .records())
                .containsExactly(Alone.class);
    }

    @Test
    void whatIsNeitherRecordNorSealedInterfaceIsRefused() {
        assertThatThrownBy(() -> Handlers.records(String.class))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("java.lang.String is neither a record nor a sealed interface");
    }

    sealed interface Work permits Begun, Ended {}

    sealed interface Ended extends Work permits Failed, Succeeded {}

    record Begun(String id) implements Work {}

    record Failed(String id) implements Ended {}

    record Succeeded(String id) implements Ended {}
}
