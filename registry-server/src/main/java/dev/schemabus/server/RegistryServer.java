package dev.schemabus.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A schema registry that serves the Confluent-compatible HTTP API, for serializers of any maker. What is registered is
 * kept in memory and ends with the server, or in a topic of Kafka ({@link KafkaStorage}), which several servers may share.
 */
public final class RegistryServer implements AutoCloseable {

    /** Where a server listens unless told otherwise: this machine only. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    private static final int MOST_THREADS = Writes.MOST_AT_A_TIME + ForwardHandler.MOST_AT_A_TIME + 56;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHUTDOWN_IDLE_TIMEOUT = Duration.ofMillis(50);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    private final SubjectStore store;
    private final Optional<ClusterLog> cluster;
    private final String scheme;
    private final Server server;
    private final ServerConnector connector;

    private RegistryServer(ServerOptions options, ServerSecurity security, SubjectStore store) {
        this.store = store;
        this.scheme = security.scheme();
        // A node that only reads neither leads nor sends writes to who does.
        cluster = store.log() instanceof ClusterLog log && !options.readOnly() ? Optional.of(log) : Optional.empty();
        // More than wait at most, here and for a leader elsewhere: the others answer what only reads.
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
        threads.setName("schemabus-registry");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1, security.connections(configuration()));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        // While stopping: how long a kept-alive connection without a request may hold things up.
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_TIMEOUT.toMillis());
        server.addConnector(connector);
        Handler routes = new HttpRoutes(store, options);
        Handler answering = cluster.<Handler>map(log -> new ForwardHandler(
                        log, security.toOtherNodes(), options.maxRequestBytes(), ForwardHandler.LIMIT, routes))
                .orElse(routes);
        // Whoever may not write here gets nothing read and nothing sent on; the leader asks again who it is.
        server.setHandler(
                new GracefulHandler(security.guarding(new WholeBodyHandler(options.maxRequestBytes(), answering))));
        server.setErrorHandler(RegistryServer::writeError);
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        // A subject may hold slashes, dots, anything: paths are taken apart and decoded here, and touch no file.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    /** What the HTTP layer itself refuses is answered in the protocol's form too. */
    private static boolean writeError(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpRoutes.CONTENT_TYPE);
        Object detail = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String message = HttpStatus.getMessage(status) + (detail == null ? "" : ": " + detail);
        Content.Sink.write(response, true, Json.error(status, message), callback);
        return true;
    }

    /**
     * Starts an empty registry on {@value #DEFAULT_HOST}.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @throws UncheckedIOException if the port can't be had; the message says what to do
     */
    public static RegistryServer start(int port) {
        return start(DEFAULT_HOST, port);
    }

    /**
     * Starts an empty registry.
     *
     * @param host the address to listen on; {@code 0.0.0.0} for all of this machine's
     * @param port 1 to 65535, or 0 for any free one
     * @throws UncheckedIOException if the address can't be had; the message says what to do
     */
    public static RegistryServer start(String host, int port) {
        return start(host, port, ServerSecurity.none());
    }

    /**
     * Starts an empty registry for those who may use it.
     *
     * @param host the address to listen on; {@code 0.0.0.0} for all of this machine's
     * @param port 1 to 65535, or 0 for any free one
     * @throws UncheckedIOException if the address can't be had, or a file not be read; the message says what to do
     * @throws IllegalArgumentException if a file isn't what it should be
     */
    public static RegistryServer start(String host, int port, ServerSecurity security) {
        return start(ServerOptions.of(host, port), security, new MemoryChangeLog());
    }

    /**
     * Starts a node of a durable registry: it holds what its topic holds, and serves when it has read that. It may take
     * some seconds more until the nodes have chosen a leader; a write waits for it.
     *
     * @param host the address to listen on; {@code 0.0.0.0} for all of this machine's
     * @param port 1 to 65535, or 0 for any free one
     * @throws UncheckedIOException if the address can't be had; the message says what to do
     * @throws IllegalArgumentException for client properties that can't be
     * @throws IllegalStateException if the topic would lose schemas as it is; the message says what to change
     * @throws dev.schemabus.registry.RegistryUnavailableException if Kafka doesn't answer
     */
    public static RegistryServer start(String host, int port, KafkaStorage storage) {
        return start(host, port, ServerSecurity.none(), storage);
    }

    /**
     * Starts a node of a durable registry for those who may use it: as {@link #start(String, int, KafkaStorage)}. All nodes
     * need the same users. With TLS, a node trusts those that have a certificate of its own authority, or of one that the JVM
     * trusts.
     *
     * @throws UncheckedIOException if the address can't be had, or a file not be read; the message says what to do
     * @throws IllegalArgumentException for client properties that can't be, or if a file isn't what it should be
     */
    public static RegistryServer start(String host, int port, ServerSecurity security, KafkaStorage storage) {
        storage.requireUrlOf(security.scheme());
        return start(ServerOptions.of(host, port), security, new KafkaChangeLog(storage));
    }

    /** Starts a registry with what a log holds. The log is closed with the server, and also if the server can't start. */
    static RegistryServer start(ServerOptions options, ChangeLog log) {
        return start(options, ServerSecurity.none(), log);
    }

    /** As {@link #start(ServerOptions, ChangeLog)}, for those who may use it. */
    static RegistryServer start(ServerOptions options, ServerSecurity security, ChangeLog log) {
        try {
            RegistryServer started = new RegistryServer(options, security, new SubjectStore(log, options.readOnly()));
            started.resume();
            return started;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** Where it answers, as a client on this machine writes it, such as {@code http://127.0.0.1:8081}. */
    public String url() {
        String host = connector.getHost();
        if (host.equals("0.0.0.0")) {
            host = DEFAULT_HOST;
        } else if (host.equals("::")) {
            host = "::1";
        }
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getPort();
    }

    /**
     * Gives the port free, after the answers under way are finished, and keeps what is registered: to clients, an
     * outage. Doing it twice is fine.
     */
    public void suspend() {
        // First, so that the other nodes have a leader again while this one finishes its answers.
        cluster.ifPresent(ClusterLog::withdraw);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The registry at " + url() + " did not stop cleanly: " + e.getMessage(), e);
        }
    }

    /**
     * Serves again, on the same port.
     *
     * @throws UncheckedIOException if something else has taken the port meanwhile
     */
    public void resume() {
        String address = connector.getHost() + ":" + connector.getPort();
        try {
            server.start();
            connector.setPort(connector.getLocalPort());
            cluster.ifPresent(log -> log.join(URI.create(url())));
        } catch (Exception e) {
            suspend();
            if (e instanceof IOException io) {
                throw new UncheckedIOException("Can't listen on " + address + ": " + remedy(io), io);
            }
            throw new IllegalStateException("The registry can't start on " + address + ": " + e.getMessage(), e);
        }
    }

    private static String remedy(IOException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        if (reason instanceof BindException) {
            return reason.getMessage()
                    + ". Stop what listens there, or choose another address or port (0: any free one)";
        }
        return "no such address. Choose an address of this machine, such as " + DEFAULT_HOST;
    }

    /** Stops serving, after the answers under way are finished, within seconds. Doing it twice is fine. */
    @Override
    public void close() {
        suspend();
        store.close();
    }
}
