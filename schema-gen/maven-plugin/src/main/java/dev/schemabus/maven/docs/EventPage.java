package dev.schemabus.maven.docs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.EventType;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Describes one event: its components and those of the records in it, an example, and the bytes of that. */
public final class EventPage {

    private static final int BYTES_PER_LINE = 16;

    private final SchemaGenerator generator;
    private final Class<?> type;
    private final RecordShape shape;
    private final JsonNode json;
    private final JsonTitles titles;
    private final Map<String, Schema> avroTypes = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    private EventPage(Class<?> type, RecordShape shape, SchemaGenerator generator) {
        this.generator = generator;
        this.type = type;
        this.shape = shape;
        this.json = PrettyJson.tree(text(type, generator, SchemaFormat.JSON));
        this.titles = new JsonTitles(json);
        collect(new Schema.Parser().parse(text(type, generator, SchemaFormat.AVRO)));
    }

    private static String text(Class<?> type, SchemaGenerator generator, SchemaFormat format) {
        return generator.generate(type, format).inlined().text();
    }

    /**
     * Makes the page of a record. Its example comes from its constructor, which may refuse; then the page says so.
     *
     * @throws dev.schemabus.schema.SchemaException if the record has no schema
     */
    public static Page of(Class<?> record, SchemaGenerator generator) {
        if (!(generator.shape(record) instanceof RecordShape shape)) {
            throw new IllegalArgumentException(record + " is no record");
        }
        return new EventPage(record, shape, generator).page();
    }

    private Page page() {
        heading(1, simple(shape.fullName()));
        shape.doc().ifPresent(doc -> blocks.add(Block.paragraph(doc)));
        blocks.add(facts());
        for (Map.Entry<String, Shape> named : NamedTypes.of(shape).entrySet()) {
            if (named.getValue() == shape) {
                heading(2, "Components");
            } else {
                heading(2, simple(named.getKey()));
            }
            describe(named.getValue());
        }
        example();
        return new Page(shape.fullName(), shape.fullName(), List.copyOf(blocks));
    }

    private Block facts() {
        List<List<List<Inline>>> rows = new ArrayList<>();
        rows.add(List.of(Inline.words("Full name"), Inline.literal(shape.fullName())));
        rows.add(List.of(Inline.words("Java class"), Inline.literal(type.getName())));
        EventType.sealedRoot(type)
                .ifPresent(root -> rows.add(List.of(Inline.words("Case of"), Inline.literal(root.getName()))));
        if (!shape.keys().isEmpty()) {
            String keys = shape.keys().stream().map(Component::name).collect(Collectors.joining(", "));
            rows.add(List.of(Inline.words("Key"), Inline.literal(keys)));
        }
        if (!shape.aliases().isEmpty()) {
            rows.add(List.of(Inline.words("Earlier names"), Inline.literal(String.join(", ", shape.aliases()))));
        }
        return new Block.Table(List.of("Event", ""), rows);
    }

    private void describe(Shape named) {
        if (named instanceof RecordShape record) {
            if (record != shape) {
                record.doc().ifPresent(doc -> blocks.add(Block.paragraph(doc)));
            }
            blocks.add(components(record));
        } else if (named instanceof Shape.OfEnum enumeration) {
            enumeration.doc().ifPresent(doc -> blocks.add(Block.paragraph(doc)));
            blocks.add(new Block.Paragraph(
                    Inline.literal(String.join(", ", enumeration.symbols().values()))));
            enumeration
                    .unknown()
                    .ifPresent(unknown -> blocks.add(new Block.Paragraph(List.of(
                            new Inline.Literal(
                                    String.valueOf(enumeration.symbols().get(unknown))),
                            new Inline.Words(" stands for symbols that a reader doesn't know.")))));
        }
    }

    private Block components(RecordShape record) {
        if (record.components().isEmpty()) {
            return Block.paragraph("None.");
        }
        RecordComponent[] declared = record.javaType().getRecordComponents();
        Schema avro = avroTypes.get(record.fullName());
        List<List<List<Inline>>> rows = new ArrayList<>();
        for (int i = 0; i < declared.length; i++) {
            Component component = record.components().get(i);
            Schema.Field field = avro == null ? null : avro.getField(component.name());
            JsonNode property = titles.property(record.fullName(), component.name());
            rows.add(List.of(
                    Inline.literal(component.name()),
                    Inline.literal(TypeWords.java(declared[i].getGenericType())),
                    Inline.literal(field == null ? "" : TypeWords.avro(field.schema())),
                    Inline.literal(TypeWords.json(property, json)),
                    defaultOf(component, property),
                    Inline.literals(TypeWords.constraints(property, json)),
                    Inline.words(component.doc().orElse(""))));
        }
        return new Block.Table(List.of("Name", "Java", "Avro", "JSON", "Default", "Constraints", "Meaning"), rows);
    }

    private static List<Inline> defaultOf(Component component, JsonNode property) {
        if (component.shape() instanceof Shape.OfOptional
                && component.defaultValue().isEmpty()) {
            return Inline.words("absent");
        }
        return property.has("default") ? Inline.literal(property.get("default").toString()) : Inline.words("");
    }

    private void example() {
        heading(2, "Example");
        try {
            Example example = Example.of(type, shape, generator);
            blocks.add(new Block.Listing("json", PrettyJson.of(example.message())));
            for (SchemaFormat format : SchemaFormat.values()) {
                String name = format == SchemaFormat.AVRO ? "Avro" : "JSON";
                heading(3, "As bytes of a Kafka record, " + name);
                blocks.add(new Block.Listing("text", bytes(example.bytesIn(format), name)));
            }
        } catch (Example.Refused e) {
            blocks.add(Block.paragraph(
                    "There is none: the record refuses the value that was made up for it. " + e.getMessage()));
            blocks.add(new Block.Listing("json", PrettyJson.of(e.json())));
        }
    }

    private static String bytes(byte[] framed, String format) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        int width = BYTES_PER_LINE * 3 + 1;
        StringBuilder text = new StringBuilder();
        text.append(padded(hex.formatHex(framed, 0, 1), width)).append("magic byte\n");
        text.append(padded(hex.formatHex(framed, 1, 5), width))
                .append("schema id, a placeholder: the registry gives the real one\n");
        int length = framed.length - 5;
        for (int from = 5; from < framed.length; from += BYTES_PER_LINE) {
            String line = hex.formatHex(framed, from, Math.min(framed.length, from + BYTES_PER_LINE));
            text.append(
                    from == 5
                            ? padded(line, width) + "payload, " + format + ", "
                                    + String.format(Locale.ROOT, "%,d bytes", length)
                            : line);
            text.append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (avroTypes.putIfAbsent(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            default -> {}
        }
    }

    private void heading(int level, String text) {
        blocks.add(new Block.Heading(level, text));
    }

    private static String simple(String fullName) {
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }
}
