package dev.schemabus.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What an authorization server answered (RFC 6749, sections 5.1 and 5.2). No message quotes it: it may hold a token. */
final class TokenAnswer {

    /** The largest answer taken. */
    static final int MAX_BYTES = 256 << 10;

    /** Of a token that doesn't say. Refused ones are replaced anyway. */
    private static final Duration UNSAID_LIFETIME = Duration.ofMinutes(5);

    /** As long as a token is believed to live, whatever is said. */
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);

    private static final JsonMapper JSON = new JsonMapper();

    private final String token;
    private final Duration lifetime;

    /** @throws RegistryException if it holds no token; the message says what to do */
    TokenAnswer(Credentials.ClientCredentials credentials, HttpResponse<byte[]> response) {
        JsonNode json = json(response.body());
        int status = response.statusCode();
        if (status != 200) {
            throw refusal(credentials, status, json);
        }
        String text = json.path("access_token").asText("");
        String type = json.path("token_type").asText("Bearer");
        if (!Credentials.Token.sendable(text) || !type.equalsIgnoreCase("Bearer")) {
            throw notATokenEndpoint(
                    credentials,
                    "its answer " + (json.isObject() ? "holds no bearer token that can be sent" : "is no JSON object"));
        }
        this.token = text;
        this.lifetime = lifetime(json.path("expires_in"));
    }

    String token() {
        return token;
    }

    Duration lifetime() {
        return lifetime;
    }

    private static Duration lifetime(JsonNode seconds) {
        // Some servers send the number as text.
        long given = seconds.asLong(-1);
        return given < 0 ? UNSAID_LIFETIME : Duration.ofSeconds(Math.min(given, LONGEST_LIFETIME.toSeconds()));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static RegistryException refusal(Credentials.ClientCredentials credentials, int status, JsonNode json) {
        String code = json.path("error").asText("");
        // The protocol's codes are such words; anything else isn't shown.
        String reason = (code.matches("[a-z_]{1,40}") ? code + ", " : "") + "HTTP " + status;
        String where = credentials.shownEndpoint();
        return switch (status) {
            case 400, 401, 403 ->
                new RegistryAccessException(
                        status == 403 ? 403 : 401,
                        where + " gives no token (" + reason + "): check bearer.auth.client.id,"
                                + " bearer.auth.client.secret and bearer.auth.scope");
            case 300, 301, 302, 303, 307, 308 ->
                notATokenEndpoint(credentials, "it redirects (" + reason + "), and redirects are not followed");
            default ->
                status == 408 || status == 429 || status >= 500
                        ? new RegistryUnavailableException(
                                status >= 500 ? 0 : status,
                                where + " gives no token (" + reason + "). Try again later; its log says more")
                        : notATokenEndpoint(credentials, "it answers " + reason);
        };
    }

    private static NotARegistryException notATokenEndpoint(Credentials.ClientCredentials credentials, String why) {
        return new NotARegistryException(
                0,
                credentials.shownEndpoint() + " is no token end point of an OAuth 2.0 server: " + why
                        + ". Check bearer.auth.issuer.endpoint.url");
    }

    static RegistryUnavailableException late(Credentials.ClientCredentials credentials, Duration waited) {
        return new RegistryUnavailableException(
                0,
                "No token from " + credentials.shownEndpoint() + " within " + Failures.text(waited)
                        + ". Is the authorization server overloaded? Try again later, or raise http.read.timeout.ms");
    }

    /** Why there is none. Each thread that waited gets an exception of its own. */
    static RegistryException failure(
            Credentials.ClientCredentials credentials, @Nullable Throwable failure, RegistryConfig config) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RegistryAccessException e) {
            return new RegistryAccessException(e.code(), String.valueOf(e.getMessage()), e);
        }
        if (cause instanceof NotARegistryException e) {
            return new NotARegistryException(e.code(), String.valueOf(e.getMessage()), e);
        }
        if (cause instanceof RegistryUnavailableException e) {
            return new RegistryUnavailableException(e.code(), String.valueOf(e.getMessage()), e);
        }
        if (cause instanceof TimeoutException) {
            return late(credentials, config.readTimeout());
        }
        if (cause instanceof CappedBody.TooLargeException) {
            return notATokenEndpoint(credentials, "its answer is larger than " + MAX_BYTES + " bytes");
        }
        Failures.Peer server = new Failures.Peer(
                credentials.shownEndpoint(),
                "authorization server",
                "bearer.auth.issuer.endpoint.url",
                Failures.hasCertificate(config));
        return new RegistryUnavailableException(
                0,
                "Can't reach " + server.base() + " for a token: "
                        + (cause instanceof IOException io ? Failures.reason(server, io) : String.valueOf(cause)),
                cause == null ? new IllegalStateException("cancelled") : cause);
    }
}
