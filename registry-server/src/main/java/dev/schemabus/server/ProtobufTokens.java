package dev.schemabus.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The words, texts and signs of a {@code .proto} text, without its comments and white space.
 *
 * @param all in the order of the text. A text literal keeps its quotes, double ones if it has no quotes inside
 * @param definitions how many braces open at the top
 * @param uncommented the text with blanks in place of its comments: what stands where in it is as in the original
 */
record ProtobufTokens(List<String> all, int definitions, String uncommented) {

    /** @throws dev.schemabus.registry.SchemaRefusedException 42201 for what never ends, and what nests too deeply */
    static ProtobufTokens of(String text) {
        return new Reader(text).read();
    }

    private static final class Reader {
        private final String text;
        private final StringBuilder uncommented;
        private final List<String> tokens = new ArrayList<>();
        private int at;
        private int line = 1;
        private int nesting;
        private int definitions;

        Reader(String text) {
            this.text = text;
            this.uncommented = new StringBuilder(text);
        }

        ProtobufTokens read() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\n') {
                    line++;
                    at++;
                } else if (Character.isWhitespace(c) || c == '\uFEFF') {
                    blank(at, at + 1);
                    at++;
                } else if (text.startsWith("//", at)) {
                    int end = text.indexOf('\n', at);
                    skipComment(end < 0 ? text.length() : end);
                } else if (text.startsWith("/*", at)) {
                    int end = text.indexOf("*/", at + 2);
                    if (end < 0) {
                        throw ProtobufLimits.refused("line " + line + ": this comment has no end");
                    }
                    skipComment(end + 2);
                } else if (c == '"' || c == '\'') {
                    literal(c);
                } else if (isWord(c)) {
                    word();
                } else {
                    sign(c);
                }
            }
            return new ProtobufTokens(List.copyOf(tokens), definitions, uncommented.toString());
        }

        private void skipComment(int end) {
            line += blank(at, end);
            at = end;
        }

        /** Writes blanks, and leaves line ends, so that every line and column stays. Returns the number of line ends. */
        private int blank(int from, int to) {
            int lines = 0;
            for (int i = from; i < to; i++) {
                if (text.charAt(i) == '\n') {
                    lines++;
                } else {
                    uncommented.setCharAt(i, ' ');
                }
            }
            return lines;
        }

        private void literal(char quote) {
            int start = at++;
            while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw ProtobufLimits.refused("line " + line + ": this text has no closing " + quote);
            }
            String inside = text.substring(start + 1, at++);
            boolean plain = inside.indexOf('"') < 0 && inside.indexOf('\'') < 0;
            tokens.add(plain ? '"' + inside + '"' : quote + inside + quote);
        }

        private static boolean isWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
        }

        private void word() {
            int start = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            tokens.add(text.substring(start, at));
        }

        private void sign(char c) {
            at++;
            String token = String.valueOf(c);
            tokens.add(token);
            if (nesting == 0 && c == '{') {
                definitions++;
            }
            nesting += ProtobufStatement.nesting(token);
            ProtobufLimits.checkNesting(nesting, line);
        }
    }
}
