package dev.schemabus.server;

import static dev.schemabus.server.ProtobufPair.order;
import static dev.schemabus.server.ProtobufPair.pair;
import static dev.schemabus.server.ProtobufPair.proto2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.CompatibilityLevel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of fields. */
class ProtobufFieldRulesTest {

    private static final String STATUS = " enum Status { NEW = 0; PAID = 1; }";

    static Stream<ProtobufPair> compatible() {
        return Stream.of(
                order("nothing", "string id = 1;", "string id = 1;"),
                order("white space and comments", "string id = 1;", "/* which */ string\tid=1; /* one */"),
                order("field added", "string id = 1;", "string id = 1; int32 total = 2;"),
                order("field removed", "string id = 1; int32 total = 2;", "string id = 1;"),
                order("field removed and reserved", "string id = 1; int32 total = 2;", "string id = 1; reserved 2;"),
                order("reservation lifted", "string id = 1; reserved 2;", "string id = 1; int32 total = 2;"),
                order("field renamed", "string id = 1;", "string key = 1;"),
                order("field under another number", "string id = 1;", "string id = 2;"),
                order("fields in another order", "string a = 1; string b = 2;", "string b = 2; string a = 1;"),
                order("json_name added", "string id = 1;", "string id = 1 [json_name = \"ID\"];"),
                order("deprecated", "string id = 1;", "string id = 1 [deprecated = true];"),
                order("number became an enum", "int32 s = 1;" + STATUS, "Status s = 1;" + STATUS),
                order("enum became a number", "Status s = 1;" + STATUS, "int64 s = 1;" + STATUS),
                order("presence added", "int32 total = 1;", "optional int32 total = 1;"),
                order("presence taken away", "optional int32 total = 1;", "int32 total = 1;"),
                order("text repeated", "optional string tag = 1;", "repeated string tag = 1;"),
                order("text no longer repeated", "repeated string tag = 1;", "optional string tag = 1;"),
                order("bytes repeated", "optional bytes tag = 1;", "repeated bytes tag = 1;"),
                order(
                        "message repeated",
                        "optional Line line = 1; message Line {}",
                        "repeated Line line = 1; message Line {}"),
                order("number without a label repeated", "int32 total = 1;", "repeated int32 total = 1;"),
                order("packed turned off", "repeated int32 n = 1;", "repeated int32 n = 1 [packed = false];"),
                order("value of a map widened", "map<string, int32> m = 1;", "map<string, int64> m = 1;"),
                order("key of a map widened", "map<int32, string> m = 1;", "map<uint64, string> m = 1;"),
                proto2("optional field added", "", "optional int32 total = 2;"),
                proto2("default changed", "optional int32 n = 1 [default = 1];", "optional int32 n = 1 [default = 2];"),
                proto2("required text made optional", "required string id = 1;", "optional string id = 1;"),
                proto2("optional message made required", "optional Order o = 1;", "required Order o = 1;"));
    }

    static Stream<ProtobufPair> incompatible() {
        return Stream.of(
                order("text became a number", "string total = 2;", "int32 total = 2;")
                        .backward("Order.total: The new schema reads int32 in field 2, but data of the old schema holds"
                                + " string. Keep string, or give the new type a number of its own and reserve 2.")
                        .forward("Order.total: The old schema reads string in field 2, but the new schema writes int32."
                                + " Keep string, or give the new type a number of its own and reserve 2."),
                order("number reused under another name", "int32 total = 2;", "string note = 2;")
                        .backward("Order.note: The new schema reads string in field 2, but data of the old schema holds"
                                + " int32. Keep int32, or give the new type a number of its own and reserve 2.")
                        .forward("Order.total: The old schema reads int32 in field 2, but the new schema writes string."
                                + " Keep int32, or give the new type a number of its own and reserve 2."),
                order("number became a message", "int32 total = 2;", "Money total = 2; message Money {}")
                        .backward(
                                "Order.total: The new schema reads message Order.Money in field 2, but data of the old"
                                        + " schema holds int32. Keep int32, or give the new type a number of its own and reserve"
                                        + " 2.")
                        .forward(
                                "Order.total: The old schema reads int32 in field 2, but the new schema writes message"
                                        + " Order.Money. Keep int32, or give the new type a number of its own and"
                                        + " reserve 2.",
                                "Order.Money: The new schema may write this message, but the old schema doesn't have it."
                                        + " Put it into a schema of its own and import that."),
                order("enum became a text", "Status s = 1;" + STATUS, "string s = 1;" + STATUS)
                        .backward(
                                "Order.s: The new schema reads string in field 1, but data of the old schema holds enum"
                                        + " Order.Status. Keep enum Order.Status, or give the new type a number of its own and"
                                        + " reserve 1.")
                        .forward("Order.s: The old schema reads enum Order.Status in field 1, but the new schema writes"
                                + " string. Keep enum Order.Status, or give the new type a number of its own and reserve"
                                + " 1."),
                order("enum became zigzag", "Status s = 1;" + STATUS, "sint32 s = 1;" + STATUS)
                        .backward(
                                "Order.s: The new schema reads sint32 in field 1, but data of the old schema holds enum"
                                        + " Order.Status. Keep enum Order.Status, or give the new type a number of its own and"
                                        + " reserve 1.")
                        .forward("Order.s: The old schema reads enum Order.Status in field 1, but the new schema writes"
                                + " sint32. Keep enum Order.Status, or give the new type a number of its own and reserve"
                                + " 1."),
                order("message became bytes", "Order next = 1;", "bytes next = 1;")
                        .backward("Order.next: The new schema reads bytes in field 1, but data of the old schema holds"
                                + " message Order. Keep message Order, or give the new type a number of its own and"
                                + " reserve 1.")
                        .forward(
                                "Order.next: The old schema reads message Order in field 1, but the new schema writes"
                                        + " bytes. Keep message Order, or give the new type a number of its own and reserve 1."),
                order("map became a list of entries", "map<string, int32> m = 1;", "repeated Order m = 1;")
                        .backward("Order.m: The new schema reads message Order in field 1, but data of the old schema"
                                + " holds map<string, int32>. Keep map<string, int32>, or give the new type a number of"
                                + " its own and reserve 1.")
                        .forward(
                                "Order.m: The old schema reads map<string, int32> in field 1, but the new schema writes"
                                        + " message Order. Keep map<string, int32>, or give the new type a number of its own and"
                                        + " reserve 1."),
                order("value of a map changed", "map<string, int32> m = 1;", "map<string, string> m = 1;")
                        .backward("Order.m: The new schema reads string in field 1, but data of the old schema holds"
                                + " int32. Keep int32, or give the new type a number of its own and reserve 1.")
                        .forward(
                                "Order.m: The old schema reads int32 in field 1, but the new schema writes string. Keep"
                                        + " int32, or give the new type a number of its own and reserve 1."),
                order("key of a map changed", "map<string, int32> m = 1;", "map<bool, int32> m = 1;")
                        .backward("Order.m: The new schema reads bool in field 1, but data of the old schema holds"
                                + " string. Keep string, or give the new type a number of its own and reserve 1.")
                        .forward("Order.m: The old schema reads string in field 1, but the new schema writes bool. Keep"
                                + " string, or give the new type a number of its own and reserve 1."),
                order("number repeated", "optional int32 n = 1;", "repeated int32 n = 1;")
                        .backward("Order.n: Field 1 is repeated in the new schema and optional in the old one, which"
                                + " numbers can't change. Keep it optional, or give the repeated field a number of its"
                                + " own.")
                        .forward("Order.n: Field 1 is repeated in the new schema and optional in the old one, which"
                                + " numbers can't change. Keep it optional, or give the repeated field a number of its"
                                + " own."),
                order("enum no longer repeated", "repeated Status s = 1;" + STATUS, "optional Status s = 1;" + STATUS)
                        .backward("Order.s: Field 1 is optional in the new schema and repeated in the old one, which"
                                + " numbers can't change. Keep it repeated, or give the optional field a number of its"
                                + " own.")
                        .forward("Order.s: Field 1 is optional in the new schema and repeated in the old one, which"
                                + " numbers can't change. Keep it repeated, or give the optional field a number of its"
                                + " own."),
                proto2("required number made optional", "required int32 n = 1;", "optional int32 n = 1;")
                        .backward("Order.n: Field 1 is optional in the new schema and required in the old one, which"
                                + " numbers can't change. Keep it required, or give the optional field a number of its"
                                + " own.")
                        .forward("Order.n: Field 1 is optional in the new schema and required in the old one, which"
                                + " numbers can't change. Keep it required, or give the optional field a number of its"
                                + " own."),
                proto2("required field added", "", "required string id = 1;")
                        .backward(
                                "Order.id: The new schema requires field 1, but data of the old schema doesn't have it."
                                        + " Make it optional.")
                        .forward(
                                "Order.id: The new schema requires field 1, but the old schema doesn't have it. Make it"
                                        + " optional."),
                proto2("required field removed", "required string id = 1;", "")
                        .backward("Order.id: The old schema requires field 1, but the new schema doesn't have it. Keep"
                                + " it: whoever has the old schema may meet new data.")
                        .forward("Order.id: The old schema requires field 1, but the new schema no longer writes it."
                                + " Keep it."),
                pair(
                                "two changes in one message",
                                "message Order { string a = 1; int32 b = 2; }",
                                "message Order { double a = 1; float b = 2; }")
                        .backward(
                                "Order.a: The new schema reads double in field 1, but data of the old schema holds"
                                        + " string. Keep string, or give the new type a number of its own and reserve 1.",
                                "Order.b: The new schema reads float in field 2, but data of the old schema holds int32."
                                        + " Keep int32, or give the new type a number of its own and reserve 2.")
                        .forward(
                                "Order.a: The old schema reads string in field 1, but the new schema writes double."
                                        + " Keep string, or give the new type a number of its own and reserve 1.",
                                "Order.b: The old schema reads int32 in field 2, but the new schema writes float. Keep"
                                        + " int32, or give the new type a number of its own and reserve 2."));
    }

    @ParameterizedTest
    @MethodSource("compatible")
    void whatBothReadIsCompatible(ProtobufPair pair) {
        pair.verify();
    }

    @ParameterizedTest
    @MethodSource("incompatible")
    void whatOneMisreadsIsNamedWithItsRemedy(ProtobufPair pair) {
        assertThat(pair.backward()).isNotEmpty();
        pair.verify();
    }

    private static final List<List<String>> ENCODED_ALIKE = List.of(
            List.of("int32", "int64", "uint32", "uint64", "bool"),
            List.of("sint32", "sint64"),
            List.of("fixed32", "sfixed32"),
            List.of("fixed64", "sfixed64"),
            List.of("float"),
            List.of("double"),
            List.of("string", "bytes"));

    static Stream<String> scalars() {
        return ENCODED_ALIKE.stream().flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void aScalarIsReadAsThoseThatAreEncodedAlike(String older) {
        ProtobufSchema old = ProtobufPair.schema("message Order { " + older + " f = 1; }");
        assertThat(scalars()).allSatisfy(newer -> {
            boolean alike = ENCODED_ALIKE.stream().anyMatch(group -> group.contains(older) && group.contains(newer));
            ProtobufSchema changed = ProtobufPair.schema("message Order { " + newer + " f = 1; }");
            assertThat(changed.incompatibilities(CompatibilityLevel.BACKWARD, old)
                            .isEmpty())
                    .as("%s -> %s", older, newer)
                    .isEqualTo(alike);
            assertThat(changed.incompatibilities(CompatibilityLevel.FORWARD, old)
                            .isEmpty())
                    .as("%s -> %s", older, newer)
                    .isEqualTo(alike);
        });
    }
}
