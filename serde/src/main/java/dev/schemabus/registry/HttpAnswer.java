package dev.schemabus.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What came back over HTTP, judged: the registry's JSON, or the exception that says what to do. */
final class HttpAnswer {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String JSON_TYPE = "application/json";

    /** As much of a foreign page as a message shows. */
    private static final int EXCERPT = 80;

    /** As much of what a registry says as a message holds: its reasons against a schema may be many. */
    private static final int MESSAGE = 10_000;

    /**
     * What a message needs to know about the call.
     *
     * @param base the URL asked
     * @param credentialsKey the setting that says what it was asked with; empty if nothing does
     */
    record Context(String purpose, String base, Optional<String> credentialsKey) {

        private String credentials() {
            return credentialsKey.filter(key -> key.startsWith("bearer.")).isPresent()
                    ? "the token"
                    : "the user or the password";
        }
    }

    private final Context context;
    private final int status;
    private final String contentType;
    private final Optional<String> location;
    private final Optional<Duration> retryAfter;
    private final String body;

    HttpAnswer(Context context, HttpResponse<byte[]> response) {
        this.context = context;
        this.status = response.statusCode();
        this.contentType = response.headers().firstValue("Content-Type").orElse("");
        this.location = response.headers().firstValue("Location");
        this.retryAfter = response.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, response.headers().firstValue("Date"), Instant.now()));
        this.body = new String(response.body(), StandardCharsets.UTF_8);
    }

    /** What a registry in the same process says. */
    HttpAnswer(Context context, RegistryEndpoint.Answer answer) {
        this.context = context;
        this.status = answer.status();
        this.contentType = JSON_TYPE;
        this.location = Optional.empty();
        this.retryAfter = Optional.empty();
        this.body = answer.body();
    }

    /** Whether it wants other credentials. */
    boolean refusesCredentials() {
        return status == 401;
    }

    /** The JSON of a success. */
    JsonNode json() {
        if (status / 100 != 2) {
            throw failure();
        }
        if (!saysJson()) {
            throw notARegistry();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Failures.broken(context, new IllegalArgumentException("broken JSON, " + e.getOriginalMessage(), e));
        }
    }

    private boolean saysJson() {
        return contentType.isEmpty() || contentType.toLowerCase(Locale.ROOT).contains("json");
    }

    private RegistryException failure() {
        JsonNode error = error();
        int code = error.path("error_code").asInt(status);
        String said = excerpt(error.path("message").asText(""), MESSAGE);
        String cannot = context.base() + " can't " + context.purpose() + ": ";
        String answer = (said.isEmpty() ? "HTTP " + status : said) + " (code " + code + ")";
        return switch (status) {
            case 300, 301, 302, 303, 307, 308 ->
                new NotARegistryException(
                        status,
                        context.base() + " redirects (HTTP " + status + ") to " + target()
                                + ". Redirects are not followed: put the registry's own URL into schema.registry.url");
            case 401 ->
                new RegistryAccessException(
                        code,
                        cannot + answer + ". "
                                + context.credentialsKey()
                                        .map(key -> "It refuses " + context.credentials() + ": check " + key)
                                        .orElse("It wants credentials: set basic.auth.user.info=user:password"));
            case 403 ->
                new RegistryAccessException(
                        code,
                        cannot + answer
                                + ". The user of " + context.credentialsKey().orElse("basic.auth.user.info")
                                + " may not do this: give it the right, or use another one");
            case 404 -> code / 100 == 404 ? missing(code, cannot + answer + Advice.on(code)) : wrongPath();
            case 409 -> new SchemaRefusedException(code == 409 ? 40901 : code, cannot + answer + Advice.on(code));
            case 413 ->
                error.has("error_code")
                        ? refused(code, cannot + answer + Advice.on(code))
                        : new SchemaRefusedException(
                                413,
                                cannot + "the request is too large for what stands in front of the registry (HTTP 413, "
                                        + excerpt() + "). Raise the limit there, or make the schema smaller");
            case 400, 422 ->
                error.has("error_code") ? refused(code, cannot + answer + Advice.on(code)) : notARegistry();
            case 405, 501 ->
                new SchemaRefusedException(code, cannot + answer + ". This registry doesn't offer that operation");
            case 408, 429 -> unavailable(code, cannot + answer);
            default -> status >= 500 ? unavailable(code, cannot + answer) : notARegistry();
        };
    }

    /** What isn't soft-deleted yet is there. */
    private static RegistryException missing(int code, String message) {
        return code == 40405 || code == 40407
                ? new DeletionRefusedException(code, message)
                : new SchemaNotFoundException(code, message);
    }

    private static RegistryException refused(int code, String message) {
        return code == 42206 ? new DeletionRefusedException(code, message) : new SchemaRefusedException(code, message);
    }

    private RegistryUnavailableException unavailable(int code, String message) {
        return new RegistryUnavailableException(
                code, message + ". Try again later; the registry's log says more", retryAfter.orElse(Duration.ZERO));
    }

    private JsonNode error() {
        try {
            JsonNode tree = saysJson() ? JSON.readTree(body) : MissingNode.getInstance();
            return tree.isObject() ? tree : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private NotARegistryException notARegistry() {
        return new NotARegistryException(
                status,
                context.base() + " answers, but not as a schema registry (HTTP " + status + ", "
                        + (contentType.isEmpty() ? "no content type" : contentType) + ", " + excerpt()
                        + "): is the path missing? Apicurio's registry, for one, is at …/apis/ccompat/v7. Check"
                        + " schema.registry.url");
    }

    private NotARegistryException wrongPath() {
        return new NotARegistryException(
                status,
                context.base() + " has no schema registry at this path (HTTP 404, " + excerpt()
                        + "): is the path wrong or missing? Apicurio's registry, for one, is at …/apis/ccompat/v7."
                        + " Check schema.registry.url");
    }

    private String excerpt() {
        String line = body.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        if (line.isEmpty()) {
            return "empty body";
        }
        return excerpt(line, EXCERPT);
    }

    private static String excerpt(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** Where a redirect leads, without what may be secret in it. */
    private String target() {
        try {
            URI uri = URI.create(location.orElse(""));
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            return uri.getHost() == null
                    ? path
                    : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path;
        } catch (IllegalArgumentException e) {
            return "somewhere else";
        }
    }
}
