package dev.schemabus.serde;

import dev.schemabus.registry.Credentials;
import dev.schemabus.registry.TokenProvider;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Which of the settings say who asks the registry: at most one of them. Their values are secrets, so no message has one. */
final class CredentialSources {

    /** Keys that only one source of bearer tokens reads. */
    private static final Map<String, List<String>> OF_SOURCE = Map.of(
            "STATIC_TOKEN",
            List.of(SerdeKeys.BEARER_AUTH_TOKEN),
            "OAUTHBEARER",
            List.of(
                    SerdeKeys.BEARER_AUTH_ISSUER_ENDPOINT_URL,
                    SerdeKeys.BEARER_AUTH_CLIENT_ID,
                    SerdeKeys.BEARER_AUTH_CLIENT_SECRET),
            "CUSTOM",
            List.of(SerdeKeys.BEARER_AUTH_CUSTOM_PROVIDER_CLASS));

    private CredentialSources() {}

    /** Refuses settings of which each says who asks. */
    static void refuseTwo(Map<String, Object> given, AbstractConfig config) {
        List<String> keys = new ArrayList<>();
        if (isSet(config, SerdeKeys.BASIC_AUTH_USER_INFO)) {
            keys.add(SerdeKeys.BASIC_AUTH_USER_INFO);
        }
        if (inheritsSasl(config)) {
            keys.add(SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE + "=SASL_INHERIT");
        }
        bearerKey(config).ifPresent(keys::add);
        String authorization = SerdeKeys.REQUEST_HEADER_PREFIX + "Authorization";
        given.keySet().stream()
                .filter(authorization::equalsIgnoreCase)
                .findFirst()
                .ifPresent(keys::add);
        if (keys.size() > 1) {
            throw Contradictions.contradiction(
                    keys.get(0), keys.get(1), "both say how to authenticate: keep one of them");
        }
    }

    private static boolean inheritsSasl(AbstractConfig config) {
        return config.getString(SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE).equals("SASL_INHERIT");
    }

    /** The key that asks for bearer tokens, if one does. */
    static Optional<String> bearerKey(AbstractConfig config) {
        return config.getString(SerdeKeys.BEARER_AUTH_CREDENTIALS_SOURCE) != null
                ? Optional.of(SerdeKeys.BEARER_AUTH_CREDENTIALS_SOURCE)
                : OF_SOURCE.values().stream()
                        .flatMap(List::stream)
                        .filter(key -> isSet(config, key))
                        .sorted()
                        .findFirst();
    }

    /** What to ask as. */
    static Optional<Credentials> credentials(AbstractConfig config, Map<String, Object> given) {
        if (bearerKey(config).isPresent()) {
            return Optional.of(bearer(config, given));
        }
        if (inheritsSasl(config)) {
            return Optional.of(SaslInherit.credentials(given));
        }
        String userInfo = config.getPassword(SerdeKeys.BASIC_AUTH_USER_INFO).value();
        if (userInfo.isEmpty() && given.containsKey(SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE)) {
            throw new ConfigException(SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE + "=USER_INFO, and "
                    + SerdeKeys.BASIC_AUTH_USER_INFO + " is missing: set it to user:password, or remove the former");
        }
        return userInfo.isEmpty()
                ? Optional.empty()
                : Optional.of(SecuritySettings.valid(() -> new Credentials.Basic(userInfo)));
    }

    private static Credentials bearer(AbstractConfig config, Map<String, Object> given) {
        String source = config.getString(SerdeKeys.BEARER_AUTH_CREDENTIALS_SOURCE);
        if (source == null) {
            source = requireTokenAlone(config);
        }
        refuseOtherSources(source, config);
        for (String key : OF_SOURCE.getOrDefault(source, List.of())) {
            if (!isSet(config, key)) {
                throw new ConfigException(SerdeKeys.BEARER_AUTH_CREDENTIALS_SOURCE + "=" + source + ", and " + key
                        + " is missing: set it, or remove the former");
            }
        }
        return switch (source) {
            case "STATIC_TOKEN" ->
                SecuritySettings.valid(() -> new Credentials.Token(
                        config.getPassword(SerdeKeys.BEARER_AUTH_TOKEN).value()));
            case "OAUTHBEARER" -> SecuritySettings.valid(() -> clientCredentials(config));
            default -> new Credentials.Custom(provider(config, given));
        };
    }

    private static String requireTokenAlone(AbstractConfig config) {
        if (!isSet(config, SerdeKeys.BEARER_AUTH_TOKEN)) {
            throw new ConfigException(bearerKey(config).orElse("") + " is set, and "
                    + SerdeKeys.BEARER_AUTH_CREDENTIALS_SOURCE + " is missing: set it to OAUTHBEARER or CUSTOM");
        }
        return "STATIC_TOKEN";
    }

    private static void refuseOtherSources(String source, AbstractConfig config) {
        OF_SOURCE.forEach((other, keys) -> keys.forEach(key -> {
            if (!other.equals(source) && isSet(config, key)) {
                throw Contradictions.contradiction(
                        SerdeKeys.BEARER_AUTH_CREDENTIALS_SOURCE + "=" + source,
                        key,
                        "the latter belongs to " + other + ": keep one of them");
            }
        }));
    }

    private static Credentials clientCredentials(AbstractConfig config) {
        String url = config.getString(SerdeKeys.BEARER_AUTH_ISSUER_ENDPOINT_URL);
        URI endpoint;
        try {
            endpoint = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message holds the whole text.
            throw new IllegalArgumentException(SerdeKeys.BEARER_AUTH_ISSUER_ENDPOINT_URL + " is not a URL");
        }
        String scope = config.getString(SerdeKeys.BEARER_AUTH_SCOPE);
        return new Credentials.ClientCredentials(
                endpoint,
                config.getString(SerdeKeys.BEARER_AUTH_CLIENT_ID),
                config.getPassword(SerdeKeys.BEARER_AUTH_CLIENT_SECRET).value(),
                scope.isEmpty() ? Optional.empty() : Optional.of(scope),
                Duration.ofSeconds(config.getLong(SerdeKeys.BEARER_AUTH_CACHE_EXPIRY_BUFFER_SECONDS)));
    }

    private static TokenProvider provider(AbstractConfig config, Map<String, Object> given) {
        TokenProvider provider = ConfiguredClasses.instance(
                SerdeKeys.BEARER_AUTH_CUSTOM_PROVIDER_CLASS,
                config.getString(SerdeKeys.BEARER_AUTH_CUSTOM_PROVIDER_CLASS),
                TokenProvider.class,
                "a class of yours");
        if (provider instanceof Configurable configurable) {
            configurable.configure(given);
        }
        return provider;
    }

    private static boolean isSet(AbstractConfig config, String key) {
        return SecuritySettings.text(config, key).isPresent();
    }
}
