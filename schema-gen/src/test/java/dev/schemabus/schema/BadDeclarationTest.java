package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake has a message that says what, where, and what to do. The messages are kept word for word. */
class BadDeclarationTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aMistakeIsNamedWithItsPlaceAndRemedy(Class<?> type, String message) {
        for (SchemaFormat format : SchemaFormat.values()) {
            assertThatThrownBy(() -> SchemaGenerator.standard().generate(type, format))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(message);
        }
    }

    static Stream<Arguments> aMistakeIsNamedWithItsPlaceAndRemedy() {
        return Stream.of(
                arguments(
                        BadDeclarations.NotARecord.class,
                        "dev.schemabus.schema.BadDeclarations$NotARecord is not a record: an event is a "
                                + "record, or a sealed interface over records. Declare it as 'record NotARecord(…)'"),
                arguments(
                        BadDeclarations.Open.class,
                        "dev.schemabus.schema.BadDeclarations$Open is not a record: an event is a record, "
                                + "or a sealed interface over records. Declare it as 'record Open(…)'"),
                arguments(
                        BadDeclarations.BareDecimal.class,
                        "BareDecimal.lines[].price: BigDecimal needs @Decimal(precision, scale) in front of "
                                + "it, such as @Decimal(precision = 12, scale = 2) BigDecimal"),
                arguments(
                        BadDeclarations.DecimalOutside.class,
                        "DecimalOutside.price: @Decimal says nothing about "
                                + "java.util.Optional<java.math.BigDecimal>: it stands in front of a BigDecimal, as "
                                + "in List<@Decimal(precision = 12, scale = 2) BigDecimal>"),
                arguments(
                        BadDeclarations.DecimalOnDouble.class,
                        "DecimalOnDouble.price: @Decimal says nothing about double: it stands in front of a "
                                + "BigDecimal, as in List<@Decimal(precision = 12, scale = 2) BigDecimal>"),
                arguments(
                        BadDeclarations.ImpossibleDecimal.class,
                        "ImpossibleDecimal.price: @Decimal(precision = 2, scale = 3) is impossible: the "
                                + "precision is at least 1, the scale from 0 to the precision"),
                arguments(
                        BadDeclarations.TimestampOnText.class,
                        "TimestampOnText.at: @Timestamp says nothing about java.lang.String: it stands in "
                                + "front of an Instant, as in Optional<@Timestamp(MICROS) Instant>"),
                arguments(
                        BadDeclarations.Anything.class,
                        "Anything.value: java.lang.Object says nothing about the data: name a record, a "
                                + "sealed interface or a plain type"),
                arguments(
                        BadDeclarations.RawList.class,
                        "RawList.values: java.util.List is raw: name what it holds, such as List<String>"),
                arguments(
                        BadDeclarations.Wildcard.class,
                        "Wildcard.values[]: ? is not a definite type: name the class it holds"),
                arguments(
                        BadDeclarations.NumberKeys.class,
                        "NumberKeys.byNumber: a map needs String keys, as in Avro (specification, "
                                + "\"Maps\"): use Map<String, …>"),
                arguments(
                        BadDeclarations.OldDate.class,
                        "OldDate.at: java.util.Date has no known shape: use java.time.Instant"),
                arguments(
                        BadDeclarations.LocalTime.class,
                        "LocalTime.at: java.time.LocalDateTime has no known shape: use java.time.Instant, "
                                + "which names one moment everywhere"),
                arguments(
                        BadDeclarations.SetOfText.class,
                        "SetOfText.values: java.util.Set has no known shape: use List"),
                arguments(BadDeclarations.Letter.class, "Letter.letter: char has no known shape: use String"),
                arguments(
                        BadDeclarations.Words.class,
                        "Words.words: the array java.lang.String[] has no known shape: use List (byte[] is "
                                + "the one array that schemas have)"),
                arguments(
                        BadDeclarations.NullableElements.class,
                        "NullableElements.raw: @Nullable stands on the array's elements: write 'byte "
                                + "@Nullable []'"),
                arguments(
                        BadDeclarations.Unknown.class,
                        "Unknown.thread: java.lang.Thread has no known shape: make it a record, use a known "
                                + "type (String, int, long, double, boolean, byte[], BigDecimal, Instant, LocalDate, "
                                + "UUID, an enum, List, Map, Optional), or add a LogicalType for it with "
                                + "LogicalTypes.plus(…)"),
                arguments(
                        BadDeclarations.UnknownInterface.class,
                        "UnknownInterface.actions{}: java.lang.Runnable has no known shape: use a sealed "
                                + "interface over records (or List, Map for collections), or add a LogicalType for it "
                                + "with LogicalTypes.plus(…)"),
                arguments(
                        BadDeclarations.Members.class,
                        "Members.shape: Shape2D permits dev.schemabus.schema.BadDeclarations$Square, which "
                                + "is neither a record nor a sealed interface: make it one"),
                arguments(
                        BadDeclarations.NonAsciiComponent.class,
                        "NonAsciiComponent.größe: 'größe' can't be a name in a schema (ASCII letters, "
                                + "digits and underscores, not a digit first): give it another with @Name"),
                arguments(
                        BadDeclarations.BadInt.class,
                        "BadInt.count: @Default(\"many\") is no value of int: write a whole number from "
                                + "-2147483648 to 2147483647"),
                arguments(
                        BadDeclarations.WideInt.class,
                        "WideInt.count: @Default(\"3000000000\") is no value of int: write a whole number "
                                + "from -2147483648 to 2147483647"),
                arguments(
                        BadDeclarations.BadEnum.class,
                        "BadEnum.colour: @Default(\"RED\") is no value of Colour: write one of [GREEN, " + "BLUE]"),
                arguments(
                        BadDeclarations.BadInstant.class,
                        "BadInstant.at: @Default(\"yesterday\") is no value of Instant: write it like "
                                + "2026-01-31T10:15:30Z"),
                arguments(
                        BadDeclarations.NotANumber.class,
                        "NotANumber.value: @Default(\"NaN\") is no value of double: write a number such as " + "12.5"),
                arguments(
                        BadDeclarations.BadDecimal.class,
                        "BadDecimal.price: @Default(\"1.234\") is no value of BigDecimal: the number has "
                                + "more than the 2 digits after the point that @Decimal allows: round it first"),
                arguments(
                        BadDeclarations.ListDefault.class,
                        "ListDefault.values: @Default(\"[1]\") can't be given for List: plain values and "
                                + "enums take one, a list \"[]\", a map \"{}\""),
                arguments(
                        BadDeclarations.OptionalDefault.class,
                        "OptionalDefault.note: an optional component is absent by default: drop @Default, "
                                + "or make the component required"),
                arguments(BadDeclarations.TwoKeys.class, "TwoKeys: @Key stands on more than one component: keep one"),
                arguments(
                        BadDeclarations.RecordKey.class,
                        "RecordKey.circle: @Key needs a plain value such as a String, a number or a UUID"),
                arguments(BadDeclarations.SameName.class, "SameName: two components are named id: change a @Name"),
                arguments(
                        BadDeclarations.AliasTaken.class,
                        "AliasTaken.other: the alias id is already a name or alias in AliasTaken: data "
                                + "could mean either, so drop it"),
                arguments(
                        BadDeclarations.BadAlias.class,
                        "BadAlias.id: 'old id' can't be a name in a schema (ASCII letters, digits and "
                                + "underscores, not a digit first): change the alias"),
                arguments(
                        BadDeclarations.BadTypeAlias.class,
                        "BadTypeAlias: 'Old-Name' can't be a name in a schema (ASCII letters, digits and "
                                + "underscores, not a digit first): change the alias"),
                arguments(
                        BadDeclarations.OneNameTwoClasses.class,
                        "OneNameTwoClasses.second: dev.schemabus.schema.BadDeclarations$Second and "
                                + "dev.schemabus.schema.BadDeclarations$First are both named com.acme.Same: change "
                                + "one with @Name"),
                arguments(
                        BadDeclarations.NullablePrimitive.class,
                        "NullablePrimitive.count: the primitive int can't be null: use its wrapper class, "
                                + "or drop @Nullable"),
                arguments(
                        BadDeclarations.TwiceOptional.class,
                        "TwiceOptional.note: optional in an optional: one level of absence is all that "
                                + "schemas have, so drop one"),
                arguments(
                        BadDeclarations.NullableOptional.class,
                        "NullableOptional.note: an Optional must not be nullable as well: drop @Nullable"),
                arguments(
                        BadDeclarations.OptionalNullable.class,
                        "OptionalNullable.note: optional in an optional: one level of absence is all that "
                                + "schemas have, so drop one"),
                arguments(
                        BadDeclarations.Box.class,
                        "Box: the generic record Box has no stable name yet: write a record without type "
                                + "parameters"),
                arguments(
                        BadDeclarations.Boxed.class,
                        "Boxed.box: the generic record Box has no stable name yet: write a record without "
                                + "type parameters"),
                arguments(
                        BadDeclarations.NoConstants.class,
                        "NoConstants.nothing: the enum dev.schemabus.schema.BadDeclarations$Nothing has no "
                                + "constants: add one"),
                arguments(
                        BadDeclarations.TwoDefaults.class,
                        "TwoDefaults.level: @EnumDefault stands on [LOW, HIGH] of "
                                + "dev.schemabus.schema.BadDeclarations$Level: keep one"),
                arguments(
                        BadDeclarations.SameSymbols.class,
                        "SameSymbols.twins: two constants of Twins are named ONE: change a @Name"),
                arguments(
                        BadDeclarations.SameSimpleName.class,
                        "SameSimpleName: two records of SameSimpleName have the simple name Moved, which "
                                + "JSON tells them apart by (dev.schemabus.schema.BadDeclarations.Here.Moved and "
                                + "dev.schemabus.schema.BadDeclarations.There.Moved): rename one with @Name"));
    }

    @Test
    void aLocalRecordHasNoLastingName() {
        record Here(int a) {}

        assertThatThrownBy(() -> SchemaGenerator.standard().generate(Here.class, SchemaFormat.AVRO))
                .isInstanceOf(SchemaException.class)
                .hasMessage("Here: dev.schemabus.schema.BadDeclarationTest$1Here is local or anonymous and so has no"
                        + " lasting name: make it a member of a class, or a class of its own");
    }
}
