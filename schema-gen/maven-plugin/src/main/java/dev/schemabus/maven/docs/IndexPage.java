package dev.schemabus.maven.docs;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The list of all events, with links to their pages. */
public final class IndexPage {

    private IndexPage() {}

    /** Makes it for records, in the order given. */
    public static Page of(List<Class<?>> records, SchemaGenerator generator) {
        List<List<List<Inline>>> rows = new ArrayList<>();
        for (Class<?> record : records) {
            if (generator.shape(record) instanceof RecordShape shape) {
                String key = shape.keys().stream().map(Component::name).collect(Collectors.joining(", "));
                rows.add(List.of(
                        List.of(new Inline.Link(shape.fullName(), shape.fullName())),
                        Inline.literal(key),
                        Inline.words(shape.doc().orElse(""))));
            }
        }
        return new Page(
                "index",
                "Events",
                List.of(
                        new Block.Heading(1, "Events"),
                        rows.isEmpty()
                                ? Block.paragraph("None.")
                                : new Block.Table(List.of("Event", "Key", "Meaning"), rows)));
    }
}
