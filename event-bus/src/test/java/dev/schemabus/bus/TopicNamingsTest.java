package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.bus.TopicNamings.Visibility;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.EventType;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TopicNamingsTest {

    @Test
    void presetsGiveTheNamesOfTheTable() {
        assertThat(name(TopicNamings.entityStream())).isEqualTo("shop.order.events");
        assertThat(name(TopicNamings.domainEntityEvent())).isEqualTo("shop.order.placed");
        assertThat(name(TopicNamings.recordName())).isEqualTo("dev.schemabus.bus.ShopEvent.OrderPlaced");
        assertThat(name(TopicNamings.versioned(TopicNamings.domainEntityEvent(), 2)))
                .isEqualTo("shop.order.placed.v2");
        assertThat(name(TopicNamings.visibility(Visibility.PUBLIC, 1))).isEqualTo("public.shop.placed.v1");
        assertThat(name(TopicNamings.environment("prod", TopicNamings.entityStream())))
                .isEqualTo("prod.shop.order.events");
        assertThat(name(TopicNamings.tenant("acme", TopicNamings.entityStream())))
                .isEqualTo("acme.shop.order.events");
        assertThat(name(type -> "own." + type.action())).isEqualTo("own.placed");
    }

    @Test
    void theExplicitNamingSaysWhatToWriteOnATypeWithoutATopic() {
        assertThatThrownBy(() -> name(TopicNamings.explicit()))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("OrderPlaced")
                .hasMessageContaining("@Event(topic = ");
    }

    @Test
    void aSegmentThatIsNoneIsRefusedWithTheAttributeToSet() {
        @Event(domain = "My Shop")
        record Opened(String id) {}

        assertThatThrownBy(() -> TopicNames.of(EventType.of(Opened.class), TopicNamings.entityStream()))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("'My Shop'")
                .hasMessageContaining("@Event(domain = ");
    }

    private static String name(TopicNaming naming) {
        return TopicNames.of(EventType.of(OrderPlaced.class), naming);
    }

    @Nested
    class Explicit extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.explicit();
        }

        @Override
        protected List<Class<?>> types() {
            return List.of();
        }
    }

    @Nested
    class EntityStream extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.entityStream();
        }
    }

    @Nested
    class DomainEntityEvent extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.domainEntityEvent();
        }
    }

    @Nested
    class RecordName extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.recordName();
        }
    }

    @Nested
    class Versioned extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.versioned(TopicNamings.entityStream(), 3);
        }
    }

    @Nested
    class ByVisibility extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.visibility(Visibility.PRIVATE, 1);
        }
    }

    @Nested
    class Environment extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.environment("test", TopicNamings.entityStream());
        }
    }

    @Nested
    class Tenant extends TopicNamingContract {
        @Override
        protected TopicNaming naming() {
            return TopicNamings.tenant("acme", TopicNamings.domainEntityEvent());
        }
    }
}
