package dev.schemabus.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Subject PAID = new Subject("shop.order.events-shop.OrderPaid");
    private static final EventSchema V1 = avro(ShopEvents.OrderPaid.class);
    private static final EventSchema NEXT = avro(ShopEvents.OrderPaidNext.class);
    private static final EventSchema BROKEN = avro(ShopEvents.OrderPaidBroken.class);

    @Test
    void nothingChangesWhereAllIsAsWanted() {
        SchemaState actual = state(CompatibilityLevel.FULL, Optional.of(CompatibilityLevel.FULL), V1);

        assertThat(Plan.between(actual, actual).changes()).isEmpty();
    }

    @Test
    void levelsComeBeforeSchemas() {
        SchemaState actual = state(CompatibilityLevel.BACKWARD, Optional.empty(), V1);
        SchemaState wanted = state(CompatibilityLevel.FULL, Optional.of(CompatibilityLevel.FORWARD), NEXT);

        assertThat(Plan.between(wanted, actual).changes())
                .containsExactly(
                        new Change.SetGlobalLevel(CompatibilityLevel.BACKWARD, CompatibilityLevel.FULL),
                        new Change.SetSubjectLevel(PAID, Optional.empty(), CompatibilityLevel.FORWARD),
                        new Change.Register(PAID, NEXT, List.of()));
    }

    @Test
    void aBreakingSchemaIsMarkedWithComponentAndRemedy() {
        SchemaState actual = state(CompatibilityLevel.BACKWARD, Optional.empty(), V1);
        SchemaState wanted = state(CompatibilityLevel.BACKWARD, Optional.empty(), BROKEN);

        Plan plan = Plan.between(wanted, actual);

        assertThat(plan.refused()).hasSize(1);
        assertThat(plan.refused().get(0).obstacles().get(0).component()).contains("OrderPaid.currency");
    }

    @Test
    void theLevelThatIsWantedDecidesNotTheOneThatIs() {
        SchemaState actual = state(CompatibilityLevel.BACKWARD, Optional.empty(), V1);
        SchemaState wanted = state(CompatibilityLevel.BACKWARD, Optional.of(CompatibilityLevel.NONE), BROKEN);

        assertThat(Plan.between(wanted, actual).refused()).isEmpty();
    }

    @Test
    void aTransitiveLevelLooksAtEveryVersion() {
        EventSchema first = EventSchema.of(SchemaFormat.AVRO, record("{\"name\":\"a\",\"type\":\"int\"}"));
        EventSchema second =
                EventSchema.of(SchemaFormat.AVRO, record("{\"name\":\"a\",\"type\":\"int\",\"default\":0}"));
        EventSchema third = EventSchema.of(
                SchemaFormat.AVRO,
                record(
                        "{\"name\":\"a\",\"type\":\"int\",\"default\":0},{\"name\":\"b\",\"type\":\"int\",\"default\":0}"));
        EventSchema withoutA = EventSchema.of(SchemaFormat.AVRO, record(""));
        SchemaState forward = state(CompatibilityLevel.FORWARD, Optional.empty(), first, second, third);
        SchemaState transitive = state(CompatibilityLevel.FORWARD_TRANSITIVE, Optional.empty(), first, second, third);
        SchemaState wanted = new SchemaState(
                Optional.empty(),
                new TreeMap<>(Map.of(PAID, new SchemaState.SubjectState(Optional.empty(), List.of(withoutA)))));

        assertThat(Plan.between(wanted, forward).refused()).isEmpty();
        assertThat(Plan.between(wanted, transitive).refused()).hasSize(1);
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }

    private static SchemaState state(
            CompatibilityLevel global, Optional<CompatibilityLevel> own, EventSchema... versions) {
        return new SchemaState(
                Optional.of(global), new TreeMap<>(Map.of(PAID, new SchemaState.SubjectState(own, List.of(versions)))));
    }

    private static EventSchema avro(Class<?> type) {
        return SchemaGenerator.standard().generate(type, SchemaFormat.AVRO);
    }
}
