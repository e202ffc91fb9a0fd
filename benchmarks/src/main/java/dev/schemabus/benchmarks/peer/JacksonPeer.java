package dev.schemabus.benchmarks.peer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.schemabus.benchmarks.Catalogues;
import java.io.IOException;
import java.util.List;

/** Plain Jackson on the payloads' records, with times as text, as ours writes them. */
public final class JacksonPeer {

    /** As an application would set it up. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addMixIn(Catalogues.Medium.class, OneOfThree.class)
            .build();

    private JacksonPeer() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
    @JsonSubTypes({
        @JsonSubTypes.Type(Catalogues.Image.class),
        @JsonSubTypes.Type(Catalogues.Film.class),
        @JsonSubTypes.Type(Catalogues.Quote.class)
    })
    private interface OneOfThree {}

    /** Writes one, and can fail only by mistake. */
    public static byte[] write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Jackson doesn't write a payload", e);
        }
    }

    /** Makes sure that it reads what it wrote. */
    public static void requireSame(ObjectReader reader, List<byte[]> texts, List<?> values) {
        try {
            for (int i = 0; i < texts.size(); i++) {
                Object value = reader.readValue(texts.get(i));
                if (!value.equals(values.get(i))) {
                    throw new IllegalStateException("Jackson reads something else than it wrote: " + value);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Jackson doesn't read what it wrote", e);
        }
    }
}
