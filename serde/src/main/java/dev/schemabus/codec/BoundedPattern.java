package dev.schemabus.codec;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a JSON Schema (ECMA-262, searched in the text), which stops when a text makes it try too many ways:
 * {@code (a+)+$} would take years for forty letters.
 */
final class BoundedPattern {

    /** Characters looked at, whatever the length of the text: about ten milliseconds. */
    private static final long STEPS = 1_000_000;

    /** More than any pattern needs that knows where it is going. */
    private static final long STEPS_PER_UNIT = 64;

    /** Long enough for almost all, and short enough for what takes the square of the length. */
    private static final int SHORT = 1_000;

    private final String regex;
    private final Pattern pattern;

    /** Whether the worst that can happen is the square of the length. */
    private final boolean tame;

    /** @throws UnreadableSchemaException if Java can't read it */
    BoundedPattern(String regex) {
        this.regex = regex;
        try {
            this.pattern = Pattern.compile(translated(regex));
        } catch (PatternSyntaxException e) {
            throw new UnreadableSchemaException(
                    "The schema's pattern " + regex + " can't be read as a regular expression: " + e.getDescription()
                            + ". Correct it, or switch json.fail.invalid.schema off",
                    e);
        }
        this.tame = regex.indexOf('(') < 0 && unbounded(regex) <= 1;
    }

    /** In ECMA-262 a dollar is the end, in Java it may stand before a line end. */
    private static String translated(String regex) {
        StringBuilder java = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char letter = regex.charAt(i);
            if (letter == '\\' && i + 1 < regex.length()) {
                java.append(letter).append(regex.charAt(++i));
            } else if (inClass) {
                // A bracket and an ampersand in brackets are themselves.
                java.append(letter == '[' || letter == '&' ? "\\" : "").append(letter);
                inClass = letter != ']';
            } else {
                java.append(letter == '$' ? "\\z" : letter == '.' ? "[^\\n\\r\\u2028\\u2029]" : String.valueOf(letter));
                inClass = letter == '[';
            }
        }
        return java.toString();
    }

    private static long unbounded(String regex) {
        return regex.chars()
                .filter(letter -> letter == '*' || letter == '+' || letter == ',')
                .count();
    }

    /**
     * Whether it is found in a text.
     *
     * @throws PathException if that takes too long
     */
    boolean isFoundIn(String text) {
        if (tame && text.length() <= SHORT) {
            return pattern.matcher(text).find();
        }
        try {
            return pattern.matcher(new Counted(text)).find();
        } catch (TooLongException | StackOverflowError e) {
            throw new PathException(
                    "is a text for which the schema's pattern " + regex + " tries too many ways: write the pattern so"
                            + " that each part of a text can match in one way only",
                    e);
        }
    }

    private static final class TooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the pattern takes too long", null, false, false);
        }
    }

    /** Knows how often it was looked at. */
    private static final class Counted implements CharSequence {

        private final String text;
        private long left;

        Counted(String text) {
            this.text = text;
            this.left = STEPS + STEPS_PER_UNIT * text.length();
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooLongException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
