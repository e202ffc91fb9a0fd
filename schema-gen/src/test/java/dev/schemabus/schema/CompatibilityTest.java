package dev.schemabus.schema;

import static dev.schemabus.schema.CompatibilityLevel.BACKWARD;
import static dev.schemabus.schema.CompatibilityLevel.BACKWARD_TRANSITIVE;
import static dev.schemabus.schema.CompatibilityLevel.FORWARD;
import static dev.schemabus.schema.CompatibilityLevel.FORWARD_TRANSITIVE;
import static dev.schemabus.schema.CompatibilityLevel.FULL;
import static dev.schemabus.schema.CompatibilityLevel.FULL_TRANSITIVE;
import static dev.schemabus.schema.CompatibilityLevel.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.Incompatibility.Direction;
import dev.schemabus.schema.Incompatibility.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompatibilityTest {

    private static final String ID = "{\"name\":\"id\",\"type\":\"string\"}";
    private static final String NOTE_WITH_DEFAULT = "{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}";
    private static final String NOTE = "{\"name\":\"note\",\"type\":\"string\"}";

    private static EventSchema order(String... fields) {
        return EventSchema.of(
                SchemaFormat.AVRO,
                "{\"type\":\"record\",\"name\":\"shop.OrderPlaced\",\"fields\":[" + String.join(",", fields) + "]}");
    }

    private static EventSchema json(String text) {
        return EventSchema.of(SchemaFormat.JSON, text);
    }

    @ParameterizedTest
    @EnumSource
    void aFirstVersionIsAlwaysFine(CompatibilityLevel level) {
        assertThat(Compatibility.check(level, order(ID), List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theSameSchemaAgainIsAlwaysFine(CompatibilityLevel level) {
        assertThat(Compatibility.check(level, order(ID), List.of(order(ID)))).isEmpty();
    }

    @Test
    void noneAllowsEverything() {
        assertThat(Compatibility.check(NONE, order(ID), List.of(order(NOTE)))).isEmpty();
        assertThat(Compatibility.check(NONE, json("{}"), List.of(order(NOTE)))).isEmpty();
    }

    /** note comes with a default, then loses it: fine for the version in between, not for the first one. */
    @Test
    void transitiveLevelsLookAtEveryVersionAndTheOthersAtTheLastOne() {
        EventSchema first = order(ID);
        EventSchema second = order(ID, NOTE_WITH_DEFAULT);
        EventSchema third = order(ID, NOTE);

        assertThat(Compatibility.check(BACKWARD, third, List.of(first, second))).isEmpty();
        assertThat(Compatibility.check(BACKWARD_TRANSITIVE, third, List.of(first, second)))
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.COMPONENT_WITHOUT_DEFAULT));
        assertThat(Compatibility.check(FULL, third, List.of(first, second))).isEmpty();
        assertThat(Compatibility.check(FULL_TRANSITIVE, third, List.of(first, second)))
                .hasSize(1);

        assertThat(Compatibility.check(FORWARD, first, List.of(third, second))).isEmpty();
        assertThat(Compatibility.check(FORWARD_TRANSITIVE, first, List.of(third, second)))
                .singleElement()
                .satisfies(found -> assertThat(found.direction()).isEqualTo(Direction.FORWARD));
    }

    @Test
    void theSameTroubleWithSeveralVersionsIsListedOnce() {
        EventSchema first = order(ID);
        EventSchema second = order(ID, NOTE_WITH_DEFAULT.replace("note", "hint"));

        assertThat(Compatibility.check(BACKWARD_TRANSITIVE, order(ID, NOTE), List.of(first, first)))
                .hasSize(1);
        assertThat(Compatibility.check(BACKWARD_TRANSITIVE, order(ID, NOTE), List.of(first, second)))
                .extracting(Incompatibility::kind)
                .containsOnly(Kind.COMPONENT_WITHOUT_DEFAULT);
    }

    @Test
    void aComponentWithoutDefaultMayBeRemovedButNotAdded() {
        assertThat(Compatibility.check(BACKWARD, order(ID), List.of(order(ID, NOTE))))
                .isEmpty();
        assertThat(Compatibility.check(BACKWARD, order(ID, NOTE), List.of(order(ID))))
                .hasSize(1);
        assertThat(Compatibility.check(FORWARD, order(ID), List.of(order(ID, NOTE))))
                .hasSize(1);
        assertThat(Compatibility.check(FORWARD, order(ID, NOTE), List.of(order(ID))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void anotherFormatIsNeverCompatible(CompatibilityLevel level) {
        assertThat(Compatibility.check(level, json("{\"type\":\"object\"}"), List.of(order(ID))))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(Kind.FORMAT_CHANGED);
                    assertThat(found)
                            .hasToString("The new schema is JSON, the old one is AVRO."
                                    + " Keep AVRO, or publish the new format under a subject of its own.");
                });
    }
}
