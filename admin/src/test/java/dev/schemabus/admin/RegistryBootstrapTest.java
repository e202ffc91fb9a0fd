package dev.schemabus.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.registry.SubjectReference;
import dev.schemabus.registry.SubjectVersion;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.testkit.EmbeddedRegistry;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryBootstrapTest {

    private static final Subject PAID = new Subject("shop.order.events-shop.OrderPaid");
    private static final Subject PLACED = new Subject("shop.order.events-shop.OrderPlaced");

    private final EmbeddedRegistry server = EmbeddedRegistry.start();
    private RegistryConnection registry = RegistryConnection.open(server.url());

    @BeforeEach
    void open() {
        registry = RegistryConnection.open(server.url());
    }

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    @Test
    void everyRecordOfASealedInterfaceIsRegisteredUnderItsLevel() {
        BootstrapReport report = RegistryBootstrap.builder()
                .globalCompatibility(CompatibilityLevel.BACKWARD_TRANSITIVE)
                .add(new TopicTypes(ShopEvents.TOPIC, ShopEvents.OrderEvent.class)
                        .withCompatibility(CompatibilityLevel.FULL))
                .build()
                .run(registry);

        assertThat(report.table()).isEqualToNormalizingNewlines("""
                        subject                             version  id  level  outcome
                        shop.order.events-shop.OrderPaid    1        1   FULL   created
                        shop.order.events-shop.OrderPlaced  1        2   FULL   created
                        global level: BACKWARD_TRANSITIVE (set)""");
        assertThat(registry.subjects()).containsExactly(PAID, PLACED);
        assertThat(registry.compatibility()).isEqualTo(CompatibilityLevel.BACKWARD_TRANSITIVE);
        assertThat(registry.compatibility(PAID)).contains(CompatibilityLevel.FULL);
    }

    @Test
    void runningItAgainChangesNothing() {
        RegistryBootstrap bootstrap = RegistryBootstrap.builder()
                .globalCompatibility(CompatibilityLevel.FULL)
                .types(ShopEvents.OrderEvent.class)
                .build();
        BootstrapReport first = bootstrap.run(registry);

        assertThat(bootstrap.plan(registry).changes()).isEmpty();
        BootstrapReport second = bootstrap.run(registry);

        assertThat(first.changedAnything()).isTrue();
        assertThat(second.changedAnything()).isFalse();
        assertThat(second.rows())
                .extracting(BootstrapReport.Row::id)
                .isEqualTo(first.rows().stream().map(BootstrapReport.Row::id).toList());
    }

    @Test
    void theNextVersionOfATypeIsCreatedAndTheOthersStay() {
        RegistryBootstrap.builder().types(ShopEvents.OrderEvent.class).build().run(registry);

        BootstrapReport report = RegistryBootstrap.builder()
                .topic(ShopEvents.TOPIC, ShopEvents.OrderPaidNext.class, ShopEvents.OrderPlaced.class)
                .build()
                .run(registry);

        assertThat(report.rows())
                .extracting(BootstrapReport.Row::subject, BootstrapReport.Row::version, BootstrapReport.Row::outcome)
                .containsExactly(
                        tuple(PAID, 2, BootstrapReport.Outcome.CREATED),
                        tuple(PLACED, 1, BootstrapReport.Outcome.UNCHANGED));
    }

    @Test
    void aBreakingChangeIsRefusedBeforeAnythingIsWritten() {
        RegistryBootstrap.builder().types(ShopEvents.OrderEvent.class).build().run(registry);

        RegistryBootstrap breaking = RegistryBootstrap.builder()
                .globalCompatibility(CompatibilityLevel.FULL_TRANSITIVE)
                .topic(ShopEvents.TOPIC, ShopEvents.OrderPaidBroken.class)
                .build();

        assertThatThrownBy(() -> breaking.run(registry))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("shop.order.events-shop.OrderPaid refuses the new schema")
                .hasMessageContaining("OrderPaid.currency")
                .hasMessageContaining("@Default");
        assertThat(registry.versions(PAID)).containsExactly(1);
        assertThat(registry.compatibility()).isEqualTo(CompatibilityLevel.BACKWARD);
    }

    @Test
    void propertiesSayTheSameAsCode() {
        RegistryBootstrap fromProperties = RegistryBootstrap.from(Map.of(
                "bootstrap.servers", "not ours",
                "schemabus.bootstrap.compatibility", "full",
                "schemabus.bootstrap.topic.payments.eu.types", ShopEvents.OrderPaid.class.getName(),
                "schemabus.bootstrap.topic.payments.eu.compatibility", "FORWARD",
                "schemabus.bootstrap.topic.payments.eu.format", "json",
                "schemabus.bootstrap.topic.payments.eu.naming", "TOPIC"));

        RegistryBootstrap inCode = RegistryBootstrap.builder()
                .globalCompatibility(CompatibilityLevel.FULL)
                .add(new TopicTypes("payments.eu", ShopEvents.OrderPaid.class)
                        .withCompatibility(CompatibilityLevel.FORWARD)
                        .withFormat(SchemaFormat.JSON)
                        .withNaming(SubjectNaming.TOPIC))
                .build();

        assertThat(fromProperties.wanted()).isEqualTo(inCode.wanted());
        assertThat(fromProperties.run(registry).rows().get(0).subject()).isEqualTo(new Subject("payments.eu-value"));
    }

    @Test
    void aMistakeInPropertiesNamesTheKeyAndTheRemedy() {
        assertThatThrownBy(() -> RegistryBootstrap.from(Map.of("schemabus.bootstrap.compatibility", "BACKWARDS")))
                .hasMessage(
                        "schemabus.bootstrap.compatibility: Unknown compatibility level 'BACKWARDS': use one of NONE,"
                                + " BACKWARD, BACKWARD_TRANSITIVE, FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE");
        assertThatThrownBy(() -> RegistryBootstrap.from(Map.of("schemabus.bootstrap.compatability", "FULL")))
                .hasMessage("schemabus.bootstrap.compatability is no setting of the bootstrap: write"
                        + " schemabus.bootstrap.compatibility, schemabus.bootstrap.references, or"
                        + " schemabus.bootstrap.topic.<topic>. and one of [compatibility, format, naming, types]");
        assertThatThrownBy(() -> RegistryBootstrap.from(Map.of("schemabus.bootstrap.references", "no")))
                .hasMessage("schemabus.bootstrap.references: 'no' is neither true nor false");
        assertThatThrownBy(() -> RegistryBootstrap.from(
                        Map.of("schemabus.bootstrap.topic.my orders.types", ShopEvents.OrderEvent.class.getName())))
                .hasMessageContaining("Topic 'my orders' of")
                .hasMessageContaining("use 1 to 249 letters, digits, '.', '_' and '-'");
        assertThatThrownBy(() -> RegistryBootstrap.from(Map.of("schemabus.bootstrap.topic.orders.type", "x")))
                .hasMessage("schemabus.bootstrap.topic.orders.type is no setting of a topic: write"
                        + " schemabus.bootstrap.topic.<topic>. and one of [compatibility, format, naming, types]");
        assertThatThrownBy(() -> RegistryBootstrap.from(Map.of("schemabus.bootstrap.topic.orders.format", "avro")))
                .hasMessage(
                        "schemabus.bootstrap.topic.orders.types is missing: name the record or sealed interface that"
                                + " orders carries");
        assertThatThrownBy(
                        () -> RegistryBootstrap.from(Map.of("schemabus.bootstrap.topic.orders.types", "com.acme.Gone")))
                .hasMessage(
                        "schemabus.bootstrap.topic.orders.types: there is no class 'com.acme.Gone' on the class path"
                                + " (the name of a nested class has a $: com.acme.Orders$OrderPlaced)");
    }

    @Test
    void twoTypesCantShareTheSubjectOfATopic() {
        RegistryBootstrap.Builder builder = RegistryBootstrap.builder();

        assertThatThrownBy(() -> builder.add(
                        new TopicTypes("orders", ShopEvents.OrderEvent.class).withNaming(SubjectNaming.TOPIC)))
                .hasMessageContaining("Two types want the subject orders-value")
                .hasMessageContaining("TOPIC_RECORD");
    }

    @Test
    void aSubjectOfTwoTopicsKeepsItsLevelAndHasOnlyOne() {
        TopicTypes paid = new TopicTypes("payments.eu", ShopEvents.OrderPaid.class).withNaming(SubjectNaming.RECORD);
        TopicTypes archived =
                new TopicTypes("payments.old", ShopEvents.OrderPaid.class).withNaming(SubjectNaming.RECORD);
        RegistryBootstrap.Builder builder =
                RegistryBootstrap.builder().add(paid.withCompatibility(CompatibilityLevel.FULL));

        builder.add(archived).build().run(registry);

        assertThat(registry.compatibility(new Subject("shop.OrderPaid"))).contains(CompatibilityLevel.FULL);
        assertThatThrownBy(() -> builder.add(archived.withCompatibility(CompatibilityLevel.NONE)))
                .hasMessage("The subject shop.OrderPaid is wanted at level FULL and at level NONE: choose one");
    }

    @Test
    void aSharedTypeIsRegisteredUnderASubjectOfItsOwnOrWrittenOut() {
        TopicTypes shipped = new TopicTypes("shop.parcels", ShopEvents.ParcelShipped.class);
        Subject parcel = new Subject("shop.parcels-shop.ParcelShipped");
        Subject address = new Subject("shop.Address");

        BootstrapReport report =
                RegistryBootstrap.builder().add(shipped).build().run(registry);
        assertThat(report.rows()).extracting(BootstrapReport.Row::subject).containsExactly(address, parcel);
        assertThat(registry.stored(new SubjectVersion(parcel, 1)).content().references())
                .containsExactly(new SubjectReference("shop.Address", address, 1));
        assertThat(RegistryBootstrap.builder()
                        .add(shipped)
                        .build()
                        .plan(registry)
                        .changes())
                .isEmpty();

        // To a registry, it is the same schema.
        assertThat(RegistryBootstrap.builder()
                        .references(false)
                        .add(shipped)
                        .build()
                        .run(registry)
                        .rows())
                .extracting(BootstrapReport.Row::subject, BootstrapReport.Row::version)
                .containsExactly(tuple(parcel, 1));

        TopicTypes elsewhere = new TopicTypes("shop.returns", ShopEvents.ParcelShipped.class);
        RegistryBootstrap.builder().references(false).add(elsewhere).build().run(registry);
        assertThat(registry.stored(new SubjectVersion(new Subject("shop.returns-shop.ParcelShipped"), 1))
                        .content()
                        .references())
                .isEmpty();
    }

    @Test
    void aSharedTypeOfTwoFormatsHasTwoSubjects() {
        TopicTypes shipped = new TopicTypes("shop.parcels", ShopEvents.ParcelShipped.class);

        RegistryBootstrap.builder()
                .add(shipped)
                .add(new TopicTypes("shop.json", ShopEvents.ParcelShipped.class).withFormat(SchemaFormat.JSON))
                .build()
                .run(registry);

        assertThat(registry.subjects()).contains(new Subject("shop.Address"), new Subject("shop.Address.json"));
    }

    @Test
    void aTypeWithoutTopicOfItsOwnNeedsOne() {
        assertThatThrownBy(() -> RegistryBootstrap.builder().types(ShopEvents.OrderPaidNext.class))
                .hasMessageContaining("doesn't name its topic")
                .hasMessageContaining("topic(…)");
    }
}
