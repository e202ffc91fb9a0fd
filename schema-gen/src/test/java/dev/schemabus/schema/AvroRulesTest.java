package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Incompatibility.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroRulesTest {

    private static EventSchema avro(String text) {
        return EventSchema.of(SchemaFormat.AVRO, text.replace('\'', '"'));
    }

    private static List<Incompatibility> read(EventSchema reader, EventSchema writer) {
        return AvroRules.read(reader, writer, Direction.BACKWARD);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theVerdictIsThatOfAvroItself(long seed) {
        Random random = new Random(seed);
        int compatible = 0;
        for (int i = 0; i < 1_000; i++) {
            EventSchema reader = avro(new RandomSchema(random).record());
            EventSchema writer = avro(new RandomSchema(random).record());
            boolean expected =
                    SchemaCompatibility.checkReaderWriterCompatibility(reader.avroSchema(), writer.avroSchema())
                                    .getType()
                            == SchemaCompatibilityType.COMPATIBLE;
            List<Incompatibility> found = read(reader, writer);
            assertThat(found.isEmpty())
                    .as(
                            "seed %d, pair %d: reader %s, writer %s, found %s",
                            seed, i, reader.text(), writer.text(), found)
                    .isEqualTo(expected);
            compatible += expected ? 1 : 0;
        }
        assertThat(compatible).as("pairs of both kinds").isBetween(50, 950);
    }

    @Test
    void aRecursiveRecordIsComparedOnce() {
        String node = "{'type':'record','name':'Node','fields':[{'name':'value','type':'%s'},"
                + "{'name':'next','type':['null','Node'],'default':null},"
                + "{'name':'children','type':{'type':'array','items':'Node'}}]}";

        assertThat(read(avro(node.formatted("long")), avro(node.formatted("int"))))
                .isEmpty();
        assertThat(read(avro(node.formatted("int")), avro(node.formatted("long"))))
                .singleElement()
                .satisfies(found -> assertThat(found.component()).hasValue("Node.value"));
    }

    @Test
    void aChainDeeperThanAnyRealSchemaIsRefusedWithAReason() {
        assertThat(read(avro(chain(100, "long")), avro(chain(100, "int")))).isEmpty();
        assertThatThrownBy(() -> read(avro(chain(320, "long")), avro(chain(320, "int"))))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "The schemas nest deeper than 250 levels and can't be compared: make the structure flatter");
    }

    private static String chain(int depth, String last) {
        StringBuilder text = new StringBuilder("'" + last + "'");
        for (int i = 0; i < depth; i++) {
            text.insert(0, "{'type':'record','name':'R" + i + "','fields':[{'name':'x','type':")
                    .append("}]}");
        }
        return text.toString();
    }

    @Test
    void sharedRecordsDoNotMultiplyTheWork() {
        String inner = "{'type':'record','name':'R0','fields':[{'name':'x','type':'%s'}]}";
        for (int i = 1; i <= 60; i++) {
            inner = "{'type':'record','name':'R" + i + "','fields':[{'name':'a','type':" + inner
                    + "},{'name':'b','type':'R" + (i - 1) + "'}]}";
        }
        assertThat(read(avro(inner.formatted("int")), avro(inner.formatted("string"))))
                .hasSize(1);
        assertThat(read(avro(inner.formatted("long")), avro(inner.formatted("int"))))
                .isEmpty();
    }

    /** Small records with few names, so that many pairs almost fit. */
    private static final class RandomSchema {

        private final Random random;
        private final List<String> named = new ArrayList<>();

        RandomSchema(Random random) {
            this.random = random;
        }

        String record() {
            return record("Root", 2);
        }

        private String record(String name, int depth) {
            named.add(name);
            List<String> fields = new ArrayList<>();
            for (String field : List.of("a", "b")) {
                if (random.nextInt(4) > 0) {
                    boolean renamed = random.nextInt(6) == 0;
                    String type = type(depth - 1);
                    String initial = type.startsWith("['null'") && random.nextBoolean() ? ",'default':null" : "";
                    if (type.equals("'int'") || type.equals("'long'")) {
                        initial = random.nextBoolean() ? ",'default':0" : "";
                    }
                    fields.add("{'name':'" + (renamed ? field + "2" : field) + "','type':" + type + initial
                            + (renamed ? ",'aliases':['" + field + "']" : "") + "}");
                }
            }
            return "{'type':'record','name':'" + name + "','fields':[" + String.join(",", fields) + "]}";
        }

        private String type(int depth) {
            return switch (random.nextInt(depth > 0 ? 9 : 4)) {
                case 0, 1, 2, 3 -> primitive();
                case 4 -> "{'type':'array','items':" + type(depth - 1) + "}";
                case 5 -> "{'type':'map','values':" + type(depth - 1) + "}";
                case 6 -> "['null'," + notNull(depth) + "]";
                default -> named(depth);
            };
        }

        private String notNull(int depth) {
            return random.nextBoolean() ? primitive() : named(depth);
        }

        private String primitive() {
            List<String> names = List.of("int", "long", "double", "string", "bytes");
            return "'" + names.get(random.nextInt(names.size())) + "'";
        }

        private String named(int depth) {
            String name = List.of("N", "E", "F", "Root").get(random.nextInt(4));
            if (named.contains(name)) {
                return "'" + name + "'";
            }
            if (name.equals("N")) {
                return record(name, depth);
            }
            named.add(name);
            String alias = random.nextInt(4) == 0 ? ",'aliases':['" + (name.equals("E") ? "F" : "E") + "']" : "";
            if (name.equals("F")) {
                return "{'type':'fixed','name':'F','size':" + (2 + random.nextInt(2)) + alias + "}";
            }
            String initial = random.nextInt(3) == 0 ? ",'default':'X'" : "";
            String symbols = random.nextBoolean() ? "['X','Y']" : "['X']";
            return "{'type':'enum','name':'E','symbols':" + symbols + initial + alias + "}";
        }
    }

    @Test
    void aNamespaceMayChange() {
        assertThat(read(
                        avro("{'type':'record','name':'a.R','fields':[]}"),
                        avro("{'type':'record','name':'b.R','fields':[]}")))
                .isEmpty();
    }
}
