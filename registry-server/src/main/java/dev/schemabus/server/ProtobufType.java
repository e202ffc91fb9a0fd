package dev.schemabus.server;

import java.util.Optional;

/** What a field of a Protobuf message holds. */
sealed interface ProtobufType {

    /** As an author would call it in a sentence. */
    String described();

    /** Numbers, texts and bytes. */
    record Scalar(String name) implements ProtobufType {
        @Override
        public String described() {
            return name;
        }
    }

    /** An enum, which is written as a number. */
    record EnumNumber(String fullName) implements ProtobufType {
        @Override
        public String described() {
            return "enum " + fullName;
        }
    }

    record Message(String fullName) implements ProtobufType {
        @Override
        public String described() {
            return "message " + fullName;
        }
    }

    record MapOf(ProtobufType key, ProtobufType value) implements ProtobufType {
        @Override
        public String described() {
            return "map<" + key.described() + ", " + value.described() + ">";
        }
    }

    /** Types that are written alike, so that each can be read as the other (protobuf.dev, "Updating a message type"). */
    enum Encoding {
        VARINT,
        ZIGZAG_VARINT,
        FIXED_32,
        FIXED_64,
        FLOAT,
        DOUBLE,
        BYTES
    }

    /** How a single value is written; empty for messages and maps. */
    default Optional<Encoding> encoding() {
        if (this instanceof EnumNumber) {
            return Optional.of(Encoding.VARINT);
        }
        if (!(this instanceof Scalar scalar)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (scalar.name()) {
                    case "int32", "int64", "uint32", "uint64", "bool" -> Encoding.VARINT;
                    case "sint32", "sint64" -> Encoding.ZIGZAG_VARINT;
                    case "fixed32", "sfixed32" -> Encoding.FIXED_32;
                    case "fixed64", "sfixed64" -> Encoding.FIXED_64;
                    case "float" -> Encoding.FLOAT;
                    case "double" -> Encoding.DOUBLE;
                    case "string", "bytes" -> Encoding.BYTES;
                    default -> throw new AssertionError("no scalar of Protobuf: " + scalar.name());
                });
    }
}
