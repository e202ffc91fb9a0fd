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
    private final Authorization authorization;

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
        this.client = HttpClients.of(config);
        this.authorization = Authorization.of(config, client);
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
        Call call = new Call(verb, path, body);
        return calls.call(
                purpose,
                call.repetition(),
                (base, end) -> attempt(new HttpAnswer.Context(purpose, base, credentialsKey), call, end));
    }

    @Override
    public <T> T inOneDeadline(Supplier<T> operation) {
        return calls.inOneDeadline(operation);
    }

    @Override
    public Duration deadline() {
        return config.deadline();
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
        // Behind one URL there may be several registries, told apart by a header or by who asks; and ids may be others'
        // in
        // another form.
        StringBuilder name = new StringBuilder(where());
        config.headers().forEach((header, value) -> {
            if (header.equalsIgnoreCase("target-sr-cluster")) {
                name.append(", cluster=").append(value);
            }
        });
        config.security()
                .credentials()
                .flatMap(Credentials::name)
                .ifPresent(who -> name.append(", as=").append(who));
        return Optional.of(name + (config.normalize() ? ", normalized" : ""));
    }

    private static Optional<String> credentialsKey(RegistryConfig config) {
        return config.security()
                .credentials()
                .map(Credentials::setting)
                .or(() -> config.authorizationHeader().map(header -> "request.header." + header));
    }

    /** What is asked, wherever it is asked. */
    private record Call(String verb, String path, @Nullable String body) {

        Repetition repetition() {
            return verb.equals("DELETE") ? Repetition.IF_UNSENT : Repetition.HARMLESS;
        }
    }

    private JsonNode attempt(HttpAnswer.Context context, Call call, long end) {
        Optional<String> header = header(end);
        HttpAnswer answer = answer(context, call, header, end);
        // A token may end before its time: one more try, with a new one.
        if (answer.refusesCredentials() && header.isPresent() && authorization.refused(header.get())) {
            answer = answer(context, call, header(end), end);
        }
        return answer.json();
    }

    private Optional<String> header(long end) {
        try {
            return authorization.header(left(end));
        } catch (RegistryUnavailableException e) {
            throw e.beforeSending();
        }
    }

    private Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - clock.nanos()));
    }

    private HttpAnswer answer(HttpAnswer.Context context, Call call, Optional<String> header, long lastEnd) {
        HttpRequest request = request(context.base(), call, header);
        // One wait, whether it needs one connection or two.
        long now = clock.nanos();
        long end = now + Math.min(config.readTimeout().toNanos(), lastEnd - now);
        try {
            return send(context, request, end);
        } catch (IOException e) {
            if (Failures.beforeSending(e) || call.repetition() == Repetition.IF_UNSENT) {
                throw Failures.unavailable(context, config, e);
            }
        }
        // A kept-alive connection may have died since the last call: one more try, on a new one.
        try {
            return send(context, request, end);
        } catch (IOException e) {
            throw Failures.unavailable(context, config, e);
        }
    }

    private HttpRequest request(String base, Call call, Optional<String> authorizationHeader) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.path()))
                .header("Accept", CONTENT_TYPE + ", application/json");
        if (call.body() == null) {
            request.method(call.verb(), BodyPublishers.noBody());
        } else {
            request.method(call.verb(), BodyPublishers.ofString(call.body(), StandardCharsets.UTF_8))
                    .header("Content-Type", CONTENT_TYPE);
        }
        authorizationHeader.ifPresent(header -> request.header("Authorization", header));
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
