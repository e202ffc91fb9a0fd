package dev.schemabus.samples.quickstart;

import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.samples.shop.OrderEvent;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.serde.EventWriter;
import dev.schemabus.wire.Frame;
import dev.schemabus.wire.WireFormats;
import java.util.HexFormat;

/** Step 5 of the tour: the bytes of one record, part by part. */
final class WireTour {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int PER_LINE = 24;
    private static final int MOST_LINES = 20;

    private final SchemaRegistry registry;

    WireTour(SchemaRegistry registry) {
        this.registry = registry;
    }

    void show(String topic, OrderEvent event, Console console) {
        byte[] bytes = EventWriter.<OrderEvent>builder(registry)
                .naming(SubjectNaming.TOPIC_RECORD)
                .build()
                .write(topic, event);
        Frame frame = WireFormats.PREFIX_ID.open(null, bytes);
        EventSchema schema = registry.byId(new SchemaId(frame.id()));
        console.line("%-" + 3 * PER_LINE + "s magic byte", HEX.formatHex(bytes, 0, 1));
        console.line(
                "%-" + 3 * PER_LINE + "s schema id %s: %s",
                HEX.formatHex(bytes, 1, frame.offset()),
                frame.id(),
                schema.name().orElse("?"));
        int from = frame.offset();
        String label = "payload, " + schema.format() + ", " + frame.length() + " bytes";
        int end = Math.min(bytes.length, from + MOST_LINES * PER_LINE);
        while (from < end) {
            int to = Math.min(end, from + PER_LINE);
            console.line("%-" + 3 * PER_LINE + "s %s", HEX.formatHex(bytes, from, to), label);
            label = "";
            from = to;
        }
        if (end < bytes.length) {
            console.line("… and %,d more bytes", bytes.length - end);
        }
    }
}
