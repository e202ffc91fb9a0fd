package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.registry.ResilientCalls.Repetition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one call to the first of a registry's URLs that gives an answer, as {@link ResilientCalls} says. Redirects are not
 * followed, so credentials go to the configured URLs only.
 */
final class HttpCalls implements RestCalls {

    /** The largest answer taken, in bytes. */
    static final int MAX_ANSWER_BYTES = 8 << 20;

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryConfig config;

    /** The setting that says who asks, for messages. */
    private final Optional<String> credentialsKey;

    private final List<String> bases;
    private final HttpClient client;

    private final CallClock clock;
    private final CallMeter meter = new CallMeter();
    private final ResilientCalls calls;

    HttpCalls(RegistryConfig config) {
        this(config, CallClock.SYSTEM);
    }

    HttpCalls(RegistryConfig config, CallClock clock) {
        this.config = config;
        this.clock = clock;
        this.credentialsKey = credentialsKey(config);
        this.bases = config.urls().stream().map(HttpCalls::base).toList();
        this.calls = new ResilientCalls(bases, config, meter, clock);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    private static String base(URI url) {
        if (url.getHost() == null) {
            String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
            throw new IllegalArgumentException("Registry URL '" + RegistryConfig.shown(url.toString()) + "' "
                    + (authority.contains("_")
                            ? "has an underscore in the name of the host, where URLs have none (RFC 1123, section"
                                    + " 2.1): give the host a name with hyphens, or write its address"
                            : "names no host: write for instance http://localhost:8081"));
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getScheme() + "://" + url.getRawAuthority() + path.replaceAll("/+$", "");
    }

    @Override
    public String where() {
        return String.join(", ", bases);
    }

    /**
     * A call that fails is made elsewhere, and made again: doing twice what the protocol's verbs do is doing it once. Except for
     * a deletion, which the second time is answered with "not found", as if it hadn't been done.
     */
    @Override
    public JsonNode call(String purpose, String verb, String path, @Nullable String body) {
        Repetition repetition = verb.equals("DELETE") ? Repetition.IF_UNSENT : Repetition.HARMLESS;
        return calls.call(purpose, repetition, (base, end) -> {
            // An attempt is one wait, whether it needs one connection or two.
            long wait = Math.min(config.readTimeout().toNanos(), end - clock.nanos());
            HttpAnswer.Context context = new HttpAnswer.Context(purpose, base, credentialsKey);
            return attempt(context, request(base, verb, path, body), repetition, clock.nanos() + wait);
        });
    }

    @Override
    public <T> T inOneDeadline(Supplier<T> operation) {
        return calls.inOneDeadline(operation);
    }

    @Override
    public RegistryHealth health() {
        Breaker breaker = calls.breaker();
        return new RegistryHealth(
                where(), breaker.state(), calls.throttle().left(), breaker.lastFailure(), Optional.empty());
    }

    @Override
    public RegistryMetrics metrics() {
        return meter.metrics(calls.breaker().state());
    }

    @Override
    public Optional<String> lastingName() {
        return Optional.of(where());
    }

    private static Optional<String> credentialsKey(RegistryConfig config) {
        return config.basicCredentials()
                .map(secret -> "basic.auth.user.info")
                .or(() -> config.headers().keySet().stream()
                        .filter("Authorization"::equalsIgnoreCase)
                        .findFirst()
                        .map(header -> "request.header." + header));
    }

    private JsonNode attempt(HttpAnswer.Context context, HttpRequest request, Repetition repetition, long end) {
        try {
            return send(context, request, end).json();
        } catch (IOException e) {
            if (Failures.beforeSending(e) || repetition == Repetition.IF_UNSENT) {
                throw Failures.unavailable(context, e);
            }
        }
        // A kept-alive connection may have died since the last call: one more try, on a new one.
        try {
            return send(context, request, end).json();
        } catch (IOException e) {
            throw Failures.unavailable(context, e);
        }
    }

    private HttpRequest request(String base, String verb, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", CONTENT_TYPE + ", application/json")
                .method(
                        verb,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE);
        }
        config.basicCredentials().ifPresent(userAndPassword -> {
            byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        });
        config.headers().forEach(request::setHeader);
        return request.build();
    }

    private HttpAnswer send(HttpAnswer.Context context, HttpRequest request, long end) throws IOException {
        Duration wait = Duration.ofNanos(Math.max(0, end - clock.nanos()));
        meter.requests.increment();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, info -> new CappedBody(MAX_ANSWER_BYTES));
        try {
            return new HttpAnswer(context, exchange.get(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            // Cancelling closes the connection, also under a body that comes drop by drop.
            exchange.cancel(true);
            throw Failures.noAnswer(context, wait);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw Failures.interrupted(context.purpose(), context.base(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            throw Failures.broken(context, cause);
        }
    }
}
