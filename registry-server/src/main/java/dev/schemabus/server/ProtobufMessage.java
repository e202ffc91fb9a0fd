package dev.schemabus.server;

import java.util.List;

/**
 * A message of a Protobuf schema.
 *
 * @param fullName with its package and the messages around it
 * @param localName the full name without the package
 * @param imported whether it is of another file than the schema itself
 * @param fields those of oneofs, too
 * @param nested the messages declared inside, in their order
 */
record ProtobufMessage(
        String fullName, String localName, boolean imported, List<ProtobufField> fields, List<ProtobufMessage> nested) {

    String simpleName() {
        return localName.substring(localName.lastIndexOf('.') + 1);
    }

    /** The fields of a oneof; empty if there is none of that name. */
    List<ProtobufField> members(String oneof) {
        return fields.stream()
                .filter(f -> f.oneof().filter(oneof::equals).isPresent())
                .toList();
    }

    /** The names of the oneofs, in the order of their first fields. */
    List<String> oneofs() {
        return fields.stream().flatMap(f -> f.oneof().stream()).distinct().toList();
    }
}
