package dev.schemabus.bus;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of topics with {@code *} for whole segments: {@code capability.*.*}, {@code shop.*}. It stands for one segment, and
 * as the last one for one or more, so {@code shop.*} takes all of a domain. Retry and dead letter topics and Kafka's own are
 * never meant.
 *
 * @param text as written
 */
public record TopicPattern(String text) {

    private static final Pattern SEGMENT = Pattern.compile("[a-zA-Z0-9_-]+");

    /** @throws BusConfigurationException if a segment is neither {@code *} nor one that a topic's name may have */
    public TopicPattern {
        for (String segment : text.split("\\.", -1)) {
            if (!segment.equals("*") && !SEGMENT.matcher(segment).matches()) {
                throw new BusConfigurationException("The topic pattern '" + text + "' has the segment '" + segment
                        + "': a segment is * as a whole, or letters, digits, '_' and '-'");
            }
        }
    }

    /** Whether it stands for more than one name. */
    public boolean hasWildcard() {
        return text.contains("*");
    }

    /** Whether a topic is meant. */
    public boolean matches(String topic) {
        return regex(List.of(this)).matcher(topic).matches();
    }

    /** One pattern for what any of several stand for. */
    static Pattern regex(Collection<TopicPattern> patterns) {
        return Pattern.compile(events(patterns));
    }

    private static String events(Collection<TopicPattern> patterns) {
        return "(?!__)(?!" + TopicNames.RESERVED_NAMES + "$)" + any(patterns);
    }

    private static String any(Collection<TopicPattern> patterns) {
        return patterns.stream().map(TopicPattern::regexText).collect(Collectors.joining("|", "(?:", ")"));
    }

    /** The same, and the retry topics of one group. */
    static Pattern regexWithRetries(Collection<TopicPattern> patterns, String group) {
        return Pattern.compile(
                events(patterns) + "|" + any(patterns) + Pattern.quote("." + group + ".retry") + "(?:\\.\\d+)?");
    }

    private String regexText() {
        String[] segments = text.split("\\.", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            regex.append(i == 0 ? "" : "\\.");
            if (!segments[i].equals("*")) {
                regex.append(Pattern.quote(segments[i]));
            } else {
                regex.append(i == segments.length - 1 ? ".+" : "[^.]+");
            }
        }
        return regex.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
