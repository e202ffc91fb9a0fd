package dev.schemabus.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** As whom a client asks a registry. Immutable values; none of them shows a secret in its text. */
public sealed interface Credentials {

    /** The setting they come from, such as {@code basic.auth.user.info}: the one to check if they are refused. */
    String setting();

    /** The user's or the client's name, which is no secret; empty for tokens, which have none. */
    default Optional<String> name() {
        return Optional.empty();
    }

    /**
     * User and password for HTTP basic authentication (RFC 7617).
     *
     * @param userAndPassword {@code user:password}
     */
    record Basic(String userAndPassword, String setting) implements Credentials {

        /** @throws IllegalArgumentException if there is no colon, or a character that no password has */
        public Basic {
            if (userAndPassword.indexOf(':') < 0) {
                throw new IllegalArgumentException(setting + " has no colon: write user:password (RFC 7617)");
            }
            if (userAndPassword.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(setting + " holds a line break or another control character (a"
                        + " secret read from a file may end with a line break): remove it");
            }
        }

        public Basic(String userAndPassword) {
            this(userAndPassword, "basic.auth.user.info");
        }

        @Override
        public Optional<String> name() {
            return Optional.of(userAndPassword.substring(0, userAndPassword.indexOf(':')));
        }

        @Override
        public String toString() {
            return "Basic[***]";
        }
    }

    /** A bearer token (RFC 6750) that stays the same. */
    record Token(String token) implements Credentials {

        /** @throws IllegalArgumentException if it can't be sent */
        public Token {
            if (!sendable(token)) {
                throw new IllegalArgumentException(
                        "bearer.auth.token is empty or holds a space, a line break or another"
                                + " character that tokens don't have (RFC 6750, section 2.1)");
            }
        }

        /** Whether a text can be a token in a header. */
        static boolean sendable(String token) {
            return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        }

        @Override
        public String setting() {
            return "bearer.auth.token";
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /**
     * Bearer tokens from an OAuth 2.0 authorization server, by the client credentials grant (RFC 6749, section 4.4).
     *
     * @param tokenEndpoint where to ask for tokens; only here is the secret sent
     * @param scope what to ask for, if the server wants to be told
     * @param refreshBefore how long before a token expires the next one is asked for
     */
    record ClientCredentials(
            URI tokenEndpoint, String clientId, String clientSecret, Optional<String> scope, Duration refreshBefore)
            implements Credentials {

        /** How long before a token expires the next one is asked for, unless said otherwise. */
        public static final Duration DEFAULT_REFRESH_BEFORE = Duration.ofMinutes(5);

        /** @throws IllegalArgumentException if the end point is no absolute HTTP URL or carries user info */
        public ClientCredentials {
            boolean http = "http".equalsIgnoreCase(tokenEndpoint.getScheme())
                    || "https".equalsIgnoreCase(tokenEndpoint.getScheme());
            if (!http || tokenEndpoint.getHost() == null) {
                throw new IllegalArgumentException(
                        "bearer.auth.issuer.endpoint.url is no URL of a token end point: write"
                                + " for instance https://login.example.com/oauth2/token");
            }
            if (tokenEndpoint.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "bearer.auth.issuer.endpoint.url must not carry credentials: give them"
                                + " as bearer.auth.client.id and bearer.auth.client.secret");
            }
            if (refreshBefore.isNegative()) {
                throw new IllegalArgumentException("bearer.auth.cache.expiry.buffer.seconds is negative");
            }
        }

        @Override
        public String setting() {
            return "bearer.auth.client.id";
        }

        @Override
        public Optional<String> name() {
            return Optional.of(clientId);
        }

        @Override
        public String toString() {
            return "ClientCredentials[tokenEndpoint=" + shownEndpoint() + ", ***]";
        }

        /** The end point for messages: a query might hold a secret. */
        String shownEndpoint() {
            String path = tokenEndpoint.getRawPath() == null ? "" : tokenEndpoint.getRawPath();
            return tokenEndpoint.getScheme() + "://" + tokenEndpoint.getRawAuthority() + path;
        }
    }

    /** Bearer tokens from code of the user's own. */
    record Custom(TokenProvider provider) implements Credentials {

        @Override
        public String setting() {
            return "bearer.auth.custom.provider.class";
        }

        @Override
        public String toString() {
            return "Custom[" + provider.getClass().getName() + "]";
        }
    }
}
