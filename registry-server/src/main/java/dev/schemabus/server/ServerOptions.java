package dev.schemabus.server;

/**
 * How a server serves.
 *
 * @param host the address to listen on
 * @param port 1 to 65535, or 0 for any free one
 * @param readOnly whether every write is refused
 * @param maxRequestBytes the largest request body, in bytes
 */
record ServerOptions(String host, int port, boolean readOnly, int maxRequestBytes) {

    /** @throws IllegalArgumentException if a value can't be; the message says what can */
    ServerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is none: choose 1 to 65535, or 0 for any free one");
        }
        if (maxRequestBytes < 1) {
            throw new IllegalArgumentException(
                    "A request of at most " + maxRequestBytes + " bytes can't hold a schema: choose 1 or more");
        }
    }

    static ServerOptions of(String host, int port) {
        return new ServerOptions(host, port, false, HttpRoutes.MAX_REQUEST_BYTES);
    }
}
