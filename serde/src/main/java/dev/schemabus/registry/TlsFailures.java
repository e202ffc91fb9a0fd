package dev.schemabus.registry;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Words for TLS that failed: whose fault it is, and what to do. */
final class TlsFailures {

    /** The JDK's words for an answer that isn't TLS, with a capital or without. */
    private static final String NO_TLS = "nrecognized SSL message";

    private static final Pattern ALERT = Pattern.compile("(?i)fatal alert: ([a-z_]+)");

    /** What servers answer to a client certificate that they don't like, or that is missing (RFC 8446, section 6.2). */
    private static final Set<String> ABOUT_OUR_CERTIFICATE = Set.of(
            "access_denied",
            "bad_certificate",
            "certificate_expired",
            "certificate_required",
            "certificate_revoked",
            "certificate_unknown",
            "handshake_failure",
            "no_certificate",
            "unknown_ca",
            "unsupported_certificate");

    private TlsFailures() {}

    /** Why there was no answer, and what to do. */
    static String reason(Failures.Peer peer, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            if (cause instanceof ServerTrust.UntrustedException) {
                return said;
            }
            if (said.contains(NO_TLS)) {
                return "it doesn't speak TLS there. Write http instead of https into " + peer.setting();
            }
            Optional<String> alert = alert(said);
            if (alert.isPresent()) {
                return ofAlert(alert.get(), peer.hasCertificate());
            }
        }
        return "TLS failed: " + e.getMessage() + ". Check that " + peer.setting()
                + " is an https one, and schema.registry.ssl.*";
    }

    /** Whether one side doesn't take the other's certificate, or speaks no TLS: so it is until somebody changes it. */
    static boolean areForGood(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
            String said = String.valueOf(cause.getMessage());
            if (cause instanceof SSLException
                    && (said.contains(NO_TLS)
                            || alert(said)
                                    .filter(ABOUT_OUR_CERTIFICATE::contains)
                                    .isPresent())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> alert(String message) {
        Matcher alert = ALERT.matcher(message);
        return alert.find() ? Optional.of(alert.group(1)) : Optional.empty();
    }

    private static String ofAlert(String alert, boolean hasCertificate) {
        String answers = "it ends the TLS handshake (" + alert + "): ";
        if (alert.equals("protocol_version") || alert.equals("insufficient_security")) {
            return answers
                    + "it speaks no version of TLS, or no cipher suite, that is enabled here. Versions before 1.2"
                    + " never are; see schema.registry.ssl.enabled.protocols";
        }
        if (alert.equals("unrecognized_name")) {
            return answers + "it has no certificate for the host name in the URL";
        }
        if (!ABOUT_OUR_CERTIFICATE.contains(alert)) {
            return answers + "its log may say more";
        }
        String or = alert.equals("handshake_failure") ? " Or no version of TLS or cipher suite is common to both" : "";
        return answers
                + (hasCertificate
                        ? "it doesn't accept the client certificate of schema.registry.ssl.keystore.location. Is it"
                                + " valid, and issued by an authority that it trusts?"
                        : "it wants a client certificate. Set schema.registry.ssl.keystore.location to the key store"
                                + " that holds yours.")
                + or;
    }
}
