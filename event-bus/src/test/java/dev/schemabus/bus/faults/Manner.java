package dev.schemabus.bus.faults;

import dev.schemabus.bus.Delivered;
import dev.schemabus.bus.DeliveryMode;
import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.RetryPolicy;
import dev.schemabus.bus.SubscriptionBuilder;
import dev.schemabus.bus.With;
import java.time.Duration;
import java.util.Objects;

/** How a member delivers, and what its handlers do for that. */
enum Manner {
    PLAIN,
    /** Every eighth record fails at first, and holds its key. */
    KEY_ORDER {
        @Override
        SubscriptionBuilder<Numbered> settings(SubscriptionBuilder<Numbered> subscription) {
            return subscription.retry(RetryPolicy.keepKeyOrder(DELAY, 10));
        }

        @Override
        void handle(Numbered event, Delivered context, EventBus bus) {
            failAtFirst(event, context);
        }
    },
    /** The same records fail, and lose their place in their key. */
    RETRY_TOPICS {
        @Override
        SubscriptionBuilder<Numbered> settings(SubscriptionBuilder<Numbered> subscription) {
            return subscription.retry(RetryPolicy.topics(DELAY, DELAY).acceptReordering());
        }

        @Override
        void handle(Numbered event, Delivered context, EventBus bus) {
            failAtFirst(event, context);
        }
    },
    /** With few in flight, since a member that dies takes them along. */
    AT_MOST_ONCE {
        @Override
        SubscriptionBuilder<Numbered> settings(SubscriptionBuilder<Numbered> subscription) {
            return subscription.delivery(DeliveryMode.AT_MOST_ONCE).maxInFlight(FEW, 1 << 20);
        }
    },
    /** Publishes with the record's offset. */
    EXACTLY_ONCE {
        @Override
        SubscriptionBuilder<Numbered> settings(SubscriptionBuilder<Numbered> subscription) {
            return subscription.delivery(DeliveryMode.EXACTLY_ONCE_KAFKA);
        }

        @Override
        void handle(Numbered event, Delivered context, EventBus bus) {
            context.publish(done(event), numbered(event));
        }
    },
    /** Publishes as one who trusts that no member dies. */
    PUBLISHING_BY_ITSELF {
        @Override
        void handle(Numbered event, Delivered context, EventBus bus) {
            bus.publish(done(event), numbered(event));
        }
    };

    /** How many records a member of {@link #AT_MOST_ONCE} has in flight at most. */
    static final int FEW = 100;

    /** How many attempts of a record that fails at first fail. */
    private static final int FAILURES = 2;

    private static final Duration DELAY = Duration.ofMillis(400);

    SubscriptionBuilder<Numbered> settings(SubscriptionBuilder<Numbered> subscription) {
        return subscription;
    }

    void handle(Numbered event, Delivered context, EventBus bus) {}

    private static void failAtFirst(Numbered event, Delivered context) {
        if (context.attempt() <= FAILURES && Math.floorMod(Objects.hash(event.key(), event.number()), 8) == 0) {
            throw new IllegalStateException("not yet");
        }
    }

    private static Done done(Numbered event) {
        return new Done(event.key(), event.number());
    }

    private static With numbered(Numbered event) {
        return With.NOTHING.header(Scene.NUMBER, Long.toString(event.number()));
    }
}
