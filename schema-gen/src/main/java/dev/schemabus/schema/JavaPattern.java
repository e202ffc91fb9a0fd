package dev.schemabus.schema;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A regular expression as somebody wrote it for Java, where it must match the whole text. In JSON Schema its dialect is that of
 * ECMA-262, and it is searched in the text.
 *
 * @param flags what is switched on besides, which a JSON Schema can't say
 */
record JavaPattern(String regex, List<?> flags) {

    /** Something is left when blanks are trimmed: those of Java, which are fewer than ECMA-262's. */
    static final JavaPattern NOT_BLANK = new JavaPattern("[\\s\\S]*[^\\u0000-\\u0020][\\s\\S]*", List.of());
    /**
     * What both dialects read alike, also with ECMA-262's {@code u} flag, which refuses needless escapes. Not among it, for
     * instance: possessive quantifiers, {@code (?i)}, {@code (?<name>)}, {@code \\p}, {@code \\Q}, {@code \\A}, {@code \\h},
     * {@code &&} and brackets inside brackets.
     */
    private static final Pattern PORTABLE;

    static {
        String escape = "\\\\(?:[dDwWsStrnf^$\\\\.*+?()\\[\\]{}|/]|u\\p{XDigit}{4}|x\\p{XDigit}{2})";
        String bracket = "\\[\\^?(?:[^\\\\\\[\\]&]|&(?!&)|\\\\-|" + escape + ")++\\]";
        String atom = "[^\\\\\\[\\](){}*+?|]|\\\\[bB]|" + escape + "|" + bracket;
        String quantifier = "(?:(?:[*+?]|\\{\\d+(?:,\\d*)?\\})\\??(?![*+?{]))?";
        PORTABLE = Pattern.compile("(?:(?:" + atom + "|\\))" + quantifier + "|\\((?:\\?[:=!])?|\\|)*+");
    }

    /** Whether it means the same in both. In doubt not: then no validator may be asked to read it. */
    boolean isPortable() {
        return flags.isEmpty() && PORTABLE.matcher(regex).matches();
    }

    /** As a pattern that must match from the first character to the last, as in Java. */
    String anchored() {
        boolean already =
                regex.startsWith("^") && regex.endsWith("$") && !regex.endsWith("\\$") && !regex.contains("|");
        return already ? regex : "^(?:" + regex + ")$";
    }

    /** For the human reader of a schema. */
    String comment() {
        return "Java pattern " + (flags.isEmpty() ? "" : flags + " ") + regex;
    }
}
