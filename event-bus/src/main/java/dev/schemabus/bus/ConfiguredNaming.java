package dev.schemabus.bus;

import dev.schemabus.bus.TopicNamings.Visibility;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;

/** Internal: the topic naming that a configuration describes. */
final class ConfiguredNaming {

    private static final Map<String, String> PARAMETERS = Map.of(
            BusKeys.TOPIC_NAMING_VERSION, "versioned or visibility",
            BusKeys.TOPIC_NAMING_VISIBILITY, "visibility",
            BusKeys.TOPIC_NAMING_ENVIRONMENT, "environment",
            BusKeys.TOPIC_NAMING_TENANT, "tenant");

    private final AbstractConfig config;
    private final Set<String> used = new HashSet<>();

    private ConfiguredNaming(AbstractConfig config) {
        this.config = config;
    }

    /**
     * Makes it.
     *
     * @param given the keys that were set
     * @throws BusConfigurationException if a parameter is missing or without effect, or a name stands for no naming
     */
    static TopicNaming of(AbstractConfig config, Set<String> given) {
        ConfiguredNaming made = new ConfiguredNaming(config);
        TopicNaming naming = made.naming(config.getList(BusKeys.TOPIC_NAMING));
        PARAMETERS.forEach((key, user) -> {
            if (given.contains(key) && !made.used.contains(key)) {
                throw new BusConfigurationException(key + " is without effect, because " + BusKeys.TOPIC_NAMING + "="
                        + String.join(",", config.getList(BusKeys.TOPIC_NAMING)) + " has no " + user
                        + ": remove the one or add the other");
            }
        });
        return naming;
    }

    private TopicNaming naming(List<String> names) {
        if (names.isEmpty()) {
            return TopicNamings.entityStream();
        }
        String name = names.get(0).strip();
        List<String> behind = names.subList(1, names.size());
        return switch (name) {
            case "environment" ->
                TopicNamings.environment(required(BusKeys.TOPIC_NAMING_ENVIRONMENT, name), naming(behind));
            case "tenant" -> TopicNamings.tenant(required(BusKeys.TOPIC_NAMING_TENANT, name), naming(behind));
            case "versioned" -> TopicNamings.versioned(naming(behind), version());
            default -> {
                if (!behind.isEmpty()) {
                    throw new BusConfigurationException(BusKeys.TOPIC_NAMING + ": nothing can stand behind " + name
                            + ", but " + String.join(",", behind) + " does: put environment, tenant and versioned in"
                            + " front of it");
                }
                yield innermost(name);
            }
        };
    }

    private TopicNaming innermost(String name) {
        return switch (name) {
            case "explicit" -> TopicNamings.explicit();
            case "entity-stream" -> TopicNamings.entityStream();
            case "domain-entity-event" -> TopicNamings.domainEntityEvent();
            case "record-name" -> TopicNamings.recordName();
            case "visibility" -> {
                used.add(BusKeys.TOPIC_NAMING_VISIBILITY);
                yield TopicNamings.visibility(
                        BusConfig.constant(Visibility.class, config, BusKeys.TOPIC_NAMING_VISIBILITY), version());
            }
            default -> instance(name);
        };
    }

    private int version() {
        used.add(BusKeys.TOPIC_NAMING_VERSION);
        return config.getInt(BusKeys.TOPIC_NAMING_VERSION);
    }

    private String required(String key, String naming) {
        used.add(key);
        String value = config.getString(key);
        if (value.isBlank()) {
            throw new BusConfigurationException(
                    BusKeys.TOPIC_NAMING + "=" + naming + " needs " + key + ", such as " + key + "=prod");
        }
        return value;
    }

    private static TopicNaming instance(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> found =
                    Class.forName(name, true, context == null ? ConfiguredNaming.class.getClassLoader() : context);
            return found.asSubclass(TopicNaming.class).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new BusConfigurationException(
                    BusKeys.TOPIC_NAMING + "=" + name + " is neither a class nor one of entity-stream,"
                            + " domain-entity-event, record-name, visibility, explicit, environment, tenant, versioned",
                    e);
        } catch (ClassCastException e) {
            throw new BusConfigurationException(
                    BusKeys.TOPIC_NAMING + "=" + name + " is a class that doesn't implement TopicNaming", e);
        } catch (InvocationTargetException e) {
            throw new BusConfigurationException(
                    BusKeys.TOPIC_NAMING + "=" + name + " can't be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new BusConfigurationException(
                    BusKeys.TOPIC_NAMING + "=" + name + " needs a public constructor without parameters", e);
        }
    }
}
