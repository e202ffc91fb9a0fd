package dev.schemabus.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Words for calls that got no answer: which URL, why, and what to do. */
final class Failures {

    private Failures() {}

    /** Whether nothing can have been sent, so that trying the same URL again would only fail the same way. */
    static boolean beforeSending(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException || e instanceof SSLException;
    }

    /**
     * Whether no registry can have received the call, because no connection to any of its URLs was made, or there was no
     * token to send with it.
     */
    static boolean unsent(RegistryUnavailableException e) {
        return ofEachUrl(
                e,
                one -> one.isUnsent()
                        || one.getCause() instanceof ConnectException
                        || one.getCause() instanceof HttpConnectTimeoutException
                        || one.getCause() instanceof SSLHandshakeException);
    }

    /** Whether it will fail the same way for as long as nobody changes a certificate or a setting. */
    static boolean forGood(RegistryUnavailableException e) {
        return ofEachUrl(e, TlsFailures::areForGood);
    }

    private static boolean ofEachUrl(
            RegistryUnavailableException e, Predicate<RegistryUnavailableException> condition) {
        if (e.getSuppressed().length == 0) {
            return condition.test(e);
        }
        return Stream.of(e.getSuppressed())
                .allMatch(each -> each instanceof RegistryUnavailableException one && condition.test(one));
    }

    static RegistryUnavailableException unavailable(HttpAnswer.Context context, RegistryConfig config, IOException e) {
        Peer registry = new Peer(context.base(), "registry", "schema.registry.url", hasCertificate(config));
        return new RegistryUnavailableException(
                0, "Can't reach " + context.base() + " to " + context.purpose() + ": " + reason(registry, e), e);
    }

    /**
     * Whom we wanted an answer from.
     *
     * @param name what it is, in words
     * @param setting where the URL comes from
     * @param hasCertificate whether there is a client certificate to show to it
     */
    record Peer(String base, String name, String setting, boolean hasCertificate) {}

    static boolean hasCertificate(RegistryConfig config) {
        return config.security().tls().own().isPresent();
    }

    /** Why there was no answer, and what to do. */
    static String reason(Peer peer, IOException e) {
        String setting = peer.setting();
        if (causedBy(e, UnresolvedAddressException.class)) {
            return "unknown host. Check " + setting;
        }
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time. Is the " + peer.name() + " running, and is a firewall in between? Check "
                    + setting;
        }
        if (e instanceof ConnectException) {
            return "connection refused. Is the " + peer.name() + " running? Check " + setting;
        }
        if (e instanceof SSLException || causedBy(e, SSLException.class)) {
            return TlsFailures.reason(peer, e);
        }
        if (peer.base().startsWith("https:")) {
            return "the connection broke (" + e.getMessage() + "). "
                    + (peer.hasCertificate()
                            ? "Does it accept the certificate of schema.registry.ssl.keystore.location? Otherwise try"
                                    + " again later"
                            : "Does it want a client certificate (schema.registry.ssl.keystore.location)? Otherwise try"
                                    + " again later");
        }
        return "the connection broke (" + e.getMessage() + "). Does " + peer.base()
                + " speak HTTP? If it speaks TLS there, write https into " + setting + ". Otherwise try again later";
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    static RegistryUnavailableException noAnswer(HttpAnswer.Context context, Duration waited) {
        return new RegistryUnavailableException(
                0,
                "No answer from " + context.base() + " within " + text(waited.plusNanos(999_999)) + " to "
                        + context.purpose() + ". Is the registry overloaded"
                        + (context.base().startsWith("https:") ? ", or does it speak no TLS there?" : "?")
                        + " Try again later, or raise http.read.timeout.ms");
    }

    static RegistryUnavailableException interrupted(String purpose, String where, InterruptedException e) {
        return new RegistryUnavailableException(0, "Interrupted while waiting for " + where + " to " + purpose, e);
    }

    /** The answer itself is what can't be taken. */
    static NotARegistryException broken(HttpAnswer.Context context, Throwable e) {
        return new NotARegistryException(
                0,
                "What " + context.base() + " sent to " + context.purpose() + " can't be read: " + e.getMessage()
                        + ". Is it a schema registry? Check schema.registry.url",
                e);
    }

    /** A duration in the milliseconds of Kafka's keys. */
    static String text(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
