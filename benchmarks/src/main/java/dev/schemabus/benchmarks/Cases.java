package dev.schemabus.benchmarks;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.schemabus.benchmarks.peer.JacksonPeer;
import dev.schemabus.codec.Decoder;
import dev.schemabus.codec.Encoder;
import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that {@link Ratios} compares. Made before anything is measured, so every shared class has seen all payloads. */
final class Cases {

    private static final String TOPIC = "benchmarks";

    private final List<Case> cases = new ArrayList<>();
    private final List<Payload<?>> payloads = Payload.all();

    private Cases() {
        payloads.forEach(this::codecs);
        serdes("avro", false);
        payloads.forEach(this::jackson);
        serdes("json", true);
    }

    static List<Case> all() {
        return List.copyOf(new Cases().cases);
    }

    private <T extends Record> void codecs(Payload<T> payload) {
        String name = "avro." + payload.name();
        List<byte[]> framed = payload.avroBytes();
        List<byte[]> older = payload.olderBytes();
        add(name + ".write/hand", encoding(payload.encoder, payload.values), encoding(payload.hand, payload.values));
        add(
                name + ".read/hand",
                decoding(payload.decoder, framed, Payload.HEADROOM),
                decoding(payload.hand, framed, Payload.HEADROOM));
        add(name + ".evolved/hand", decoding(payload.olderDecoder, older, 0), decoding(payload.hand.older(), older, 0));
    }

    /** The whole call that a Kafka client makes, over the codec alone; one serializer for all payloads. */
    private void serdes(String format, boolean json) {
        EventSerializer<Object> serializer = new EventSerializer<>();
        serializer.configure(properties(format), false);
        EventDeserializer<Object> deserializer = new EventDeserializer<>();
        deserializer.configure(properties(format), false);
        for (Payload<?> payload : payloads) {
            serde(format, payload, json, serializer, deserializer);
        }
    }

    private <T extends Record> void serde(
            String format,
            Payload<T> payload,
            boolean json,
            EventSerializer<Object> serializer,
            EventDeserializer<Object> deserializer) {
        String name = "serde." + format + "." + payload.name();
        List<byte[]> framed = payload.values.stream()
                .map(value -> serializer.serialize(TOPIC, value))
                .toList();
        Encoder<T> encoder = json ? payload.json : payload.encoder;
        Decoder<T> decoder = json ? payload.json : payload.decoder;
        add(name + ".write/codec", serializing(serializer, payload.values), encoding(encoder, payload.values));
        add(name + ".read/codec", deserializing(deserializer, framed), decoding(decoder, framed, Payload.HEADROOM));
    }

    private <T extends Record> void jackson(Payload<T> payload) {
        String name = "json." + payload.name();
        ObjectWriter writer = JacksonPeer.MAPPER.writerFor(payload.type);
        ObjectReader reader = JacksonPeer.MAPPER.readerFor(payload.type);
        List<byte[]> ours = payload.values.stream()
                .map(value -> payload.json.encode(value, 0))
                .toList();
        List<byte[]> theirs = payload.values.stream()
                .map(value -> JacksonPeer.write(writer, value))
                .toList();
        JacksonPeer.requireSame(reader, theirs, payload.values);
        add(
                name + ".write/jackson",
                encoding(payload.json, payload.values),
                rotating(payload.values, writer::writeValueAsBytes));
        add(name + ".read/jackson", decoding(payload.json, ours, 0), rotating(theirs, reader::<Object>readValue));
    }

    private void add(String name, Operation ours, Operation other) {
        cases.add(new Case(name, ours, other));
    }

    static Map<String, Object> properties(String format) {
        return Map.of(
                "schema.registry.url",
                "memory:benchmarks-" + format,
                "schemabus.format",
                format,
                "value.subject.name.strategy",
                "TopicRecordNameStrategy",
                "schemabus.event.types",
                List.of(Payloads.Order.class, Payloads.Tick.class, Catalogues.Catalogue.class));
    }

    private interface Step<V> {
        Object take(V value) throws Exception;
    }

    private static <V> Operation rotating(List<V> values, Step<V> step) {
        List<V> some = new ArrayList<>(values);
        int mask = mask(some);
        return turn -> step.take(some.get(turn & mask));
    }

    private static <T> Operation encoding(Encoder<T> encoder, List<T> values) {
        List<T> some = new ArrayList<>(values);
        int mask = mask(some);
        return turn -> encoder.encode(some.get(turn & mask), Payload.HEADROOM);
    }

    private static <T> Operation decoding(Decoder<T> decoder, List<byte[]> payloads, int offset) {
        List<byte[]> some = new ArrayList<>(payloads);
        int mask = mask(some);
        return turn -> {
            byte[] bytes = some.get(turn & mask);
            return decoder.decode(bytes, offset, bytes.length - offset);
        };
    }

    private static Operation serializing(EventSerializer<Object> serializer, List<?> values) {
        List<Object> some = new ArrayList<>(values);
        int mask = mask(some);
        return turn -> serializer.serialize(TOPIC, some.get(turn & mask));
    }

    private static Operation deserializing(EventDeserializer<Object> deserializer, List<byte[]> payloads) {
        List<byte[]> some = new ArrayList<>(payloads);
        int mask = mask(some);
        return turn -> deserializer.deserialize(TOPIC, some.get(turn & mask));
    }

    private static int mask(List<?> values) {
        if (Integer.bitCount(values.size()) != 1) {
            throw new IllegalArgumentException(values.size() + " values: their number must be a power of two");
        }
        return values.size() - 1;
    }
}
