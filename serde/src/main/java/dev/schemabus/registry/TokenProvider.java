package dev.schemabus.registry;

import java.time.Duration;

/**
 * SPI: gives the bearer token (RFC 6750) for a request to the registry. Chosen by {@link Credentials.Custom}, or for
 * Kafka's clients by {@code bearer.auth.custom.provider.class}.
 */
public interface TokenProvider {

    /**
     * The token for the next request. Asked before every one, by several threads at a time: keep what is still good.
     *
     * @param limit the longest it may take
     * @throws RegistryException if there is none; anything else that is thrown means that there is none for now
     */
    String token(Duration limit);

    /**
     * The registry has refused a token that this provider gave. By default the refusal stands.
     *
     * @return whether the next call of {@link #token} gives another one, with which to ask once more
     */
    default boolean refused(String token) {
        return false;
    }
}
