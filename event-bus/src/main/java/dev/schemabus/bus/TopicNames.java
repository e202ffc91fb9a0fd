package dev.schemabus.bus;

import dev.schemabus.schema.EventType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Internal: what a topic may be called, and the names derived from it. */
final class TopicNames {

    /** The longest name that Kafka takes. */
    static final int LONGEST = 249;

    /** Kept free behind topic and group: {@code .retry.<n>} with two digits is the longest name derived. */
    private static final String LONGEST_SUFFIX = ".retry.99";

    private static final Pattern REFUSED = Pattern.compile("[^a-zA-Z0-9._-]");
    /** What matches the names kept for the retry and dead letter topics. */
    static final String RESERVED_NAMES = "(?:.*\\.)?(dlt|retry(?:\\.\\d+)?)";

    private static final Pattern RESERVED = Pattern.compile(RESERVED_NAMES);
    private static final Pattern SEGMENT = Pattern.compile("[a-z][a-z0-9-]*");

    private TopicNames() {}

    /** The topic of a type: as the type says itself, else as the naming derives it; checked either way. */
    static String of(EventType type, TopicNaming naming) {
        String topic = type.topic().orElseGet(() -> naming.topic(type));
        return checked(topic, type.javaType().getName());
    }

    /**
     * A name that Kafka takes and that leaves the derived names free.
     *
     * @param owner who is to have the topic, for the message
     * @throws BusConfigurationException otherwise
     */
    static String checked(String topic, String owner) {
        if (topic.isEmpty() || topic.equals(".") || topic.equals("..")) {
            throw refuse(topic, owner, "Kafka refuses this name", "use letters, digits, '.', '_' and '-'");
        }
        Matcher refused = REFUSED.matcher(topic);
        if (refused.find()) {
            throw refuse(
                    topic,
                    owner,
                    "Kafka refuses the character '" + refused.group() + "' at position " + refused.start(),
                    "use letters, digits, '.', '_' and '-'");
        }
        if (topic.startsWith("__")) {
            throw refuse(topic, owner, "names that start with '__' are Kafka's own", "choose another start");
        }
        Matcher reserved = RESERVED.matcher(topic);
        if (reserved.matches()) {
            throw refuse(
                    topic,
                    owner,
                    "the ending '" + reserved.group(1) + "' is kept for the retry and dead letter topics of a group",
                    "choose another last segment");
        }
        if (topic.length() > LONGEST) {
            throw refuse(topic, owner, topic.length() + " characters, Kafka takes " + LONGEST, "shorten it");
        }
        return topic;
    }

    /**
     * Checks that a group's derived topics have names that Kafka takes.
     *
     * @throws BusConfigurationException otherwise
     */
    static void checkGroup(String topic, String group) {
        Matcher refused = REFUSED.matcher(group);
        if (refused.find()) {
            throw new BusConfigurationException("Group '" + group + "' becomes part of topic names such as "
                    + deadLetter(topic, group) + ", and Kafka refuses the character '" + refused.group()
                    + "' there: use letters, digits, '.', '_' and '-'");
        }
        int longest = topic.length() + 1 + group.length() + LONGEST_SUFFIX.length();
        if (longest > LONGEST) {
            throw new BusConfigurationException("The topics derived from topic " + topic + " and group " + group
                    + " take up to " + longest + " characters (<topic>.<group>" + LONGEST_SUFFIX + "), Kafka takes "
                    + LONGEST + ": shorten the topic or the group by " + (longest - LONGEST));
        }
    }

    /** Where a group's dead letters of a topic go. */
    static String deadLetter(String topic, String group) {
        return topic + "." + group + ".dlt";
    }

    /** Where a group's dead letters of a topic come back from, to this group alone. */
    static String replay(String topic, String group) {
        return topic + "." + group + ".retry.0";
    }

    /** A group's retry topic: 0 is that of key-ordered retries and of replays, the others count the attempts before. */
    static String retry(String topic, String group, int number) {
        return topic + "." + group + ".retry." + number;
    }

    /** The topic from which a group's retry topic takes its records; empty if it is none of this group's. */
    static Optional<String> source(String topic, String group) {
        int retry = topic.lastIndexOf(".retry");
        boolean derived = retry > 0
                && RESERVED.matcher(topic).matches()
                && topic.substring(0, retry).endsWith("." + group);
        return derived ? Optional.of(topic.substring(0, retry - group.length() - 1)) : Optional.empty();
    }

    /** What Kafka's metrics and controller make of a name: two topics that differ only in this would collide. */
    static String collisionForm(String topic) {
        return topic.replace('.', '_');
    }

    /**
     * A segment of a generated name.
     *
     * @param what what the segment is, and where it comes from, for the message
     * @throws BusConfigurationException unless it matches {@code [a-z][a-z0-9-]*}
     */
    static String segment(String text, String what, String remedy) {
        if (!SEGMENT.matcher(text).matches()) {
            throw new BusConfigurationException(
                    what + " is '" + text + "', which is no segment of a topic name ([a-z][a-z0-9-]*): " + remedy);
        }
        return text;
    }

    private static BusConfigurationException refuse(String topic, String owner, String reason, String remedy) {
        return new BusConfigurationException("Topic '" + topic + "' of " + owner + ": " + reason + ": " + remedy);
    }
}
