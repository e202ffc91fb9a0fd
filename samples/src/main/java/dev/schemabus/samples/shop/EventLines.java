package dev.schemabus.samples.shop;

import dev.schemabus.codec.Codec;
import dev.schemabus.codec.CodecException;
import dev.schemabus.codec.CodecFactory;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of shop events, one JSON object a line; the property {@code @type} says which event. Read and written by
 * Schemabus' own JSON codec for the sealed interface, so a bad line is told by component.
 */
public final class EventLines {

    private static final Codec<OrderEvent> CODEC = new CodecFactory(SchemaGenerator.standard())
            .codec(OrderEvent.class, SchemaGenerator.standard().generate(OrderEvent.class, SchemaFormat.JSON));

    // The codec gets the bytes as they are, so that a line that is not UTF-8 is a bad line and not the end of the file.
    private static final Charset BYTE_FOR_BYTE = StandardCharsets.ISO_8859_1;

    private EventLines() {}

    /** A line that is no event. */
    public record BadLine(int number, String reason) {}

    /** What a file held. */
    public record Contents(List<OrderEvent> events, List<BadLine> badLines) {}

    /** Reads a whole file; bad lines are reported and passed over, empty ones are not counted. */
    public static Contents read(Path file) throws IOException {
        List<OrderEvent> events = new ArrayList<>();
        List<BadLine> badLines = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, BYTE_FOR_BYTE)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    try {
                        events.add(CODEC.decode(ByteBuffer.wrap(line.getBytes(BYTE_FOR_BYTE))));
                    } catch (CodecException e) {
                        badLines.add(new BadLine(number, String.valueOf(e.getMessage())));
                    }
                }
            }
        }
        return new Contents(List.copyOf(events), List.copyOf(badLines));
    }

    /** One event as a line, without the line break. */
    static String line(OrderEvent event) {
        return new String(CODEC.encode(event, 0), StandardCharsets.UTF_8);
    }
}
