package dev.schemabus.bus;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Internal: the topics of a subscription.
 *
 * @param names those that are there now
 * @param retries which of them are retry topics
 * @param pattern what others that come later must match, if any may
 * @param prepare makes sure that what belongs to a topic that came later exists; may take long
 */
record TopicSelection(Set<String> names, RetryTopics retries, Optional<Pattern> pattern, Consumer<String> prepare) {

    /**
     * Those whose absence somebody should hear of. Not retry topics of earlier policies, which are to be deleted; and
     * whether topics that match a pattern come or go is nobody's failure.
     */
    Set<String> watched(String group) {
        if (pattern.isPresent()) {
            return Set.of();
        }
        return names.stream()
                .filter(name -> retries.delay(name) != null
                        || TopicNames.source(name, group).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
