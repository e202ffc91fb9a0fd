package dev.schemabus.bus.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A network between clients and one server, that can be made bad. Its port is open all the time, also while the server is
 * down; then connections are accepted and closed.
 */
final class TcpProxy implements Closeable {

    /** What happens to bytes on their way. */
    enum Mode {
        PASS,
        /** Connections stand, and nothing moves: a cable pulled out behind a switch. */
        STALL,
        /** Requests get through, answers don't. */
        SWALLOW_RESPONSES,
        /** One byte a second. */
        TRICKLE
    }

    private static final long LOOK_AROUND = Duration.ofMillis(2).toNanos();

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private volatile Mode mode = Mode.PASS;
    private volatile long delayNanos;
    private volatile boolean closed;

    /** @param target a port of this machine */
    TcpProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("proxy-" + port(), this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on; also for connections that stand. */
    void mode(Mode now) {
        mode = now;
    }

    /** Every piece of data arrives so much later, in both directions. */
    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Ends all connections; new ones may be made. */
    void cut() {
        sockets.forEach(TcpProxy::end);
    }

    /** Lets requests through for a while, drops their answers, then cuts: what was written is not known to be. */
    void loseAnswers(Duration time) {
        mode = Mode.SWALLOW_RESPONSES;
        pause(System.nanoTime() + time.toNanos());
        cut();
        mode = Mode.PASS;
    }

    /** How many connections were made so far. */
    long accepted() {
        return accepted.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                Socket upstream = new Socket();
                sockets.add(client);
                sockets.add(upstream);
                daemon("proxy-" + port() + "-requests", () -> connectAndPump(client, upstream));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connectAndPump(Socket client, Socket upstream) {
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
        } catch (IOException e) {
            endBoth(client, upstream);
            return;
        }
        daemon("proxy-" + port() + "-answers", () -> pump(upstream, client, true));
        pump(client, upstream, false);
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                pass(buffer, count, out, from, answers);
            }
        } catch (IOException e) {
            // One side is gone: so is the other.
        } finally {
            endBoth(from, to);
        }
    }

    private void pass(byte[] buffer, int count, OutputStream out, Socket from, boolean answers) throws IOException {
        if (delayNanos > 0) {
            pause(System.nanoTime() + delayNanos);
        }
        for (int next = 0; next < count; ) {
            switch (mode) {
                case PASS -> {
                    out.write(buffer, next, count - next);
                    next = count;
                }
                case SWALLOW_RESPONSES -> {
                    if (!answers) {
                        out.write(buffer, next, count - next);
                    }
                    next = count;
                }
                case TRICKLE -> {
                    out.write(buffer, next++, 1);
                    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                    while (mode == Mode.TRICKLE && System.nanoTime() - end < 0 && !from.isClosed()) {
                        LockSupport.parkNanos(LOOK_AROUND);
                    }
                }
                case STALL -> {
                    LockSupport.parkNanos(LOOK_AROUND);
                    if (from.isClosed()) {
                        throw new IOException("cut");
                    }
                }
            }
        }
    }

    private void endBoth(Socket one, Socket other) {
        end(one);
        end(other);
        sockets.remove(one);
        sockets.remove(other);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
