package dev.schemabus.server;

import dev.schemabus.schema.Incompatibility.Direction;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@link ProtobufRules} say: where, why, and what the author of the new schema, the only one that can still be
 * edited, should do.
 */
record ProtobufWording(Direction direction) {

    private boolean newReads() {
        return direction == Direction.BACKWARD;
    }

    String packageChanged(String reading, String writing) {
        String old = newReads() ? writing : reading;
        String now = newReads() ? reading : writing;
        return "package: The new schema is in " + packaged(now) + ", the old one in " + packaged(old)
                + ": readers that look for a message by its full name don't find it. "
                + (old.isEmpty() ? "Leave the package out" : "Keep package '" + old + "'")
                + ", or publish the new one under a subject of its own.";
    }

    private static String packaged(String name) {
        return name.isEmpty() ? "no package" : "package '" + name + "'";
    }

    String messageMissing(ProtobufMessage message) {
        return message.localName() + ": "
                + (newReads()
                        ? "Data of the old schema may be of this message, but the new schema doesn't have it. Keep it, in"
                                + " the same place."
                        : "The new schema may write this message, but the old schema doesn't have it. Put it into a"
                                + " schema of its own and import that.");
    }

    String typeChanged(ProtobufMessage message, ProtobufField field, ProtobufType reading, ProtobufType writing) {
        ProtobufType old = newReads() ? writing : reading;
        return where(message, field)
                + (newReads() ? "The new schema reads " : "The old schema reads ") + reading.described() + " in field "
                + field.number() + (newReads() ? ", but data of the old schema holds " : ", but the new schema writes ")
                + writing.described() + ". Keep " + old.described() + ", or give the new type a number of its own and"
                + " reserve " + field.number() + ".";
    }

    String labelChanged(ProtobufMessage message, ProtobufField reading, ProtobufField writing) {
        ProtobufField.Label old = newReads() ? writing.label() : reading.label();
        ProtobufField.Label now = newReads() ? reading.label() : writing.label();
        return where(message, reading) + "Field " + reading.number() + " is " + now + " in the new schema and " + old
                + " in the old one, which numbers can't change. Keep it " + old + ", or give the " + now
                + " field a number of its own.";
    }

    String requiredNotWritten(ProtobufMessage message, ProtobufField field) {
        return where(message, field)
                + (newReads()
                        ? "The new schema requires field " + field.number()
                                + ", but data of the old schema doesn't have it. Make it optional."
                        : "The old schema requires field " + field.number()
                                + ", but the new schema no longer writes it. Keep it.");
    }

    String requiredNotRead(ProtobufMessage message, ProtobufField field) {
        return where(message, field)
                + (newReads()
                        ? "The old schema requires field " + field.number()
                                + ", but the new schema doesn't have it. Keep it: whoever has the old schema may meet new"
                                + " data."
                        : "The new schema requires field " + field.number()
                                + ", but the old schema doesn't have it. Make it optional.");
    }

    String oneofMemberMissing(ProtobufMessage message, ProtobufField field, String oneof) {
        return where(message, field)
                + (newReads()
                        ? "Data of the old schema may hold field " + field.number() + " of oneof '" + oneof
                                + "', which the new schema would take for none of them. Keep the field."
                        : "The new schema may write field " + field.number() + " of oneof '" + oneof
                                + "', which the old schema would take for none of them. Add it outside the oneof.");
    }

    String joinedInOneof(ProtobufMessage message, String oneof, List<ProtobufField> fields) {
        String names = fields.stream().map(field -> "'" + field.name() + "'").collect(Collectors.joining(", "));
        return message.localName() + "." + oneof + ": "
                + (newReads()
                        ? "The new schema has " + names + " in one oneof, but data of the old schema may set several of"
                                + " them, and all but the last would be lost. Move no more than one field into a new"
                                + " oneof, and none into one that exists."
                        : "The old schema has " + names + " in one oneof, but the new schema may set several of them,"
                                + " and all but the last would be lost. Keep them in one oneof.");
    }

    private static String where(ProtobufMessage message, ProtobufField field) {
        return message.localName() + "." + field.name() + ": ";
    }
}
