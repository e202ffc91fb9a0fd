package dev.schemabus.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The options in the brackets of a declaration, such as {@code [deprecated = true, json_name = "id"]}. */
final class ProtobufOptions {

    private ProtobufOptions() {}

    /** What stands before the equals sign. */
    static String name(List<String> option) {
        return String.join(" ", option.subList(0, Math.max(0, option.indexOf("="))));
    }

    /** A declaration with its options in the order of their names; those of one name are a list and keep theirs. */
    static List<String> sorted(List<String> head) {
        int open = head.indexOf("[");
        int close = head.lastIndexOf("]");
        if (open < 0 || close < open || head.get(0).equals("option")) {
            return head;
        }
        List<List<String>> options = split(head.subList(open + 1, close));
        options.sort(Comparator.comparing(ProtobufOptions::name));
        List<String> sorted = new ArrayList<>(head.subList(0, open + 1));
        for (List<String> option : options) {
            if (sorted.size() > open + 1) {
                sorted.add(",");
            }
            sorted.addAll(option);
        }
        sorted.addAll(head.subList(close, head.size()));
        return List.copyOf(sorted);
    }

    /** A declaration and all inside it without options, but for the one that lets an enum have two names for a number. */
    static ProtobufStatement without(ProtobufStatement statement) {
        List<String> head = statement.head();
        int open = head.indexOf("[");
        return new ProtobufStatement(
                open < 0 ? head : head.subList(0, open),
                statement.body().stream()
                        .filter(inner -> !inner.keyword().equals("option")
                                || inner.head().contains("allow_alias"))
                        .map(ProtobufOptions::without)
                        .toList());
    }

    private static List<List<String>> split(List<String> tokens) {
        List<List<String>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        int brackets = 0;
        for (String token : tokens) {
            if (token.equals(",") && brackets == 0) {
                parts.add(part);
                part = new ArrayList<>();
                continue;
            }
            brackets += ProtobufStatement.nesting(token);
            part.add(token);
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
