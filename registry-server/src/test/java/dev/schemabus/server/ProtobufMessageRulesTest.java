package dev.schemabus.server;

import static dev.schemabus.server.ProtobufPair.pair;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.CompatibilityLevel;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of messages, enums, packages and imports. */
class ProtobufMessageRulesTest {

    private static final String NEW_MESSAGE =
            ": The new schema may write this message, but the old schema doesn't have it. Put it into a schema of its own"
                    + " and import that.";
    private static final String LOST_MESSAGE =
            ": Data of the old schema may be of this message, but the new schema doesn't have it. Keep it, in the same"
                    + " place.";
    private static final String SHOP = "package shop; message Order { Line line = 1; message Line { string id = 1; } }";

    static Stream<ProtobufPair> compatible() {
        return Stream.of(
                pair("messages in another order", "message A {} message B {}", "message B {} message A {}"),
                pair("name qualified", SHOP, SHOP.replace("{ Line", "{ shop.Order.Line")),
                pair("name fully qualified", SHOP, SHOP.replace("{ Line", "{ .shop.Order.Line")),
                pair(
                        "name in a map qualified",
                        "message A { map<string, B> m = 1; message B {} }",
                        "message A { map<string, A.B> m = 1; message B {} }"),
                pair("field added to a nested message", SHOP, SHOP.replace("id = 1;", "id = 1; string x = 2;")),
                pair("enum added", "message A {}", "message A {} enum E { X = 0; }"),
                pair("enum removed", "message A {} enum E { X = 0; }", "message A {}"),
                pair("constant added", "message A {} enum E { X = 0; }", "message A {} enum E { X = 0; Y = 1; }"),
                pair("constant removed", "message A {} enum E { X = 0; Y = 1; }", "message A {} enum E { X = 0; }"),
                pair("constant renamed", "message A {} enum E { X = 0; }", "message A {} enum E { Z = 0; }"),
                pair("service added", "message A {}", "message A {} service S { rpc Get (A) returns (A); }"),
                pair("file option added", "message A {}", "option java_package = 'com.shop'; message A {}"),
                pair("unused import added", "message A {}", "import 'google/protobuf/any.proto'; message A {}"),
                pair(
                        "proto2 became proto3",
                        "syntax = 'proto2'; message A { optional string id = 1; }",
                        "syntax = 'proto3'; message A { string id = 1; }"),
                pair(
                        "message refers to itself",
                        "message A { A next = 1; }",
                        "message A { A next = 1; int32 n = 2; }"));
    }

    static Stream<ProtobufPair> incompatible() {
        return Stream.of(
                pair("message added", "message A {}", "message A {} message B {}")
                        .forward("B" + NEW_MESSAGE),
                pair("message removed", "message A {} message B {}", "message A {}")
                        .backward("B" + LOST_MESSAGE),
                pair("message renamed", "message A {}", "message B {}")
                        .backward("A" + LOST_MESSAGE)
                        .forward("B" + NEW_MESSAGE),
                pair("message moved inside", "message A {} message B {}", "message A { message B {} }")
                        .backward("B" + LOST_MESSAGE)
                        .forward("A.B" + NEW_MESSAGE),
                pair("nested message removed", "package p; message A { message B {} }", "package p; message A {}")
                        .backward("A.B" + LOST_MESSAGE),
                pair("message became an enum", "message A {} message B {}", "message A {} enum B { X = 0; }")
                        .backward("B" + LOST_MESSAGE),
                pair("package changed", "package shop; message A {}", "package store; message A {}")
                        .backward(
                                "package: The new schema is in package 'store', the old one in package 'shop': readers"
                                        + " that look for a message by its full name don't find it. Keep package 'shop', or"
                                        + " publish the new one under a subject of its own.")
                        .forward("package: The new schema is in package 'store', the old one in package 'shop': readers"
                                + " that look for a message by its full name don't find it. Keep package 'shop', or"
                                + " publish the new one under a subject of its own."),
                pair("package added", "message A {}", "package shop; message A {}")
                        .backward(
                                "package: The new schema is in package 'shop', the old one in no package: readers that"
                                        + " look for a message by its full name don't find it. Leave the package out, or publish"
                                        + " the new one under a subject of its own.")
                        .forward("package: The new schema is in package 'shop', the old one in no package: readers that"
                                + " look for a message by its full name don't find it. Leave the package out, or publish"
                                + " the new one under a subject of its own."),
                pair(
                                "message of a field changed",
                                "message A { B b = 1; } message B {} message C {}",
                                "message A { C b = 1; } message B {} message C {}")
                        .backward("A.b: The new schema reads message C in field 1, but data of the old schema holds"
                                + " message B. Keep message B, or give the new type a number of its own and reserve 1.")
                        .forward("A.b: The old schema reads message B in field 1, but the new schema writes message C."
                                + " Keep message B, or give the new type a number of its own and reserve 1."),
                pair("field of a nested message changed", SHOP, SHOP.replace("string id", "bool id"))
                        .backward(
                                "Order.Line.id: The new schema reads bool in field 1, but data of the old schema holds"
                                        + " string. Keep string, or give the new type a number of its own and reserve 1.")
                        .forward(
                                "Order.Line.id: The old schema reads string in field 1, but the new schema writes bool."
                                        + " Keep string, or give the new type a number of its own and reserve 1."),
                pair(
                                "message nearer by took over a name",
                                "message A { B b = 1; } message B { int32 n = 1; }",
                                "message A { B b = 1; message B {} } message B { int32 n = 1; }")
                        .backward("A.b: The new schema reads message A.B in field 1, but data of the old schema holds"
                                + " message B. Keep message B, or give the new type a number of its own and reserve 1.")
                        .forward(
                                "A.b: The old schema reads message B in field 1, but the new schema writes message A.B."
                                        + " Keep message B, or give the new type a number of its own and reserve 1.",
                                "A.B" + NEW_MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("compatible")
    void whatReadersSkipOrFindIsCompatible(ProtobufPair pair) {
        pair.verify();
    }

    @ParameterizedTest
    @MethodSource("incompatible")
    void whatReadersMissIsNamedWithItsRemedy(ProtobufPair pair) {
        assertThat(pair.backward().size() + pair.forward().size()).isPositive();
        pair.verify();
    }

    private static final String USES_HOME = "import 'home.proto'; message A { homes.Home home = 1; }";

    private static ProtobufSchema withHome(String home) {
        return ProtobufPair.schema(USES_HOME, Map.of("home.proto", "package homes; " + home));
    }

    @Test
    void anImportedMessageIsComparedToo() {
        ProtobufSchema older = withHome("message Home { int32 id = 1; }");
        ProtobufSchema same = withHome("message Home { int64 id = 1; bool on = 2; }");
        ProtobufSchema changed = withHome("message Home { string id = 1; }");

        assertThat(same.incompatibilities(CompatibilityLevel.FULL, older)).isEmpty();
        assertThat(changed.incompatibilities(CompatibilityLevel.BACKWARD, older))
                .containsExactly(
                        "Home.id: The new schema reads string in field 1, but data of the old schema holds int32."
                                + " Keep int32, or give the new type a number of its own and reserve 1.");
    }

    @Test
    void anImportMayMoveToAnotherFileAndPackage() {
        ProtobufSchema older = withHome("message Home { int32 id = 1; }");
        ProtobufSchema moved = ProtobufPair.schema(
                "import 'house.proto'; message A { houses.Home home = 1; }",
                Map.of("house.proto", "package houses; message Home { int32 id = 1; }"));
        ProtobufSchema changed = ProtobufPair.schema(
                "import 'house.proto'; message A { houses.Home home = 1; }",
                Map.of("house.proto", "package houses; message Home { double id = 1; }"));

        assertThat(moved.incompatibilities(CompatibilityLevel.FULL, older)).isEmpty();
        assertThat(changed.incompatibilities(CompatibilityLevel.FULL, older)).hasSize(2);
    }

    @Test
    void aMessageMayMoveFromAnImportButNotToOne() {
        ProtobufSchema imported = withHome("message Home { int32 id = 1; }");
        ProtobufSchema own = ProtobufPair.schema("message A { Home home = 1; } message Home { int32 id = 1; }");

        assertThat(own.incompatibilities(CompatibilityLevel.BACKWARD, imported)).isEmpty();
        assertThat(imported.incompatibilities(CompatibilityLevel.BACKWARD, own)).containsExactly("Home" + LOST_MESSAGE);
    }

    @Test
    void importedMessagesThatReferToEachOtherAreComparedOnce() {
        String home = "message Home { Room room = 1; } message Room { Home home = 1; %s area = 2; }";
        ProtobufSchema older = withHome(home.formatted("int32"));
        ProtobufSchema newer = withHome(home.formatted("float"));

        assertThat(newer.incompatibilities(CompatibilityLevel.BACKWARD, older))
                .singleElement()
                .asString()
                .startsWith("Room.area: ");
    }
}
