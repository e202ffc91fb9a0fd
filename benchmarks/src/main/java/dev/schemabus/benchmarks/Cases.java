package dev.schemabus.benchmarks;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.schemabus.benchmarks.avro.Address;
import dev.schemabus.benchmarks.avro.Article;
import dev.schemabus.benchmarks.avro.Catalogue;
import dev.schemabus.benchmarks.avro.Condition;
import dev.schemabus.benchmarks.avro.Film;
import dev.schemabus.benchmarks.avro.Image;
import dev.schemabus.benchmarks.avro.Line;
import dev.schemabus.benchmarks.avro.Order;
import dev.schemabus.benchmarks.avro.Quote;
import dev.schemabus.benchmarks.avro.Section;
import dev.schemabus.benchmarks.avro.Status;
import dev.schemabus.benchmarks.avro.Tick;
import dev.schemabus.benchmarks.peer.ApicurioPeer;
import dev.schemabus.benchmarks.peer.JacksonPeer;
import dev.schemabus.benchmarks.peer.PlainAvro;
import dev.schemabus.codec.Decoder;
import dev.schemabus.codec.Encoder;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** All that {@link Ratios} compares. Made before anything is measured, so every shared class has seen all payloads. */
final class Cases {

    private static final String TOPIC = "benchmarks";

    private static final Map<String, Object> CHECKING = Map.of("json.fail.invalid.schema", true);

    private final List<Case> cases = new ArrayList<>();
    private final List<Payload<?>> payloads = Payload.all();

    private final ApicurioPeer apicurio = new ApicurioPeer();
    private final EventSerializer<Object> avroSerializer = serializer("avro", Map.of());
    private final EventDeserializer<Object> avroDeserializer = deserializer("avro", Map.of());
    private final EventSerializer<Object> jsonSerializer = serializer("json", Map.of());
    private final EventDeserializer<Object> jsonDeserializer = deserializer("json", Map.of());
    private final EventSerializer<Object> checkingSerializer = serializer("json", CHECKING);
    private final EventDeserializer<Object> checkingDeserializer = deserializer("json", CHECKING);

    private Cases() {
        PlainAvro.trust(Order.class, Line.class, Address.class, Status.class, Tick.class);
        PlainAvro.trust(Catalogue.class, Article.class, Condition.class, Section.class);
        PlainAvro.trust(Image.class, Film.class, Quote.class);
        payloads.forEach(this::codecs);
        payloads.forEach(payload -> serde(payload, "avro"));
        payloads.forEach(this::avro);
        payloads.forEach(this::jackson);
        payloads.forEach(payload -> serde(payload, "json"));
        payloads.forEach(this::validation);
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
    private <T extends Record> void serde(Payload<T> payload, String format) {
        boolean avro = format.equals("avro");
        Encoder<T> encoder = avro ? payload.encoder : payload.json;
        Decoder<T> decoder = avro ? payload.decoder : payload.json;
        EventSerializer<Object> serializer = avro ? avroSerializer : jsonSerializer;
        EventDeserializer<Object> deserializer = avro ? avroDeserializer : jsonDeserializer;
        String name = "serde." + format + "." + payload.name();
        List<byte[]> framed = framed(serializer, payload.values);
        add(name + ".write/codec", serializing(serializer, payload.values), encoding(encoder, payload.values));
        add(name + ".read/codec", deserializing(deserializer, framed), decoding(decoder, framed, Payload.HEADROOM));
    }

    private static List<byte[]> framed(EventSerializer<Object> serializer, List<?> values) {
        return values.stream()
                .map(value -> Objects.requireNonNull(serializer.serialize(TOPIC, value)))
                .toList();
    }

    /** What it costs to check JSON against its schema. */
    private <T extends Record> void validation(Payload<T> payload) {
        String name = "serde.json." + payload.name();
        List<byte[]> framed = framed(jsonSerializer, payload.values);
        add(
                name + ".write.validated/unchecked",
                serializing(checkingSerializer, payload.values),
                serializing(jsonSerializer, payload.values));
        add(
                name + ".read.validated/unchecked",
                deserializing(checkingDeserializer, framed),
                deserializing(jsonDeserializer, framed));
    }

    /** Avro alone, with its generated classes and with generic records. */
    private <T extends Record> void avro(Payload<T> payload) {
        Schema peer = Schemas.peer(Schemas.own(payload.type, SchemaFormat.AVRO));
        PlainAvro specific = PlainAvro.specific(payload.peerType, peer);
        PlainAvro evolving = PlainAvro.specific(payload.peerType, Schemas.peer(Schemas.older(payload.type)));
        PlainAvro generic = PlainAvro.generic(peer, peer);
        List<byte[]> bytes = payload.values.stream()
                .map(value -> payload.hand.encode(value, 0))
                .toList();
        List<IndexedRecord> specifics = bytes.stream().map(specific::readWhole).toList();
        List<IndexedRecord> generics = bytes.stream().map(generic::readWhole).toList();
        List<byte[]> older = payload.olderBytes();
        String name = "avro." + payload.name();
        Operation writing = encoding(payload.encoder, payload.values);
        Operation reading = decoding(payload.decoder, bytes, 0);
        add(name + ".write/specific", writing, rotating(specifics, specific::write));
        add(name + ".read/specific", reading, rotating(bytes, specific::read));
        add(name + ".evolved/specific", decoding(payload.olderDecoder, older, 0), rotating(older, evolving::read));
        add(name + ".write/generic", writing, rotating(generics, generic::write));
        add(name + ".read/generic", reading, rotating(bytes, generic::read));
        apicurio(payload, specifics);
    }

    private <T extends Record> void apicurio(Payload<T> payload, List<IndexedRecord> specifics) {
        List<byte[]> framed = specifics.stream().map(apicurio::write).toList();
        List<byte[]> ours = framed(avroSerializer, payload.values);
        for (int i = 0; i < framed.size(); i++) {
            if (!apicurio.read(framed.get(i)).equals(specifics.get(i))) {
                throw new IllegalStateException("Apicurio's deserializer reads something else than was written");
            }
        }
        String name = "serde.avro." + payload.name();
        add(
                name + ".write/apicurio",
                serializing(avroSerializer, payload.values),
                rotating(specifics, apicurio::write));
        add(name + ".read/apicurio", deserializing(avroDeserializer, ours), rotating(framed, apicurio::read));
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

    private static EventSerializer<Object> serializer(String format, Map<String, Object> more) {
        EventSerializer<Object> serializer = new EventSerializer<>();
        serializer.configure(properties(format, more), false);
        return serializer;
    }

    private static EventDeserializer<Object> deserializer(String format, Map<String, Object> more) {
        EventDeserializer<Object> deserializer = new EventDeserializer<>();
        deserializer.configure(properties(format, more), false);
        return deserializer;
    }

    private static Map<String, Object> properties(String format, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("schema.registry.url", "memory:benchmarks-" + format);
        properties.put("schemabus.format", format);
        properties.put("value.subject.name.strategy", "TopicRecordNameStrategy");
        properties.put(
                "schemabus.event.types",
                List.of(Payloads.Order.class, Payloads.Tick.class, Catalogues.Catalogue.class));
        return properties;
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
