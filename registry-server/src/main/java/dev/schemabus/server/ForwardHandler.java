package dev.schemabus.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends what would change anything to the node that leads, and answers with its answer, once this node knows as much as
 * the leader did. Everything else is answered here. While there is no leader a request waits for one, up to a limit, as
 * long as it is sure that nothing has been done yet.
 */
final class ForwardHandler extends Handler.Wrapper {

    /**
     * On a request that comes from another node: the term of the leader that it is for. It isn't sent on a second time,
     * and a later term doesn't answer it: it may have been sent anew meanwhile, and something else have come after it.
     */
    static final String FORWARDED = "Schemabus-Forwarded";

    /** On the leader's answer: the position of its log. */
    static final String POSITION = "Schemabus-Log-Position";

    static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** So that writes that wait for a leader leave threads to those who read. */
    static final int MOST_AT_A_TIME = 32;

    /** Of one connection each, or the client's to set. */
    private static final Set<String> NOT_SENT_ON = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final ClusterLog log;
    private final int maxRequestBytes;
    private final Duration limit;
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);
    private final HttpClient http;

    /** Whether nothing goes to another node unencrypted: among it would be passwords. */
    private final boolean secure;

    /**
     * Puts itself before what answers here.
     *
     * @param tls how the other nodes are reached, if they speak TLS
     * @param maxRequestBytes the largest request body
     * @param limit the longest that a request waits for a leader, its whole answer, and this node's log to hold what it says
     */
    ForwardHandler(ClusterLog log, Optional<SSLContext> tls, int maxRequestBytes, Duration limit, Handler here) {
        super(here);
        this.log = log;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(client::sslContext);
        this.secure = tls.isPresent();
        this.http = client.build();
        this.maxRequestBytes = maxRequestBytes;
        this.limit = limit;
    }

    /** It waits for the leader, whatever the handler behind it does: never on a thread that brings what it waits for. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isWrite(request)) {
            return super.handle(request, response, callback);
        }
        String forwarded = request.getHeaders().get(FORWARDED);
        if (forwarded != null) {
            if (log.mayWrite() && forwarded.equals(Long.toString(log.term()))) {
                return super.handle(request, new Positioned(request, response), callback);
            }
            return refuse(response, callback, 50004, "This node doesn't lead the registry: nothing was changed");
        }
        if (log.mayWrite()) {
            return super.handle(request, response, callback);
        }
        if (!places.tryAcquire()) {
            return refuse(
                    response,
                    callback,
                    50003,
                    "Nothing was changed, since " + MOST_AT_A_TIME
                            + " writes wait for the registry's leader already: try again later");
        }
        try {
            return forward(request, response, callback);
        } finally {
            places.release();
        }
    }

    /** Whether a request may change anything. Those that only look, though they have a body, are POSTs too. */
    static boolean isWrite(String method, String path) {
        if (method.equals("PUT") || method.equals("DELETE")) {
            return true;
        }
        List<String> segments;
        try {
            segments = Route.decoded(path);
        } catch (IllegalArgumentException e) {
            // What answers here says so, and changes nothing.
            return false;
        }
        if (segments.size() > 2 && segments.get(0).equals("contexts")) {
            segments = segments.subList(2, segments.size());
        }
        return method.equals("POST")
                && segments.size() == 3
                && segments.get(0).equals("subjects")
                && segments.get(2).equals("versions");
    }

    private static boolean isWrite(Request request) {
        String path = request.getHttpURI().getPath();
        return isWrite(request.getMethod(), path == null ? "/" : path);
    }

    private boolean forward(Request request, Response response, Callback callback) throws Exception {
        try {
            target(URI.create("http://leader"), request);
        } catch (IllegalArgumentException e) {
            // An escape that is none, of a PUT or in the query: what answers here says so.
            return super.handle(request, response, callback);
        }
        byte[] body;
        try (InputStream in = Content.Source.asInputStream(request)) {
            // One more than is allowed, so that the leader refuses what is too long.
            body = in.readNBytes(maxRequestBytes + 1);
        }
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = log.leadership();
            if (log.mayWrite()) {
                return super.handle(new WholeBodyHandler.Whole(request, body), response, callback);
            }
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                return refuse(
                        response,
                        callback,
                        50004,
                        "No node led the registry for " + limit.toSeconds() + " s, and nothing was changed: see whether"
                                + " Kafka answers the nodes");
            }
            long term = log.term();
            Optional<URI> leader = log.leader();
            if (leader.isPresent()) {
                if (secure && !isSecure(leader.get())) {
                    return refuse(
                            response,
                            callback,
                            50004,
                            "Nothing was changed: the leader gives its URL as " + leader.get() + ", and this node sends"
                                    + " requests on by https only. Correct that node's --advertised-url, or start it"
                                    + " with TLS");
                }
                try {
                    HttpResponse<byte[]> answer = send(leader.get(), term, request, body, left);
                    if (!leadsNoMore(answer)) {
                        return pass(answer, deadline, response, callback);
                    }
                } catch (ConnectException | HttpConnectTimeoutException e) {
                    // It never got the request: the next leader will.
                } catch (IOException e) {
                    if (e instanceof HttpTimeoutException || !isRepeatable(request)) {
                        return refuse(
                                response,
                                callback,
                                50003,
                                "The registry's leader at " + leader.get() + " didn't answer, so the request may or may"
                                        + " not count: ask what is registered, or send it again (" + e.getMessage()
                                        + ")");
                    }
                }
            }
            log.awaitLeadershipAfter(seen, left.compareTo(PAUSE) < 0 ? left : PAUSE);
        }
    }

    private static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** Whether it comes to the same if the leader, gone amid its answer, had done it already. */
    private static boolean isRepeatable(Request request) {
        return !request.getMethod().equals("DELETE");
    }

    private HttpResponse<byte[]> send(URI leader, long term, Request request, byte[] body, Duration left)
            throws IOException, InterruptedException {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(target(leader, request))
                .timeout(left)
                .method(request.getMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader(FORWARDED, Long.toString(term));
        for (HttpField field : request.getHeaders()) {
            if (!NOT_SENT_ON.contains(field.getName().toLowerCase(Locale.ROOT))) {
                forwarded.header(field.getName(), field.getValue());
            }
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
        long end = System.nanoTime() + left.toNanos();
        while (true) {
            try {
                return answer.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (log.term() != term) {
                    answer.cancel(true);
                    throw new IOException("it leads no more", e);
                }
                // The client's own limit ends with the head of the answer.
                if (System.nanoTime() - end >= 0) {
                    answer.cancel(true);
                    throw new HttpTimeoutException("no whole answer within " + left.toMillis() + " ms");
                }
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw e;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException io) {
                    throw io;
                }
                throw new IOException(e.getCause());
            }
        }
    }

    private static URI target(URI leader, Request request) {
        String base = leader.toString().replaceAll("/+$", "");
        return URI.create(base + encoded(request.getHttpURI().getPathQuery()));
    }

    /** A path and query as a URI may hold them: what clients leave unencoded is encoded, escapes stay as they are. */
    static String encoded(String pathQuery) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : pathQuery.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xFF);
            if (c > ' ' && c < 0x7F && "\"<>[\\]^`{|}#".indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
            }
        }
        return encoded.toString();
    }

    /** It leads no more, so it did nothing. */
    private static boolean leadsNoMore(HttpResponse<byte[]> answer) {
        try {
            return answer.statusCode() == 500
                    && Json.MAPPER.readTree(answer.body()).path("error_code").asInt() == 50004;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean pass(HttpResponse<byte[]> answer, long deadline, Response response, Callback callback) {
        long position = answer.headers().firstValueAsLong(POSITION).orElse(0);
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        // The write counts: a moment is worth it, also if the leader took all the time.
        boolean caughtUp = log.awaitPosition(position, left.compareTo(PAUSE) < 0 ? PAUSE : left);
        if (!caughtUp) {
            return refuse(
                    response,
                    callback,
                    50002,
                    "The leader answered " + answer.statusCode() + ", but this node hasn't read the log up to "
                            + position + " within the " + limit.toSeconds()
                            + " s of a request: what was written counts");
        }
        response.setStatus(answer.statusCode());
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NOT_SENT_ON.contains(lower) && !lower.equals("date") && !name.equalsIgnoreCase(POSITION)) {
                response.getHeaders().put(name, values);
            }
        });
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    private static boolean refuse(Response response, Callback callback, int code, String message) {
        response.setStatus(500);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpRoutes.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(Json.error(code, message).getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    /** An answer that says how far the log is when it begins. */
    private final class Positioned extends Response.Wrapper {

        Positioned(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (!isCommitted()) {
                getHeaders().put(POSITION, log.position());
            }
            super.write(last, content, callback);
        }
    }
}
