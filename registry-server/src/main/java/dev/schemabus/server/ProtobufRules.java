package dev.schemabus.server;

import dev.schemabus.schema.Incompatibility.Direction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether one Protobuf schema reads what another one writes, with the verdicts of the reference registry.
 *
 * <p>Messages are the same if they have the same names, fields if they have the same numbers. What a reader doesn't know
 * it skips, so most additions and removals are fine; what it takes for something else, or needs and doesn't get, isn't.
 * Enums may change as they like: unknown numbers are kept.
 */
final class ProtobufRules {

    private final ProtobufFile reader;
    private final ProtobufFile writer;
    private final ProtobufWording wording;
    private final Set<String> found = new LinkedHashSet<>();
    private final Set<Pair> compared = new HashSet<>();

    /** Imported messages that fields lead to; not recursion, since imports may form long chains and cycles. */
    private final Deque<Pair> imported = new ArrayDeque<>();

    private record Pair(ProtobufMessage reading, ProtobufMessage writing) {

        /** By name: within one comparison that is enough, and messages may be large. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Pair pair
                    && reading.fullName().equals(pair.reading.fullName())
                    && writing.fullName().equals(pair.writing.fullName());
        }

        @Override
        public int hashCode() {
            return 31 * reading.fullName().hashCode() + writing.fullName().hashCode();
        }
    }

    private ProtobufRules(ProtobufFile reader, ProtobufFile writer, Direction direction) {
        this.reader = reader;
        this.writer = writer;
        this.wording = new ProtobufWording(direction);
    }

    /**
     * Compares two schemas.
     *
     * @param direction whether the reader is the new schema or the old one, which is how its author is spoken to
     * @return the reasons why the reader doesn't read all that the writer writes, each with its remedy
     */
    static List<String> read(ProtobufFile reader, ProtobufFile writer, Direction direction) {
        ProtobufRules rules = new ProtobufRules(reader, writer, direction);
        rules.compare();
        return List.copyOf(rules.found);
    }

    private void compare() {
        if (!reader.packageName().equals(writer.packageName())) {
            found.add(wording.packageChanged(reader.packageName(), writer.packageName()));
        }
        messages(reader.messages(), writer.messages());
        while (!imported.isEmpty()) {
            Pair next = imported.remove();
            message(next.reading(), next.writing());
        }
    }

    private void messages(List<ProtobufMessage> reading, List<ProtobufMessage> writing) {
        Map<String, ProtobufMessage> known =
                reading.stream().collect(Collectors.toMap(ProtobufMessage::simpleName, Function.identity()));
        for (ProtobufMessage written : writing) {
            ProtobufMessage read = known.get(written.simpleName());
            if (read == null) {
                found.add(wording.messageMissing(written));
            } else {
                message(read, written);
            }
        }
    }

    private void message(ProtobufMessage reading, ProtobufMessage writing) {
        if (!compared.add(new Pair(reading, writing))) {
            return;
        }
        Map<Integer, ProtobufField> read = byNumber(reading);
        Map<Integer, ProtobufField> written = byNumber(writing);
        written.forEach((number, field) -> {
            ProtobufField same = read.get(number);
            if (same == null) {
                unknown(reading, field);
            } else {
                label(reading, same, field);
                type(reading, same, same.type(), field.type());
            }
        });
        read.forEach((number, field) -> {
            if (!written.containsKey(number) && field.isRequired()) {
                found.add(wording.requiredNotWritten(reading, field));
            }
        });
        for (String oneof : reading.oneofs()) {
            oneof(reading, oneof, written);
        }
        messages(reading.nested(), writing.nested());
    }

    private static Map<Integer, ProtobufField> byNumber(ProtobufMessage message) {
        Map<Integer, ProtobufField> fields = new TreeMap<>();
        message.fields().forEach(field -> fields.put(field.number(), field));
        return fields;
    }

    private void unknown(ProtobufMessage reading, ProtobufField field) {
        if (field.isRequired()) {
            found.add(wording.requiredNotRead(reading, field));
        }
        field.oneof()
                .filter(name -> !reading.members(name).isEmpty()) // a oneof may go as a whole
                .ifPresent(name -> found.add(wording.oneofMemberMissing(reading, field, name)));
    }

    /** Of a repeated field, a reader that knows a single one takes the last; but numbers come packed. */
    private void label(ProtobufMessage message, ProtobufField reading, ProtobufField writing) {
        Optional<ProtobufType.Encoding> encoding = reading.type().encoding();
        if (reading.label() != writing.label()
                && reading.label() != ProtobufField.Label.NONE
                && writing.label() != ProtobufField.Label.NONE
                && encoding.isPresent()
                && encoding.equals(writing.type().encoding())
                && encoding.get() != ProtobufType.Encoding.BYTES) {
            found.add(wording.labelChanged(message, reading, writing));
        }
    }

    private void type(ProtobufMessage message, ProtobufField field, ProtobufType reading, ProtobufType writing) {
        if (reading instanceof ProtobufType.Message read && writing instanceof ProtobufType.Message written) {
            messageType(message, field, reader.message(read.fullName()), writer.message(written.fullName()));
        } else if (reading instanceof ProtobufType.MapOf read && writing instanceof ProtobufType.MapOf written) {
            type(message, field, read.key(), written.key());
            type(message, field, read.value(), written.value());
        } else if (reading.encoding().isEmpty() || !reading.encoding().equals(writing.encoding())) {
            found.add(wording.typeChanged(message, field, reading, writing));
        }
    }

    private void messageType(
            ProtobufMessage message, ProtobufField field, ProtobufMessage reading, ProtobufMessage writing) {
        if (!reading.localName().equals(writing.localName())) {
            found.add(wording.typeChanged(
                    message,
                    field,
                    new ProtobufType.Message(reading.fullName()),
                    new ProtobufType.Message(writing.fullName())));
        } else if (reading.imported() || writing.imported()) { // others are compared where they are declared
            imported.add(new Pair(reading, writing));
        }
    }

    /** Data that sets two members of a oneof keeps the last: fields that could be set together must not become one. */
    private void oneof(ProtobufMessage reading, String name, Map<Integer, ProtobufField> written) {
        List<ProtobufField> before = new ArrayList<>();
        Set<String> choices = new HashSet<>();
        for (ProtobufField member : reading.members(name)) {
            ProtobufField field = written.get(member.number());
            if (field != null) {
                before.add(member);
                choices.add(field.oneof().orElse("field " + field.number())); // no name has a blank
            }
        }
        if (choices.size() > 1) {
            found.add(wording.joinedInOneof(reading, name, before));
        }
    }
}
