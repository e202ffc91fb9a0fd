package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a Protobuf schema is written that is kept and compared. */
class ProtobufSchemaTest {

    private static ProtobufSchema parse(String text) {
        return ProtobufSchema.parse(text, Map.of());
    }

    private static final String ORDER = """
            // who owns this
            syntax = "proto3" ;
            package shop; /* a
               shop */ import 'google/protobuf/timestamp.proto';
            option java_package = "com.acme.shop";;
            message Order{ // an order
              message Line { string sku=1; int32 count = 0x2 [ deprecated = true , json_name="n" ]; }
              reserved 5, 9 to 11 , 'old';
              google.protobuf.Timestamp at = 2; string id = 1; // which
              oneof means { string cash = 6; /* or */ string card = 4; }
              map< string , Line > lines = 3;
            }
            enum Status { option allow_alias = true; NEW = 0; PAID = 2; OPEN = 1; FRESH = 0; }
            service Orders { rpc Get(Order) returns (stream Order) { } rpc Add (stream Order) returns(Order); }
            """;

    @Test
    void theCanonicalTextHasNoCommentsAndOneSpelling() {
        assertThat(parse(ORDER).canonical()).isEqualTo("""
                        syntax = "proto3";
                        package shop;
                        import "google/protobuf/timestamp.proto";
                        option java_package = "com.acme.shop";
                        message Order {
                          reserved 5, 9 to 11, "old";
                          google.protobuf.Timestamp at = 2;
                          string id = 1;
                          map<string, Line> lines = 3;
                          oneof means {
                            string cash = 6;
                            string card = 4;
                          }
                          message Line {
                            string sku = 1;
                            int32 count = 0x2 [deprecated = true, json_name = "n"];
                          }
                        }
                        enum Status {
                          option allow_alias = true;
                          NEW = 0;
                          PAID = 2;
                          OPEN = 1;
                          FRESH = 0;
                        }
                        service Orders {
                          rpc Get (Order) returns (stream Order);
                          rpc Add (stream Order) returns (Order);
                        }
                        """);
    }

    @Test
    void theNormalizedTextHasOneOrder() {
        assertThat(parse(ORDER).normalized().canonical()).isEqualTo("""
                        syntax = "proto3";
                        package shop;
                        import "google/protobuf/timestamp.proto";
                        option java_package = "com.acme.shop";
                        message Order {
                          reserved 5, 9 to 11, "old";
                          string id = 1;
                          google.protobuf.Timestamp at = 2;
                          map<string, Line> lines = 3;
                          oneof means {
                            string card = 4;
                            string cash = 6;
                          }
                          message Line {
                            string sku = 1;
                            int32 count = 0x2 [deprecated = true, json_name = "n"];
                          }
                        }
                        enum Status {
                          option allow_alias = true;
                          NEW = 0;
                          FRESH = 0;
                          OPEN = 1;
                          PAID = 2;
                        }
                        service Orders {
                          rpc Add (stream Order) returns (Order);
                          rpc Get (Order) returns (stream Order);
                        }
                        """);
    }

    @Test
    void canonicalAndNormalizedTextsAreTheirOwn() {
        ProtobufSchema schema = parse(ORDER);
        ProtobufSchema normalized = schema.normalized();

        assertThat(parse(schema.canonical())).isEqualTo(schema);
        assertThat(parse(normalized.canonical()).canonical()).isEqualTo(normalized.canonical());
        assertThat(normalized.normalized()).isEqualTo(normalized);
        assertThat(schema.resolved()).isEqualTo(schema.canonical());
    }

    static Stream<Arguments> sameCanonically() {
        return Stream.of(
                Arguments.of("message A {}", "message  A\n{\n}\n"),
                Arguments.of("message A {}", "// a\nmessage A {/**/}"),
                Arguments.of("message A {}", "message A {};;"),
                Arguments.of("message A { string b = 1; }", "message A { string b = 1; /* c */ }"),
                Arguments.of("message A { string b = 1; int32 c = 2; }", "message A{string b=1;/*b*/int32 c=2;//\n}"),
                Arguments.of("option java_package = \"a\"; message A {}", "message A {} option java_package='a';"),
                Arguments.of("message A { int32 b = 1; enum E { X = 0; } }", "message A { enum E {X=0;} int32 b=1; }"),
                Arguments.of("message A {}\n", "\uFEFFmessage A {}\r\n"));
    }

    @ParameterizedTest
    @MethodSource("sameCanonically")
    void whiteSpaceCommentsAndTheOrderOfKindsDontCount(String one, String other) {
        assertThat(ProtobufPair.schema(one).canonical())
                .isEqualTo(ProtobufPair.schema("syntax = \"proto3\";" + other).canonical());
    }

    static Stream<Arguments> sameNormalized() {
        return Stream.of(
                Arguments.of("message A { int32 b = 1; int32 c = 2; }", "message A { int32 c = 2; int32 b = 1; }"),
                Arguments.of("enum E { X = 0; Y = 1; Z = 2; }", "enum E { X = 0; Z = 2; Y = 1; }"),
                Arguments.of(
                        "option java_package = \"a\"; option go_package = \"b\";",
                        "option go_package = \"b\"; option java_package = \"a\";"),
                Arguments.of(
                        "message A { int32 b = 1 [deprecated = true, json_name = \"x\"]; }",
                        "message A { int32 b = 1 [json_name = \"x\", deprecated = true]; }"),
                Arguments.of(
                        "import \"google/protobuf/any.proto\"; import \"google/protobuf/empty.proto\";",
                        "import \"google/protobuf/empty.proto\"; import \"google/protobuf/any.proto\";"),
                Arguments.of(
                        "message A { reserved 1; reserved 2 to 4; reserved \"x\"; }",
                        "message A { reserved \"x\"; reserved 2 to 4; reserved 1; }"));
    }

    @ParameterizedTest
    @MethodSource("sameNormalized")
    void whatHasNoOrderIsTheSameWhenNormalized(String one, String other) {
        ProtobufSchema first = ProtobufPair.schema(one);
        ProtobufSchema second = ProtobufPair.schema(other);

        assertThat(first.canonical()).isNotEqualTo(second.canonical());
        assertThat(first.normalized().canonical()).isEqualTo(second.normalized().canonical());
    }

    static Stream<Arguments> different() {
        return Stream.of(
                Arguments.of("message A {} message B {}", "message B {} message A {}"),
                Arguments.of(
                        "syntax = 'proto2'; enum E { X = 1; Y = 0; }", "syntax = 'proto2'; enum E { Y = 0; X = 1; }"),
                Arguments.of("message A { int32 b = 1; }", "message A { int32 c = 1; }"),
                Arguments.of("option java_package = \"a b\";", "option java_package = \"a  b\";"),
                Arguments.of("option java_package = \"//a\";", "option java_package = \"//b\";"));
    }

    @ParameterizedTest
    @MethodSource("different")
    void whatMeansSomethingElseStaysDifferent(String one, String other) {
        assertThat(ProtobufPair.schema(one).normalized().canonical())
                .isNotEqualTo(ProtobufPair.schema(other).normalized().canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Any any",
                "Duration duration",
                "Empty empty",
                "Struct struct",
                "Value struct",
                "Timestamp timestamp",
                "StringValue wrappers",
                "FileDescriptorProto descriptor",
                "FieldMask field_mask",
                "SourceContext source_context",
                "Type type",
                "Api api"
            })
    void theFilesOfProtocolBuffersNeedNoReference(String typeAndFile) {
        String[] parts = typeAndFile.split(" ", -1);
        String text = "syntax = \"proto3\";\nimport \"google/protobuf/" + parts[1] + ".proto\";\n"
                + "message A {\n  google.protobuf." + parts[0] + " x = 1;\n}\n";

        assertThat(parse(text).canonical()).isEqualTo(text);
    }

    @Test
    void customOptionsAndExtensionsAreKept() {
        String text = """
                syntax = "proto2";
                import "google/protobuf/descriptor.proto";
                option (file_tag) = {name: "a;b}", weights: [1, 2]};
                message Tag {
                  optional string name = 1;
                  repeated int32 weights = 2;
                  extensions 100 to max;
                }
                extend google.protobuf.FileOptions {
                  optional Tag file_tag = 50000;
                }
                extend Tag {
                  optional int32 more = 100 [default = -1];
                }
                """;

        assertThat(parse(text).canonical()).isEqualTo(text);
    }
}
