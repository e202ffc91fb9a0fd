package dev.schemabus.bus;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Internal: the topics of a subscription.
 *
 * @param names those that are there now
 * @param retries which of them are retry topics
 * @param pattern what others that come later must match, if any may
 * @param prepare makes sure that what belongs to a topic that came later exists; may take long
 */
record TopicSelection(Set<String> names, RetryTopics retries, Optional<Pattern> pattern, Consumer<String> prepare) {}
