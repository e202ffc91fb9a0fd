package dev.schemabus.server;

import static dev.schemabus.server.ProtobufPair.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of oneofs, whose members exclude each other. */
class ProtobufOneofRulesTest {

    private static final String CASH_OR_CARD = "oneof means { string cash = 1; string card = 2; }";

    static Stream<ProtobufPair> compatible() {
        return Stream.of(
                order("nothing", CASH_OR_CARD, CASH_OR_CARD),
                order("oneof renamed", CASH_OR_CARD, CASH_OR_CARD.replace("means", "how")),
                order("members in another order", CASH_OR_CARD, "oneof means { string card = 2; string cash = 1; }"),
                order("one field in a new oneof", "string cash = 1;", "oneof means { string cash = 1; }"),
                order(
                        "one field in a new oneof with a new one",
                        "string cash = 1;",
                        "oneof means { string cash = 1; string card = 2; }"),
                order("member removed with the oneof's name", CASH_OR_CARD, "oneof how { string cash = 1; }"),
                order("oneof added", "", CASH_OR_CARD),
                order("oneof removed", CASH_OR_CARD, ""),
                order("member widened", "oneof means { int32 cash = 1; }", "oneof means { int64 cash = 1; }"),
                order("member taken out of a oneof of one", "oneof means { string cash = 1; }", "string cash = 1;"));
    }

    static Stream<ProtobufPair> incompatible() {
        return Stream.of(
                order("member added", CASH_OR_CARD, CASH_OR_CARD.replace("}", "string iou = 3; }"))
                        .forward(
                                "Order.iou: The new schema may write field 3 of oneof 'means', which the old schema would"
                                        + " take for none of them. Add it outside the oneof."),
                order("member removed", CASH_OR_CARD, "oneof means { string cash = 1; }")
                        .backward("Order.card: Data of the old schema may hold field 2 of oneof 'means', which the new"
                                + " schema would take for none of them. Keep the field."),
                order("member under another number", CASH_OR_CARD, CASH_OR_CARD.replace("2", "3"))
                        .backward("Order.card: Data of the old schema may hold field 2 of oneof 'means', which the new"
                                + " schema would take for none of them. Keep the field.")
                        .forward("Order.card: The new schema may write field 3 of oneof 'means', which the old schema"
                                + " would take for none of them. Add it outside the oneof."),
                order("fields joined in a oneof", "string cash = 1; string card = 2;", CASH_OR_CARD)
                        .backward(
                                "Order.means: The new schema has 'cash', 'card' in one oneof, but data of the old schema"
                                        + " may set several of them, and all but the last would be lost. Move no more than one"
                                        + " field into a new oneof, and none into one that exists."),
                order("oneof taken apart", CASH_OR_CARD, "string cash = 1; string card = 2;")
                        .forward(
                                "Order.means: The old schema has 'cash', 'card' in one oneof, but the new schema may set"
                                        + " several of them, and all but the last would be lost. Keep them in one oneof."),
                order(
                                "field moved into a oneof that exists",
                                "string iou = 3; " + CASH_OR_CARD,
                                CASH_OR_CARD.replace("}", "string iou = 3; }"))
                        .backward(
                                "Order.means: The new schema has 'cash', 'card', 'iou' in one oneof, but data of the old"
                                        + " schema may set several of them, and all but the last would be lost. Move no more"
                                        + " than one field into a new oneof, and none into one that exists."),
                order(
                                "member moved out of a oneof that stays",
                                CASH_OR_CARD.replace("}", "string iou = 3; }"),
                                "string iou = 3; " + CASH_OR_CARD)
                        .forward(
                                "Order.means: The old schema has 'cash', 'card', 'iou' in one oneof, but the new schema"
                                        + " may set several of them, and all but the last would be lost. Keep them in one"
                                        + " oneof."),
                order(
                                "two oneofs made one",
                                "oneof a { string x = 1; } oneof b { string y = 2; }",
                                "oneof a { string x = 1; string y = 2; }")
                        .backward(
                                "Order.a: The new schema has 'x', 'y' in one oneof, but data of the old schema may set"
                                        + " several of them, and all but the last would be lost. Move no more than one field"
                                        + " into a new oneof, and none into one that exists."),
                order("member changed", CASH_OR_CARD, CASH_OR_CARD.replace("string card", "int32 card"))
                        .backward("Order.card: The new schema reads int32 in field 2, but data of the old schema holds"
                                + " string. Keep string, or give the new type a number of its own and reserve 2.")
                        .forward("Order.card: The old schema reads string in field 2, but the new schema writes int32."
                                + " Keep string, or give the new type a number of its own and reserve 2."),
                order(
                                "member changed while its oneof is renamed",
                                "oneof a { string x = 1; }",
                                "oneof b { int32 x = 1; }")
                        .backward("Order.x: The new schema reads int32 in field 1, but data of the old schema holds"
                                + " string. Keep string, or give the new type a number of its own and reserve 1.")
                        .forward(
                                "Order.x: The old schema reads string in field 1, but the new schema writes int32. Keep"
                                        + " string, or give the new type a number of its own and reserve 1."));
    }

    @ParameterizedTest
    @MethodSource("compatible")
    void whatLosesNothingIsCompatible(ProtobufPair pair) {
        pair.verify();
    }

    @ParameterizedTest
    @MethodSource("incompatible")
    void whatWouldLoseDataIsNamedWithItsRemedy(ProtobufPair pair) {
        assertThat(pair.backward().size() + pair.forward().size()).isPositive();
        pair.verify();
    }
}
