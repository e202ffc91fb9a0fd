package dev.schemabus.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A declaration of a {@code .proto} text: its tokens up to the semicolon or the opening brace, and what the braces
 * hold. The file itself is one, without tokens.
 *
 * <p>Canonical text is written from these and not from the library's model, because that drops what it has no use for
 * and doesn't escape what it read.
 */
final class ProtobufStatement {

    private final List<String> head;
    private final List<ProtobufStatement> body;

    ProtobufStatement(List<String> head, List<ProtobufStatement> body) {
        this.head = head;
        this.body = body;
    }

    List<String> head() {
        return head;
    }

    /** What stands inside. */
    List<ProtobufStatement> body() {
        return body;
    }

    /** The first word; empty for the file. */
    String keyword() {
        return head.isEmpty() ? "" : head.get(0);
    }

    /** The token after the first equals sign, such as a field's number; empty if there is none. */
    String value() {
        int equals = head.indexOf("=");
        return equals < 0 || equals + 1 == head.size() ? "" : head.get(equals + 1);
    }

    /** How many more brackets are open after a token than before it: 1, 0 or -1. */
    static int nesting(String token) {
        return switch (token) {
            case "{", "[", "(", "<" -> 1;
            case "}", "]", ")", ">" -> -1;
            default -> 0;
        };
    }

    /** The file that these are the tokens of. They are of a text that was understood, so braces match. */
    static ProtobufStatement file(List<String> tokens) {
        ProtobufStatement file = new ProtobufStatement(List.of(), new ArrayList<>());
        Deque<ProtobufStatement> open = new ArrayDeque<>(List.of(file));
        Iterator<String> rest = tokens.iterator();
        List<String> head = new ArrayList<>();
        int brackets = 0;
        while (rest.hasNext()) {
            String token = rest.next();
            boolean outside = brackets == 0;
            if (outside && token.equals(";")) {
                end(open, head);
                head = new ArrayList<>();
            } else if (outside
                    && token.equals("{")
                    && !head.isEmpty()
                    && !head.get(0).equals("option")) {
                open.push(end(open, head));
                head = new ArrayList<>();
            } else if (outside && token.equals("}") && open.size() > 1) {
                open.pop();
            } else {
                head.add(token);
                brackets += nesting(token);
            }
        }
        return file;
    }

    private static ProtobufStatement end(Deque<ProtobufStatement> open, List<String> head) {
        ProtobufStatement statement = new ProtobufStatement(List.copyOf(head), new ArrayList<>());
        if (!head.isEmpty()) { // a semicolon too many says nothing
            open.element().body.add(statement);
        }
        return statement;
    }

    /** The file as text: a declaration on each line, two blanks for each level. */
    String text() {
        StringBuilder text = new StringBuilder();
        body.forEach(statement -> statement.write(text, ""));
        return text.toString();
    }

    private void write(StringBuilder text, String indent) {
        text.append(indent);
        writeHead(text);
        if (!hasBraces()) {
            text.append(";\n");
            return;
        }
        text.append(" {");
        if (!body.isEmpty()) {
            text.append('\n');
            body.forEach(statement -> statement.write(text, indent + "  "));
            text.append(indent);
        }
        text.append("}\n");
    }

    private boolean hasBraces() {
        return switch (keyword()) {
            case "message", "enum", "service", "extend", "oneof" -> !head.contains("=");
            default -> !body.isEmpty(); // rpc, whose empty braces say nothing
        };
    }

    private void writeHead(StringBuilder text) {
        String before = "";
        for (String token : head) {
            if (!before.isEmpty() && isApart(before, token)) {
                text.append(' ');
            }
            text.append(token);
            before = token;
        }
    }

    private static boolean isApart(String before, String token) {
        return switch (token) {
            case ",", ":", ")", "]", "}", ">", "<", ";" -> false;
            default ->
                switch (before) {
                    case "(", "[", "{", "<" -> false;
                    case ")" -> !token.startsWith("."); // (an.option).field
                    default -> true;
                };
        };
    }
}
