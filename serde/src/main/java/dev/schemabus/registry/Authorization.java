package dev.schemabus.registry;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** What to send in the header {@code Authorization}, by now: tokens come and go. */
interface Authorization {

    /**
     * The header for the next request, or none.
     *
     * @param limit the longest it may take
     * @throws RegistryException if there should be one and it can't be had
     */
    Optional<String> header(Duration limit);

    /** The registry refused what was sent: whether {@link #header} has something else for one more try. */
    default boolean refused(String header) {
        return false;
    }

    /** What the settings say. */
    static Authorization of(RegistryConfig config, HttpClient client) {
        Optional<Credentials> credentials = config.security().credentials();
        if (credentials.isEmpty()) {
            return limit -> Optional.empty();
        }
        if (credentials.get() instanceof Credentials.Basic basic) {
            byte[] bytes = basic.userAndPassword().getBytes(StandardCharsets.UTF_8);
            return always("Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        if (credentials.get() instanceof Credentials.Token token) {
            return always(bearer(token.token()));
        }
        if (credentials.get() instanceof Credentials.Custom custom) {
            return new CustomTokens(custom.provider());
        }
        return new OAuthTokens((Credentials.ClientCredentials) credentials.get(), client, config, System::nanoTime);
    }

    static String bearer(String token) {
        return "Bearer " + token;
    }

    private static Authorization always(String header) {
        Optional<String> sent = Optional.of(header);
        return limit -> sent;
    }

    /** Tokens from code of the user's own, which may do anything. */
    record CustomTokens(TokenProvider provider) implements Authorization {

        @Override
        public Optional<String> header(Duration limit) {
            String token;
            try {
                token = provider.token(limit);
            } catch (RegistryException e) {
                throw e;
            } catch (RuntimeException e) {
                // Not its message: whoever wrote it may have put the token there.
                throw new RegistryUnavailableException(
                        0,
                        provider.getClass().getName() + " (bearer.auth.custom.provider.class) gave no token but a "
                                + e.getClass().getName() + ". Try again later, or correct the class");
            }
            if (token == null || !Credentials.Token.sendable(token)) {
                throw new RegistryAccessException(
                        401,
                        provider.getClass().getName()
                                + " (bearer.auth.custom.provider.class) gave a token that is empty"
                                + " or holds characters that tokens don't have (RFC 6750, section 2.1): correct the"
                                + " class");
            }
            return Optional.of(bearer(token));
        }

        @Override
        public boolean refused(String header) {
            try {
                return provider.refused(header.substring(bearer("").length()));
            } catch (RuntimeException e) {
                // The registry's refusal says more, and has no token in it.
                return false;
            }
        }
    }
}
