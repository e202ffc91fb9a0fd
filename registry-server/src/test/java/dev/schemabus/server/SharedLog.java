package dev.schemabus.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a topic is to several nodes, without Kafka: one list of changes that all of them hear. */
final class SharedLog {

    private final List<Change> changes = new ArrayList<>();
    private final List<Consumer<Change>> followers = new ArrayList<>();

    SharedLog() {}

    private SharedLog(List<Change> changes) {
        this.changes.addAll(changes);
    }

    /** A node of its own on this log. */
    SubjectStore node() {
        return new SubjectStore(new ChangeLog() {
            @Override
            public void follow(Consumer<Change> follower) {
                changes.forEach(follower);
                followers.add(follower);
            }

            @Override
            public void append(List<Change> added) {
                for (Change change : added) {
                    changes.add(change);
                    followers.forEach(follower -> follower.accept(change));
                }
            }

            @Override
            public void close() {}
        });
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** What Kafka leaves of it in the end: of each key the last message, where it stands, and nothing of what has no value. */
    SharedLog compacted() {
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            last.put(KafkaKeys.of(changes.get(i)), i);
        }
        List<Change> left = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (Integer.valueOf(i).equals(last.get(KafkaKeys.of(change)))
                    && KafkaEncoder.encode(change).value() != null) {
                left.add(change);
            }
        }
        return new SharedLog(left);
    }
}
