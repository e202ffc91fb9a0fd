package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"orders", "Orders_v1", "shop.order.events", "a", "retry.orders", "shop.retryable", "_x"})
    void namesThatKafkaTakesAreTaken(String topic) {
        assertThat(TopicNames.checked(topic, "Order")).isEqualTo(topic);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "shop orders | the character ' ' at position 4",
                "shop/orders | the character '/' at position 4",
                "bestellungen-für | the character 'ü' at position 14",
                "\"\" | refuses this name",
                ". | refuses this name",
                ".. | refuses this name",
                "__orders | Kafka's own",
                "orders.dlt | the ending 'dlt'",
                "orders.retry | the ending 'retry'",
                "orders.billing.retry.2 | the ending 'retry.2'",
            })
    void aRefusedNameIsNamedWithReasonAndOwner(String topic, String reason) {
        assertThatThrownBy(() -> TopicNames.checked(topic, "com.acme.Order"))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("'" + topic + "' of com.acme.Order")
                .hasMessageContaining(reason);
    }

    @Test
    void theLongestNameIsKafkas() {
        assertThat(TopicNames.checked("t".repeat(249), "Order")).hasSize(249);
        assertThatThrownBy(() -> TopicNames.checked("t".repeat(250), "Order"))
                .hasMessageContaining("250 characters")
                .hasMessageContaining("shorten");
    }

    @Test
    void theLongestDerivedNameCountsToo() {
        TopicNames.checkGroup("t".repeat(200), "g".repeat(39));

        assertThatThrownBy(() -> TopicNames.checkGroup("t".repeat(200), "g".repeat(40)))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("shorten the topic or the group by 1");
    }

    @Test
    void aGroupThatCantBePartOfATopicNameIsRefused() {
        assertThatThrownBy(() -> TopicNames.checkGroup("orders", "billing/eu"))
                .isInstanceOf(BusConfigurationException.class)
                .hasMessageContaining("'billing/eu'")
                .hasMessageContaining("'/'");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.orders.billing.retry.0, billing, shop.orders",
        "shop.orders.billing.retry.12, billing, shop.orders",
        "shop.orders.billing.retry, billing, shop.orders",
        "shop.orders.eu.billing.retry.0, eu.billing, shop.orders",
        "shop.orders.billing.retry.0, shipping, ",
        "shop.orders, billing, ",
        "shop.orders.billing.dlt, billing, ",
        "shop.retryable, shop, ",
    })
    void aRetryTopicOfAGroupTellsItsSource(String topic, String group, @Nullable String source) {
        assertThat(TopicNames.source(topic, group)).isEqualTo(Optional.ofNullable(source));
    }
}
