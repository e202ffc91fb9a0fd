package dev.schemabus.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * As whom a client asks a registry, and whom it takes for that registry. An immutable value; the {@code with…} methods
 * give changed copies.
 *
 * @param credentials what is sent with each request, to the configured URLs only
 * @param tls whom to trust, and which certificate to show
 * @param credentialsOverHttp whether credentials may be sent to another machine unencrypted
 */
public record RegistrySecurity(Optional<Credentials> credentials, TlsConfig tls, boolean credentialsOverHttp) {

    private static final RegistrySecurity NONE = new RegistrySecurity(Optional.empty(), TlsConfig.standard(), false);

    /** No credentials, and the JVM's own trust store. */
    public static RegistrySecurity none() {
        return NONE;
    }

    /** A copy that authenticates. */
    public RegistrySecurity withCredentials(Credentials newCredentials) {
        return new RegistrySecurity(Optional.of(newCredentials), tls, credentialsOverHttp);
    }

    /** A copy with other certificates. */
    public RegistrySecurity withTls(TlsConfig newTls) {
        return new RegistrySecurity(credentials, newTls, credentialsOverHttp);
    }

    /** A copy that may, or may not, send credentials to another machine unencrypted. */
    public RegistrySecurity withCredentialsOverHttp(boolean allowed) {
        return new RegistrySecurity(credentials, tls, allowed);
    }

    /**
     * Refuses to send a secret where others can read it.
     *
     * @param setting the one that the URL comes from
     * @param viaProxy whether requests go to another machine first, wherever the URL leads
     */
    void requirePrivate(URI url, String setting, boolean viaProxy) {
        boolean stays = !viaProxy && isLoopback(url.getHost());
        if (!credentialsOverHttp && "http".equalsIgnoreCase(url.getScheme()) && !stays) {
            throw new IllegalArgumentException(setting + " has " + RegistryConfig.shown(url.toString())
                    + ", and credentials would be sent there unencrypted: use https, or, if the network is private, set"
                    + " schemabus.registry.credentials.over.http=true");
        }
    }

    /**
     * Whether a host is this machine by its name: to look an address up would trust whoever answers. Names under
     * {@code localhost} are this machine's by RFC 6761, but not every resolver keeps to it.
     */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals("[::1]")
                || name.equals("[0:0:0:0:0:0:0:1]");
    }
}
