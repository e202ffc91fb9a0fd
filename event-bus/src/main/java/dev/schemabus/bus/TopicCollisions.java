package dev.schemabus.bus;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: names that would be taken for one another. Kafka's metrics and controller replace {@code .} by {@code _}; and
 * topic {@code a.b} with group {@code c} has the same derived topics as topic {@code a} with group {@code b.c}.
 */
final class TopicCollisions {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCollisions.class);

    private final ClusterAdmin cluster;
    private final Map<String, String> byForm = new ConcurrentHashMap<>();
    private final Map<String, Owner> owners = new ConcurrentHashMap<>();

    private record Owner(String topic, String group) {
        @Override
        public String toString() {
            return "topic " + topic + " with group " + group;
        }
    }

    TopicCollisions(ClusterAdmin cluster) {
        this.cluster = cluster;
    }

    /**
     * Compares a name with those used so far and those that exist.
     *
     * @throws BusConfigurationException if one differs in '.' and '_' only
     */
    void check(String topic, long deadline) {
        String form = TopicNames.collisionForm(topic);
        String same = byForm.putIfAbsent(form, topic);
        if (same != null && !same.equals(topic)) {
            throw collision(same, topic);
        }
        if (same == null) {
            Set<String> existing = cluster.topics(deadline);
            if (!existing.contains(topic)) {
                // One that exists is there already, beside whatever else is; only a new one can be called otherwise.
                existing.stream()
                        .filter(name -> TopicNames.collisionForm(name).equals(form))
                        .findFirst()
                        .ifPresent(name -> {
                            byForm.remove(form);
                            throw collision(name, topic);
                        });
            }
        }
    }

    /**
     * Says that a group reads a topic, and so owns the topics derived from both.
     *
     * @throws BusConfigurationException if another topic and group derive the same names: another subscription of this bus,
     *     or a topic that exists with a group that the cluster knows
     */
    void claim(String topic, String group, long deadline) {
        String joined = topic + "." + group;
        Owner owner = new Owner(topic, group);
        Owner other = owners.putIfAbsent(joined, owner);
        if (other != null && !other.equals(owner)) {
            throw clash(owner, other);
        }
        if (other != null || (group.indexOf('.') < 0 && topic.indexOf('.') < 0)) {
            return;
        }
        for (int dot = joined.indexOf('.'); dot > 0; dot = joined.indexOf('.', dot + 1)) {
            Owner candidate = new Owner(joined.substring(0, dot), joined.substring(dot + 1));
            if (!candidate.equals(owner) && exists(candidate, deadline)) {
                owners.remove(joined);
                throw clash(owner, candidate);
            }
        }
    }

    private boolean exists(Owner candidate, long deadline) {
        if (cluster.topic(candidate.topic(), deadline).isEmpty()) {
            return false;
        }
        try {
            return cluster.group(candidate.group(), deadline)
                    .filter(group -> group.groupState() != GroupState.DEAD)
                    .isPresent();
        } catch (AuthorizationException e) {
            LOG.debug("Can't see whether group {} exists", candidate.group(), e);
            return false;
        }
    }

    private static BusConfigurationException collision(String one, String other) {
        return new BusConfigurationException("Topics " + one + " and " + other
                + " differ only in '.' and '_', and Kafka's metrics can't tell them apart: rename one");
    }

    private static BusConfigurationException clash(Owner one, Owner other) {
        return new BusConfigurationException(
                "The dead letters of " + one + " and of " + other + " would share the topic "
                        + TopicNames.deadLetter(one.topic(), one.group()) + ": rename one of the groups");
    }
}
