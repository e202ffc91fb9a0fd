package dev.schemabus.registry;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens by the client credentials grant (RFC 6749, section 4.4): kept until shortly before they expire, then renewed
 * while the old one still serves. However many threads want one, at most one request is under way.
 */
final class OAuthTokens implements Authorization {

    private static final Logger LOG = LoggerFactory.getLogger(OAuthTokens.class);

    /** How long the server isn't asked again after a renewal that failed, or for a token that is refused. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final Credentials.ClientCredentials credentials;
    private final HttpClient client;
    private final RegistryConfig config;
    private final LongSupplier clock;
    private final HttpRequest request;

    private final Object lock = new Object();
    private volatile @Nullable Token current;
    private @Nullable CompletableFuture<Token> underway;

    /** Why no token was given last, if asking again at once would be answered the same way. */
    private @Nullable Throwable refusal;

    private long refusedAt;

    /** Times of the {@link #clock}. */
    record Token(String value, long askedAt, long renewAt, long expiresAt) {
        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    OAuthTokens(
            Credentials.ClientCredentials credentials, HttpClient client, RegistryConfig config, LongSupplier clock) {
        this.credentials = credentials;
        this.client = client;
        this.config = config;
        this.clock = clock;
        this.request = request(credentials);
    }

    private static HttpRequest request(Credentials.ClientCredentials credentials) {
        String form = "grant_type=client_credentials"
                + credentials.scope().map(scope -> "&scope=" + encode(scope)).orElse("");
        byte[] client = (encode(credentials.clientId()) + ":" + encode(credentials.clientSecret()))
                .getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(credentials.tokenEndpoint())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(client))
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    /** RFC 6749, section 2.3.1 and appendix B. A tilde stays as it is, for servers that don't decode. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%7E", "~");
    }

    @Override
    public Optional<String> header(Duration limit) {
        Token token = current;
        long now = clock.getAsLong();
        if (token == null || now - token.expiresAt >= 0) {
            token = await(ask(), limit);
        } else if (now - token.renewAt >= 0) {
            CompletableFuture<Token> unused = ask();
        }
        return Optional.of(Authorization.bearer(token.value));
    }

    /** For tests: when the request under way, or one that starts now because it is time, has been dealt with. */
    CompletableFuture<?> renewed() {
        return ask().handle((got, failure) -> got);
    }

    /** It may have been revoked. One that is new would only be replaced by its like, again and again. */
    @Override
    public boolean refused(String header) {
        synchronized (lock) {
            Token token = current;
            if (token == null || !Authorization.bearer(token.value).equals(header)) {
                // Somebody else was refused, too, and has asked for another.
                return true;
            }
            if (clock.getAsLong() - token.askedAt < PAUSE) {
                return false;
            }
            current = null;
            return true;
        }
    }

    /** The request under way, or a new one. */
    private CompletableFuture<Token> ask() {
        synchronized (lock) {
            if (underway != null) {
                return underway;
            }
            Token token = current;
            long asked = clock.getAsLong();
            if (token != null && asked - token.renewAt < 0) {
                return CompletableFuture.completedFuture(token);
            }
            if (refusal != null && asked - refusedAt < PAUSE) {
                return CompletableFuture.failedFuture(refusal);
            }
            CompletableFuture<HttpResponse<byte[]>> exchange =
                    client.sendAsync(request, info -> new CappedBody(TokenAnswer.MAX_BYTES));
            CompletableFuture<Token> started =
                    exchange.thenApply(response -> token(new TokenAnswer(credentials, response), asked));
            CompletableFuture<Token> settled = started.orTimeout(
                            config.readTimeout().toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((got, failure) -> {
                        // Cancelling closes the connection, also under a body that comes drop by drop.
                        exchange.cancel(true);
                        settle(got, failure);
                    });
            if (!settled.isDone()) {
                underway = settled;
            }
            return settled;
        }
    }

    private Token token(TokenAnswer answer, long asked) {
        long lifetime = answer.lifetime().toNanos();
        // Tokens that live shorter than the buffer are renewed half way.
        long renewAt = Math.max(lifetime - credentials.refreshBefore().toNanos(), lifetime / 2);
        return new Token(answer.token(), asked, asked + renewAt, asked + lifetime);
    }

    private void settle(@Nullable Token got, @Nullable Throwable failure) {
        synchronized (lock) {
            underway = null;
            Token old = current;
            long now = clock.getAsLong();
            refusal = failure != null && !(failureOf(failure) instanceof RegistryUnavailableException)
                    ? cause(failure)
                    : null;
            refusedAt = now;
            if (got != null) {
                current = got;
            } else if (old != null && now - old.expiresAt < 0) {
                current = new Token(old.value, old.askedAt, Math.min(now + PAUSE, old.expiresAt), old.expiresAt);
                LOG.warn(
                        "The token for the registry could not be renewed, the old one is good for another {} s. {}",
                        TimeUnit.NANOSECONDS.toSeconds(old.expiresAt - now),
                        failureOf(failure).getMessage());
            }
        }
    }

    private RegistryException failureOf(@Nullable Throwable failure) {
        return TokenAnswer.failure(credentials, failure, config);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    private Token await(CompletableFuture<Token> token, Duration limit) {
        try {
            return token.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw TokenAnswer.late(credentials, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(
                    0, "Interrupted while waiting for a token from " + credentials.shownEndpoint(), e);
        } catch (ExecutionException e) {
            throw TokenAnswer.failure(credentials, e.getCause() == null ? e : e.getCause(), config);
        }
    }
}
