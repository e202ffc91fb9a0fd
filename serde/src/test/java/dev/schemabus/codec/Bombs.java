package dev.schemabus.codec;

import com.sun.management.ThreadMXBean;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a JVM of little memory: decodes small payloads that claim to be great ones. Prints one line for each:
 * {@code name|verdict|milliseconds|bytes allocated|bytes of payload}.
 */
final class Bombs {

    static final String CONTROL = "control";

    private static final String COUNT_31 = "feffffff0f";
    private static final String COUNT_MINUS_31 = "ffffffff0f";
    private static final String COUNT_63 = "feffffffffffffffff01";
    private static final String COUNT_MINUS_63 = "ffffffffffffffffff01";
    private static final int LONG = 1 << 20;

    private Bombs() {}

    record Chain(@Nullable Chain next) {}

    record Endless(List<Endless> more) {}

    record Atlas(Map<String, Atlas> maps) {}

    sealed interface Node permits Leaf, Not, Both {}

    record Leaf() implements Node {}

    record Not(Node node) implements Node {}

    record Both(Node left, Node right) implements Node {}

    record Tree(Node node) {}

    record Text(String text) {}

    record Raw(@SuppressWarnings("ArrayRecordComponent") byte[] raw) {} // compared with nothing

    record Texts(List<String> texts) {}

    record Nothings(List<Shop.Empty> nothings) {}

    record Tables(List<List<Shop.Empty>> rows) {}

    record Cube(List<List<List<Long>>> cells) {}

    record Perhaps(List<Optional<List<@Nullable Integer>>> lists) {}

    record Names(Map<String, Map<String, Shop.Empty>> names) {}

    record Distinct(Set<Set<Long>> sets) {}

    @SuppressWarnings("ArrayRecordComponent") // compared with nothing
    record Arrays2(long[][] longs, double[] doubles, boolean[] flags) {}

    /** Nothing in bytes, something in memory. */
    record Fat(
            @Default("[1, 2, 3, 4, 5, 6, 7, 8]") List<Integer> a,
            @Default("{\"a\": 1}") Map<String, Integer> b,
            @Default("x") String c) {}

    record Fats(List<Fat> fats) {}

    @Name("dev.schemabus.codec.Bombs.Skipping")
    record Skipping(int id) {}

    private record Bomb(Class<?> type, EventSchema schema, Supplier<byte[]> payload) {}

    private final Map<String, Bomb> all = new LinkedHashMap<>();

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(CONTROL)) {
            measure(CONTROL, LONG + 1, Bombs::withAvro);
            return;
        }
        Bombs bombs = new Bombs();
        bombs.avro();
        bombs.skipped();
        bombs.json();
        bombs.all.forEach((name, bomb) -> {
            for (CodecMode mode : CodecMode.values()) {
                if (bomb.schema().format() == SchemaFormat.AVRO || mode == CodecMode.GENERATED) {
                    Decoder<?> decoder = new CodecFactory(SchemaGenerator.standard())
                            .withMode(mode)
                            .decoder(bomb.type(), bomb.schema());
                    byte[] payload = bomb.payload().get();
                    measure(name + ", " + mode, payload.length, () -> Codecs.decode(decoder, payload));
                }
            }
        });
    }

    private static Object withAvro() {
        byte[] payload = hex("02".repeat(LONG) + "00");
        Schema schema = new Schema.Parser()
                .parse(Codecs.schema(Chain.class, SchemaFormat.AVRO).text());
        try {
            return new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(payload, null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever is thrown is what this is about. */
    private static void measure(String name, int size, Supplier<Object> decoded) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long start = System.nanoTime();
        String verdict;
        try {
            verdict = decoded.get() == null ? "null" : "value";
        } catch (Throwable e) {
            verdict = e.getClass().getSimpleName();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        System.out.println(name + "|" + verdict + "|" + millis + "|" + allocated + "|" + size);
    }

    private void avro() {
        add("a chain of a million", Chain.class, () -> "02".repeat(LONG) + "00");
        add("lists in lists", Endless.class, () -> "02".repeat(LONG) + "00");
        add("lists in lists, with sizes", Endless.class, () -> "0180808008".repeat(LONG / 5));
        add("maps in maps", Atlas.class, () -> "020261".repeat(LONG / 3));
        add("negations", Tree.class, () -> "02".repeat(LONG));
        add("pairs", Tree.class, () -> "04".repeat(LONG));
        for (String count : List.of(COUNT_31, COUNT_MINUS_31 + "00", COUNT_63, COUNT_MINUS_63 + "00")) {
            for (Class<?> type : List.of(
                    Text.class,
                    Raw.class,
                    Texts.class,
                    Nothings.class,
                    Tables.class,
                    Cube.class,
                    Perhaps.class,
                    Names.class,
                    Distinct.class,
                    Arrays2.class,
                    Fats.class,
                    Endless.class,
                    Atlas.class)) {
                add(type.getSimpleName() + " of " + count, type, () -> count);
                add(type.getSimpleName() + " of one, then of " + count, type, () -> "02" + count);
                add(type.getSimpleName() + " of " + count + " and zeroes", type, () -> count + "00".repeat(LONG / 16));
            }
        }
        add("65,536 empty records", Nothings.class, () -> "80800800");
        add("one empty record too many", Nothings.class, () -> "a0800800");
        add("many rows of empty records", Tables.class, () -> "d08c06" + "a08d0600".repeat(50_000) + "00");
        add("blocks of an empty record each", Nothings.class, () -> "02".repeat(LONG) + "00");
        add("blocks of no size", Nothings.class, () -> "0100".repeat(LONG / 2) + "00");
        add("empty lists", Tables.class, () -> "808080" + "01" + "00".repeat(LONG / 4) + "00");
        add("absent lists", Perhaps.class, () -> "808010" + "00".repeat(LONG / 8) + "00");
        add("empty sets", Distinct.class, () -> "808010" + "00".repeat(LONG / 8) + "00");
        add("defaults for nothing", Fats.class, fats(), () -> "80800800");
        add("more than 16 MiB", Raw.class, () -> "8080800f" + "00".repeat(16 * LONG));
        add("exactly 2 GB of text", Text.class, () -> COUNT_31 + "61".repeat(LONG));
    }

    /** Written when the record had no components. */
    private static EventSchema fats() {
        String list = Codecs.schema(Fats.class, SchemaFormat.AVRO).text();
        Schema fat = Schema.createRecord("dev.schemabus.codec.Bombs.Fat", null, null, false, List.of());
        Schema fats = Schema.createRecord(new Schema.Parser().parse(list).getFullName(), null, null, false);
        fats.setFields(List.of(new Schema.Field("fats", Schema.createArray(fat))));
        return EventSchema.of(SchemaFormat.AVRO, fats.toString());
    }

    private void skipped() {
        String nothing = "{'type':'record','name':'Nothing','fields':[]}";
        Map<String, String> types = Map.of(
                "nulls", "{'type':'array','items':'null'}",
                "rows of nulls", "{'type':'array','items':{'type':'array','items':'null'}}",
                "empty records", "{'type':'array','items':" + nothing + "}",
                "maps of nulls", "{'type':'map','values':'null'}",
                "strings", "{'type':'array','items':'string'}",
                "lists in lists",
                        "{'type':'record','name':'L','fields':[{'name':'l','type':{'type':'array','items':'L'}}]}",
                "a chain", "{'type':'record','name':'C','fields':[{'name':'c','type':['null','C']}]}",
                "a pair of pairs",
                        "{'type':'record','name':'P','fields':[{'name':'a','type':['null','P']},{'name':'b','type':['null','P']}]}",
                "itself without end", "{'type':'record','name':'E','fields':[{'name':'e','type':'E'}]}",
                "huge",
                        "{'type':'array','items':{'type':'record','name':'H','fields':[{'name':'f','type':{'type':'fixed','name':'F','size':2147483639}},{'name':'g','type':'F'}]}}");
        types.forEach((name, type) -> {
            EventSchema schema = skipping(type);
            Map<String, Supplier<String>> counts = new LinkedHashMap<>();
            List.of(
                            COUNT_31,
                            COUNT_MINUS_31 + "00",
                            COUNT_63,
                            COUNT_MINUS_63 + "00",
                            "01" + COUNT_63,
                            "01" + COUNT_MINUS_31)
                    .forEach(count -> counts.put(count, () -> count));
            counts.put("a million ones", () -> "02".repeat(LONG));
            counts.put("blocks of no size", () -> "0100".repeat(LONG / 2));
            counts.put("65,536 again and again", () -> "80800800".repeat(LONG / 64));
            counts.put("a number without end", () -> "fe".repeat(LONG));
            counts.forEach((count, bytes) -> add("skipped " + name + " of " + count, Skipping.class, schema, bytes));
        });
        StringBuilder doubled = new StringBuilder(nothing);
        for (int i = 0; i < 40; i++) {
            String inner = doubled.toString();
            doubled.setLength(0);
            doubled.append("{'type':'record','name':'D%d','fields':[{'name':'a','type':%s},{'name':'b','type':'%s'}]}"
                    .formatted(i, inner, i == 0 ? "Nothing" : "D" + (i - 1)));
        }
        add("2^40 skipped records of no bytes", Skipping.class, skipping(doubled.toString()), () -> "02");
    }

    private static EventSchema skipping(String type) {
        return EventSchema.of(
                SchemaFormat.AVRO,
                ("{'type':'record','name':'Skipping','namespace':'dev.schemabus.codec.Bombs','fields':[{'name':'old','type':"
                                + type + "},{'name':'id','type':'int'}]}")
                        .replace('\'', '"'));
    }

    private void json() {
        json("a chain of a million", Chain.class, () -> "{\"next\":".repeat(LONG / 8));
        json("lists in lists", Endless.class, () -> "{\"more\":[".repeat(LONG / 8));
        json("maps in maps", Atlas.class, () -> "{\"maps\":{\"a\":".repeat(LONG / 8));
        json("negations", Tree.class, () -> "{\"node\":" + "{\"@type\":\"Not\",\"node\":".repeat(LONG / 16));
        json("negations, the type last", Tree.class, () -> "{\"node\":" + "{\"node\":".repeat(LONG / 16));
        json("unknown lists", Text.class, () -> "{\"x\":" + "[".repeat(LONG));
        json("unknown objects", Text.class, () -> "{\"x\":" + "{\"x\":".repeat(LONG / 8));
        json("a long text", Text.class, () -> "{\"text\":\"" + "a".repeat(9 * LONG) + "\"}");
        json("a long name", Text.class, () -> "{\"" + "a".repeat(9 * LONG) + "\":1}");
        json("a long number", Cube.class, () -> "{\"cells\":[[[" + "1".repeat(LONG) + "]]]}");
        json("a great exponent", Cube.class, () -> "{\"cells\":[[[1e999999999]]]}");
        json("empty lists", Tables.class, () -> "{\"rows\":[" + "[],".repeat(LONG / 8) + "[]]}");
        json("empty records", Nothings.class, () -> "{\"nothings\":[" + "{},".repeat(LONG / 8) + "{}]}");
        json("more than 16 MiB", Text.class, () -> "{\"text\":\"\"}" + " ".repeat(16 * LONG));
        json("white space", Text.class, () -> " ".repeat(LONG));
        json("half a text", Text.class, () -> "{\"text\":\"" + "\\u00".repeat(LONG / 8));
    }

    private void json(String name, Class<?> type, Supplier<String> text) {
        all.put(
                "JSON: " + name,
                new Bomb(
                        type,
                        Codecs.schema(type, SchemaFormat.JSON),
                        () -> text.get().getBytes(StandardCharsets.UTF_8)));
    }

    private void add(String name, Class<?> type, Supplier<String> hex) {
        add(name, type, Codecs.schema(type, SchemaFormat.AVRO), hex);
    }

    private void add(String name, Class<?> type, EventSchema schema, Supplier<String> hex) {
        all.put(name, new Bomb(type, schema, () -> hex(hex.get())));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
