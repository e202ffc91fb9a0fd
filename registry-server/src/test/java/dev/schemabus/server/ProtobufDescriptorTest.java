package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.SchemaRefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas sent and asked for as descriptors, as clients do that have generated code alone. */
class ProtobufDescriptorTest {

    private static final String PROTO_3 = """
            syntax = "proto3";
            package shop;
            import "google/protobuf/timestamp.proto";
            import public "google/protobuf/any.proto";
            option java_package = "com.acme.\\"shop\\"";
            option optimize_for = SPEED;
            message Order {
              string id = 1;
              optional int32 total = 2 [deprecated = true];
              repeated sint64 parts = 3;
              map<string, .shop.Order.Line> lines = 4;
              .google.protobuf.Timestamp created_at = 6;
              .shop.Status status = 12;
              oneof means {
                string cash = 7;
                bytes card = 8;
              }
              message Line {
                string sku = 1;
              }
            }
            enum Status {
              option allow_alias = true;
              NEW = 0;
              FRESH = 0;
              LOST = -1 [deprecated = true];
            }
            service Orders {
              rpc Add (stream .shop.Order) returns (.shop.Order);
              rpc Get (.shop.Order) returns (stream .shop.Order) {
                option deprecated = true;
              }
            }
            """;

    private static final String PROTO_2 = """
            syntax = "proto2";
            message Order {
              required string id = 1 [default = "a\\"b"];
              optional .Order next = 2;
              repeated int32 parts = 3 [packed = true];
              extensions 100 to max;
            }
            extend .Order {
              optional bool paid = 100 [default = true];
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {PROTO_3, PROTO_2})
    void aDescriptorBecomesTheTextThatItIsMadeOf(String text) {
        ProtobufSchema schema = ProtobufSchema.parse(text, Map.of());
        assertThat(schema.canonical()).isEqualTo(text);

        ProtobufSchema decoded = ProtobufSchema.parse(schema.formatted("serialized"), Map.of());

        assertThat(decoded.canonical()).isEqualTo(text);
        assertThat(decoded).isEqualTo(schema);
    }

    @Test
    void aMapIsReadFromTheEntriesThatTheCompilerMakesOfIt() {
        // syntax = "proto3"; package p; message M { map<string, int32> counts = 1; M next = 2; }
        String descriptor = "CgdtLnByb3RvEgFwImgKAU0SIAoGY291bnRzGAEgAygLMhAucC5NLkNvdW50c0VudHJ5EhIKBG5leHQYAiAB"
                + "KAsyBC5wLk0aLQoLQ291bnRzRW50cnkSCwoDa2V5GAEgASgJEg0KBXZhbHVlGAIgASgFOgI4AWIGcHJvdG8z";

        assertThat(ProtobufSchema.parse(descriptor, Map.of()).canonical()).isEqualTo("""
                        syntax = "proto3";
                        package p;
                        message M {
                          map<string, int32> counts = 1;
                          .p.M next = 2;
                        }
                        """);
    }

    @Test
    void whatIsReservedAndOtherNamesInJsonAreReadToo() {
        String descriptor = "CgdtLnByb3RvIkMKAU0SGQoIb3JkZXJfaWQYASABKAlSB29yZGVySWQSEgoFdG90YWwYAiABKAVSA3N1"
                + "bUoECAUQBkoECAkQDFIDb2xkKhYKAUUSBQoBWBAAIgQIAhACIgQIBBAGYgZwcm90bzM=";

        assertThat(ProtobufSchema.parse(descriptor, Map.of()).canonical()).isEqualTo("""
                        syntax = "proto3";
                        message M {
                          reserved 5;
                          reserved 9 to 11;
                          reserved "old";
                          string order_id = 1;
                          int32 total = 2 [json_name = "sum"];
                        }
                        enum E {
                          reserved 2;
                          reserved 4 to 6;
                          X = 0;
                        }
                        """);
    }

    @Test
    void whatLooksLikeADescriptorAndIsNoneIsRefusedAsText() {
        assertThatThrownBy(() -> ProtobufSchema.parse("AAAAnodescriptor", Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("unexpected label: AAAAnodescriptor");
    }
}
