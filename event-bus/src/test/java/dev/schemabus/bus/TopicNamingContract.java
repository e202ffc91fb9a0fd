package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.Event;
import dev.schemabus.schema.EventType;
import dev.schemabus.schema.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link TopicNaming} owes the bus. Extend it and give yours. */
public abstract class TopicNamingContract {

    /** The longest group name that a naming must leave room for. */
    private static final String GROUP = "g".repeat(64);

    /** The naming under test. */
    protected abstract TopicNaming naming();

    /** Types it can name; override it if it needs more than a record of a sealed interface. */
    protected List<Class<?>> types() {
        return List.of(StockEvent.ItemAdded.class, StockEvent.ItemRemoved.class, Counted.class);
    }

    @Test
    void namesAreThoseThatKafkaTakes() {
        for (Class<?> type : types()) {
            String topic = naming().topic(EventType.of(type));

            assertThat(TopicNames.checked(topic, type.getName())).isEqualTo(topic);
        }
    }

    @Test
    void namesLeaveRoomForTheDerivedOnes() {
        for (Class<?> type : types()) {
            TopicNames.checkGroup(naming().topic(EventType.of(type)), GROUP);
        }
    }

    @Test
    void theSameTypeGetsTheSameNameWhateverTheOrderOfCalls() {
        List<String> forth =
                types().stream().map(type -> naming().topic(EventType.of(type))).toList();
        for (int i = types().size() - 1; i >= 0; i--) {
            assertThat(naming().topic(EventType.of(types().get(i)))).isEqualTo(forth.get(i));
        }
    }

    @Test
    void aTopicWrittenOnTheTypeWins() {
        assertThat(TopicNames.of(EventType.of(Pinned.class), naming())).isEqualTo("Pinned_Topic");
    }

    /** Sample events. */
    @Event(domain = "stock", entity = "item")
    sealed interface StockEvent {
        record ItemAdded(@Key String item) implements StockEvent {}

        record ItemRemoved(@Key String item) implements StockEvent {}
    }

    /** A sample event of its own. */
    @Event
    record Counted(long amount) {}

    /** A sample event that says its topic. */
    @Event(topic = "Pinned_Topic")
    record Pinned(String text) {}
}
