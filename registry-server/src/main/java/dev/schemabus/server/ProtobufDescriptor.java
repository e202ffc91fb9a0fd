package dev.schemabus.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code FileDescriptorProto} written as a {@code .proto} text. Clients that have generated code but no {@code .proto}
 * files send schemas in this form, in Base64.
 */
final class ProtobufDescriptor {

    private static final int MAX_NUMBER = (1 << 29) - 1;

    private static final Pattern BASE_64 = Pattern.compile("[A-Za-z0-9+/\\s]++={0,2}");

    private final ProtobufDescriptorOptions options = new ProtobufDescriptorOptions();
    private final StringBuilder text = new StringBuilder();
    private boolean proto3;

    private ProtobufDescriptor() {}

    /** The schema as text if it was sent as a descriptor in Base64; empty if it is text already. */
    static Optional<String> asText(String sent) {
        if (!BASE_64.matcher(sent.strip()).matches()) {
            return Optional.empty();
        }
        try {
            byte[] descriptor = Base64.getMimeDecoder().decode(sent);
            return Optional.of(new ProtobufDescriptor().text(ProtobufDescriptorOptions.decoded(descriptor)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // then it is for the parser of texts to refuse
        }
    }

    /** One message of the descriptor; what isn't set is absent. */
    record Node(Map<?, ?> fields) {

        String text(String name) {
            return Objects.toString(fields.get(name), "");
        }

        int number(String name) {
            return fields.get(name) instanceof Integer number ? number : 0;
        }

        boolean has(String name) {
            return fields.containsKey(name) && !(fields.get(name) instanceof List<?> list && list.isEmpty());
        }

        boolean isTrue(String name) {
            return Boolean.TRUE.equals(fields.get(name));
        }

        List<?> values(String name) {
            return fields.get(name) instanceof List<?> list ? list : List.of();
        }

        List<Node> nodes(String name) {
            List<Node> nodes = new ArrayList<>();
            for (Object value : values(name)) {
                nodes.add(new Node((Map<?, ?>) value));
            }
            return nodes;
        }

        Node node(String name) {
            return new Node(fields.get(name) instanceof Map<?, ?> map ? map : Map.of());
        }
    }

    private String text(Node file) {
        if (!List.of("", "proto2", "proto3").contains(file.text("syntax"))) {
            throw ProtobufLimits.refused("its syntax is '" + file.text("syntax") + "': use proto2 or proto3");
        }
        proto3 = file.text("syntax").equals("proto3");
        line("syntax = \"" + (proto3 ? "proto3" : "proto2") + "\";");
        if (file.has("package")) {
            line("package " + file.text("package") + ";");
        }
        List<?> imports = file.values("dependency");
        for (int i = 0; i < imports.size(); i++) {
            String kind = file.values("public_dependency").contains(i)
                    ? "public "
                    : file.values("weak_dependency").contains(i) ? "weak " : "";
            line("import " + kind + ProtobufDescriptorOptions.quoted((String) imports.get(i)) + ";");
        }
        optionLines("FileOptions", file);
        file.nodes("message_type").forEach(this::message);
        file.nodes("enum_type").forEach(this::enumeration);
        extensions(file);
        file.nodes("service").forEach(this::service);
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void optionLines(String type, Node declaration) {
        options.written(type, declaration.node("options")).forEach(option -> line("option " + option + ";"));
    }

    /** The options in brackets, with those that the descriptor keeps apart from them. */
    private String brackets(String type, Node declaration, List<String> before) {
        List<String> all = new ArrayList<>(before);
        all.addAll(options.written(type, declaration.node("options")));
        return all.isEmpty() ? "" : " [" + String.join(", ", all) + "]";
    }

    private void message(Node message) {
        line("message " + message.text("name") + " {");
        optionLines("MessageOptions", message);
        reserved(message, 1);
        Map<String, Node> mapEntries = new HashMap<>();
        for (Node nested : message.nodes("nested_type")) {
            if (nested.node("options").isTrue("map_entry")) {
                mapEntries.put(nested.text("name"), nested);
            }
        }
        Map<Integer, List<Node>> oneofs = new LinkedHashMap<>();
        for (Node field : message.nodes("field")) {
            if (field.has("oneof_index") && !field.isTrue("proto3_optional")) {
                oneofs.computeIfAbsent(field.number("oneof_index"), i -> new ArrayList<>())
                        .add(field);
            } else {
                field(field, mapEntries.get(lastName(field.text("type_name"))), true);
            }
        }
        oneofs.forEach((index, members) -> {
            Node oneof = message.nodes("oneof_decl").get(index);
            line("oneof " + oneof.text("name") + " {");
            optionLines("OneofOptions", oneof);
            members.forEach(member -> field(member, null, false));
            line("}");
        });
        for (Node range : message.nodes("extension_range")) {
            line("extensions " + range(range, 1) + ";");
        }
        for (Node nested : message.nodes("nested_type")) {
            if (!mapEntries.containsKey(nested.text("name"))) {
                message(nested);
            }
        }
        message.nodes("enum_type").forEach(this::enumeration);
        extensions(message);
        line("}");
    }

    private static String lastName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void field(Node field, @Nullable Node mapEntry, boolean labelled) {
        List<String> special = new ArrayList<>();
        if (field.has("default_value")) {
            special.add("default = " + defaultValue(field));
        }
        String name = field.text("name");
        if (field.has("json_name") && !field.text("json_name").equals(jsonName(name))) {
            special.add("json_name = " + ProtobufDescriptorOptions.quoted(field.text("json_name")));
        }
        String type = mapEntry == null
                ? type(field)
                : "map<" + type(mapEntry.nodes("field").get(0)) + ", "
                        + type(mapEntry.nodes("field").get(1)) + ">";
        line((labelled && mapEntry == null ? label(field) : "") + type + " " + name + " = " + field.number("number")
                + brackets("FieldOptions", field, special) + ";");
    }

    private String label(Node field) {
        return switch (field.text("label")) {
            case "LABEL_REPEATED" -> "repeated ";
            case "LABEL_REQUIRED" -> "required ";
            default -> !proto3 || field.isTrue("proto3_optional") ? "optional " : "";
        };
    }

    private static String type(Node field) {
        return switch (field.text("type")) {
            case "TYPE_GROUP" ->
                throw ProtobufLimits.refused("field '" + field.text("name") + "' is a group: use a message");
            case "TYPE_MESSAGE", "TYPE_ENUM", "" -> field.text("type_name");
            default -> field.text("type").substring("TYPE_".length()).toLowerCase(Locale.ROOT);
        };
    }

    private static String defaultValue(Node field) {
        String value = field.text("default_value");
        return switch (field.text("type")) {
            case "TYPE_STRING" -> ProtobufDescriptorOptions.quoted(value);
            case "TYPE_BYTES" -> '"' + value + '"'; // escaped already
            default -> value;
        };
    }

    /** What the compiler makes of a name (protobuf.dev, "ProtoJSON format"). */
    private static String jsonName(String name) {
        StringBuilder json = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                json.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return json.toString();
    }

    private void enumeration(Node type) {
        line("enum " + type.text("name") + " {");
        optionLines("EnumOptions", type);
        reserved(type, 0);
        for (Node constant : type.nodes("value")) {
            line(constant.text("name") + " = " + constant.number("number")
                    + brackets("EnumValueOptions", constant, List.of()) + ";");
        }
        line("}");
    }

    /** @param beyond how far the end of a range is beyond its last number: 1 in messages, 0 in enums */
    private void reserved(Node declaration, int beyond) {
        for (Node range : declaration.nodes("reserved_range")) {
            line("reserved " + range(range, beyond) + ";");
        }
        for (Object name : declaration.values("reserved_name")) {
            line("reserved " + ProtobufDescriptorOptions.quoted((String) name) + ";");
        }
    }

    private static String range(Node range, int beyond) {
        int first = range.number("start");
        int last = range.number("end") - beyond;
        return first == last ? String.valueOf(first) : first + " to " + (last >= MAX_NUMBER ? "max" : last);
    }

    private void extensions(Node declaration) {
        for (Node extension : declaration.nodes("extension")) {
            line("extend " + extension.text("extendee") + " {");
            field(extension, null, true);
            line("}");
        }
    }

    private void service(Node service) {
        line("service " + service.text("name") + " {");
        optionLines("ServiceOptions", service);
        for (Node method : service.nodes("method")) {
            line("rpc " + method.text("name") + " (" + (method.isTrue("client_streaming") ? "stream " : "")
                    + method.text("input_type") + ") returns (" + (method.isTrue("server_streaming") ? "stream " : "")
                    + method.text("output_type") + ") {");
            optionLines("MethodOptions", method);
            line("}");
        }
        line("}");
    }
}
