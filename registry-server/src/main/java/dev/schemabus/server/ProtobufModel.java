package dev.schemabus.server;

import com.squareup.wire.schema.EnumType;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.MessageType;
import com.squareup.wire.schema.OneOf;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.ProtoType;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes from a linked schema what its rules need, so that the library's much larger model can go. */
final class ProtobufModel {

    private final Schema schema;
    private final Map<String, ProtoFile> filesByType = new HashMap<>();
    private final Map<String, ProtobufMessage> messages = new HashMap<>();
    private final Deque<MessageType> toRead = new ArrayDeque<>();

    ProtobufModel(Schema schema) {
        this.schema = schema;
        for (ProtoFile file : schema.getProtoFiles()) {
            for (Type type : file.typesAndNestedTypes()) {
                ProtoFile other = filesByType.put(type.getType().toString(), file);
                if (other != null) {
                    throw ProtobufErrors.declaredTwice(type, other);
                }
            }
        }
    }

    ProtobufFile file(String path) {
        ProtoFile file = Objects.requireNonNull(schema.protoFile(path));
        List<ProtobufMessage> own = messages(file.getTypes(), false);
        while (!toRead.isEmpty()) {
            MessageType next = toRead.remove();
            if (!messages.containsKey(next.getType().toString())) {
                message(next, true);
            }
        }
        return new ProtobufFile(packageOf(file), own, Map.copyOf(messages));
    }

    private static String packageOf(ProtoFile file) {
        return Objects.requireNonNullElse(file.getPackageName(), "");
    }

    private List<ProtobufMessage> messages(List<Type> types, boolean imported) {
        List<ProtobufMessage> read = new ArrayList<>();
        for (Type type : types) {
            if (type instanceof MessageType message) {
                read.add(message(message, imported));
            }
        }
        return List.copyOf(read);
    }

    private ProtobufMessage message(MessageType type, boolean imported) {
        List<ProtobufField> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            fields.add(field(field, Optional.empty()));
        }
        for (OneOf oneof : type.getOneOfs()) {
            for (Field field : oneof.getFields()) {
                fields.add(field(field, Optional.of(oneof.getName())));
            }
        }
        String fullName = type.getType().toString();
        String packageName = packageOf(Objects.requireNonNull(filesByType.get(fullName)));
        String localName = packageName.isEmpty() ? fullName : fullName.substring(packageName.length() + 1);
        ProtobufMessage message = new ProtobufMessage(
                fullName, localName, imported, List.copyOf(fields), messages(type.getNestedTypes(), imported));
        messages.put(fullName, message);
        return message;
    }

    private ProtobufField field(Field field, Optional<String> oneof) {
        Field.Label written = field.getLabel();
        ProtobufField.Label label = written == null || oneof.isPresent()
                ? ProtobufField.Label.NONE
                : ProtobufField.Label.valueOf(written.name());
        return new ProtobufField(
                field.getName(), field.getTag(), label, type(Objects.requireNonNull(field.getType())), oneof);
    }

    private ProtobufType type(ProtoType type) {
        if (type.isScalar()) {
            return new ProtobufType.Scalar(type.toString());
        }
        if (type.isMap()) {
            return new ProtobufType.MapOf(
                    type(Objects.requireNonNull(type.getKeyType())), type(Objects.requireNonNull(type.getValueType())));
        }
        Type named = Objects.requireNonNull(schema.getType(type));
        if (named instanceof EnumType) {
            return new ProtobufType.EnumNumber(type.toString());
        }
        toRead.add((MessageType) named);
        return new ProtobufType.Message(type.toString());
    }
}
