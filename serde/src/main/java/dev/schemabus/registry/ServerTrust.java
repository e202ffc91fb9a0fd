package dev.schemabus.registry;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly whom another trust manager trusts, host name included, and says in words of ours why somebody isn't
 * trusted: the JDK's say "unable to find valid certification path to requested target".
 */
final class ServerTrust extends X509ExtendedTrustManager {

    /** As much of a name as a message shows; whoever answered has chosen it. */
    private static final int LONGEST_NAME = 200;

    private final X509ExtendedTrustManager trust;

    ServerTrust(X509ExtendedTrustManager trust) {
        this.trust = trust;
    }

    /** Why a server isn't trusted; the message begins with "its certificate". */
    static final class UntrustedException extends CertificateException {
        private static final long serialVersionUID = 1L;

        UntrustedException(String message, CertificateException cause) {
            super(message, cause);
        }
    }

    private interface Check {
        void run() throws CertificateException;
    }

    private static void explained(X509Certificate[] chain, String host, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw new UntrustedException(words(chain, host, e), e);
        }
    }

    private static String words(X509Certificate[] chain, String host, CertificateException e) {
        if (chain == null || chain.length == 0) {
            return "its certificate is missing";
        }
        X509Certificate leaf = chain[0];
        if (causedBy(e, CertificateExpiredException.class)) {
            return "its certificate or the one that issued it has expired (" + outOfDate(chain)
                    + "): it needs a new one. Or is this machine's clock wrong?";
        }
        if (causedBy(e, CertificateNotYetValidException.class)) {
            return "its certificate isn't valid yet (" + outOfDate(chain) + "): is a clock wrong?";
        }
        if (causedBy(e, CertPathBuilderException.class)) {
            return leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
                    ? "its certificate (" + subject(leaf)
                            + ") is self-signed and isn't among those that are trusted: if it"
                            + " is the right one, put it into the trust store of schema.registry.ssl.truststore.location"
                    : "its certificate (" + subject(leaf) + ") was issued by an authority that isn't trusted ("
                            + clean(leaf.getIssuerX500Principal().getName()) + "): put the authority's certificate into"
                            + " the trust store of schema.registry.ssl.truststore.location";
        }
        String said = String.valueOf(e.getMessage());
        if (said.startsWith("No subject alternative") || said.startsWith("No name matching")) {
            return "its certificate is for " + names(leaf) + ", not for " + clean(host) + ": write one of those names"
                    + " into the URL, or give the server a certificate with that name";
        }
        return "its certificate (" + subject(leaf) + ") can't be trusted: " + clean(said);
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String outOfDate(X509Certificate[] chain) {
        Instant now = Instant.now();
        for (X509Certificate certificate : chain) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant to = certificate.getNotAfter().toInstant();
            if (now.isBefore(from) || now.isAfter(to)) {
                return subject(certificate) + ", valid from " + from + " to " + to;
            }
        }
        return subject(chain[0]);
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (name.get(1) instanceof String text) {
                    names.add(clean(text));
                }
            }
        } catch (CertificateParsingException e) {
            names.clear();
        }
        return names.isEmpty() ? List.of(subject(certificate)) : names;
    }

    private static String subject(X509Certificate certificate) {
        return clean(certificate.getSubjectX500Principal().getName());
    }

    private static String clean(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ");
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "…";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        explained(chain, String.valueOf(engine.getPeerHost()), () -> trust.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        explained(
                chain,
                String.valueOf(socket.getInetAddress()),
                () -> trust.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        explained(chain, "this host", () -> trust.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
