package dev.schemabus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port of 127.0.0.1 that stays ours while nobody listens on it: a connection to it is refused, and the system
 * gives it to no other process. So a broker can be down for a while and come back under the same address.
 */
final class HeldPort implements AutoCloseable {

    private final InetSocketAddress address;
    private @Nullable SocketChannel holder;

    private HeldPort(InetSocketAddress address, @Nullable SocketChannel holder) {
        this.address = address;
        this.holder = holder;
    }

    /** Takes a port that is free now. */
    static HeldPort free() {
        try {
            SocketChannel holder = bind(loopback(0));
            return new HeldPort((InetSocketAddress) holder.getLocalAddress(), holder);
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on 127.0.0.1", e);
        }
    }

    /** The port that another process holds and {@link #lend}s to this one. */
    static HeldPort lent(int number) {
        return new HeldPort(loopback(number), null);
    }

    int number() {
        return address.getPort();
    }

    /** {@code 127.0.0.1:port}. */
    String hostAndPort() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /**
     * Listens on the port.
     *
     * @param backlog connections that may wait to be accepted; 0 or less for the system's default
     * @throws BindException if another process has the port
     */
    synchronized ServerSocketChannel listen(int backlog) throws IOException {
        try {
            return tryToListen(backlog);
        } catch (BindException e) {
            // Linux lets us listen while we hold; other systems want the port released first.
            close();
            return tryToListen(backlog);
        }
    }

    /** Lets another process listen on the port. After that has ended, {@link #hold} makes sure that the port is ours. */
    synchronized void lend() throws IOException {
        try {
            bind(address).close();
        } catch (BindException e) {
            // Linux lets another process listen while we hold; other systems want the port released first.
            close();
        }
    }

    /** Holds the port again after listening ended. Without effect where it is still held. */
    synchronized void hold() throws IOException {
        if (holder == null) {
            holder = bind(address);
        }
    }

    /** Gives the port back to the system. */
    @Override
    public synchronized void close() {
        if (holder != null) {
            try {
                holder.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot release port " + number(), e);
            }
            holder = null;
        }
    }

    private static InetSocketAddress loopback(int number) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), number);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of four bytes is always known", e);
        }
    }

    private ServerSocketChannel tryToListen(int backlog) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        try {
            return listening.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address, backlog);
        } catch (IOException | RuntimeException e) {
            listening.close();
            throw e;
        }
    }

    // Bound and never connected or listening: that is what makes the system refuse callers.
    private static SocketChannel bind(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            return channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
