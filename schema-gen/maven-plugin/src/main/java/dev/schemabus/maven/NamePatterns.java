package dev.schemabus.maven;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which classes are meant, by patterns over their names: {@code *} stands for any characters but dots, {@code **} for any
 * at all.
 */
final class NamePatterns {

    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    /**
     * @param includes one of these must match, unless there are none
     * @param excludes none of these may match
     */
    NamePatterns(List<String> includes, List<String> excludes) {
        this.includes = includes.stream().map(NamePatterns::pattern).toList();
        this.excludes = excludes.stream().map(NamePatterns::pattern).toList();
    }

    boolean match(Class<?> type) {
        return match(type.getName().replace('$', '.'));
    }

    boolean match(String name) {
        return (includes.isEmpty() || anyMatches(includes, name)) && !anyMatches(excludes, name);
    }

    private static boolean anyMatches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(Stream.of(text.trim().split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)"))
                .map(part -> switch (part) {
                    case "*" -> "[^.]*";
                    case "**" -> ".*";
                    default -> Pattern.quote(part);
                })
                .collect(Collectors.joining()));
    }
}
