package dev.schemabus.registry;

import java.time.Duration;
import java.util.Optional;

/** The registry can't be reached, doesn't answer in time, or fails: try again later. */
public final class RegistryUnavailableException extends RegistryException {

    private static final long serialVersionUID = 1L;

    /** 0 for none. */
    private final long retryAfterMillis;

    private boolean unsent;

    public RegistryUnavailableException(int code, String message) {
        super(code, message);
        this.retryAfterMillis = 0;
    }

    /** @param retryAfter how long to wait; nothing if nobody said so */
    RegistryUnavailableException(int code, String message, Duration retryAfter) {
        super(code, message);
        this.retryAfterMillis = retryAfter.toMillis();
    }

    public RegistryUnavailableException(int code, String message, Throwable cause) {
        super(code, message, cause);
        this.retryAfterMillis = cause instanceof RegistryUnavailableException because ? because.retryAfterMillis : 0;
    }

    /** The same, said of a call that ended before it was sent. */
    RegistryUnavailableException beforeSending() {
        unsent = true;
        return this;
    }

    /** Whether no registry has received the call, for a reason that the cause doesn't tell. */
    boolean isUnsent() {
        return unsent;
    }

    /**
     * How long to wait before trying again, to the millisecond: what the registry asked for ({@code Retry-After}), or the time
     * for which it isn't asked because it failed repeatedly. Empty if there is nothing to go by.
     */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(retryAfterMillis));
    }
}
