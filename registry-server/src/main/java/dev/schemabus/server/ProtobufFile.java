package dev.schemabus.server;

import java.util.List;
import java.util.Map;

/**
 * A Protobuf schema as its rules see it: linked, and without what no reader of data meets.
 *
 * @param packageName empty if it has none
 * @param messages those at the top of the file, in their order
 * @param byFullName every message that a field can hold, nested and imported ones, too
 */
record ProtobufFile(String packageName, List<ProtobufMessage> messages, Map<String, ProtobufMessage> byFullName) {

    ProtobufMessage message(String fullName) {
        ProtobufMessage message = byFullName.get(fullName);
        if (message == null) {
            throw new AssertionError("linked, but nowhere: " + fullName);
        }
        return message;
    }
}
