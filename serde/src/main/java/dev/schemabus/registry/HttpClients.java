package dev.schemabus.registry;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.stream.Stream;

/** Makes the JDK's HTTP client as a {@link RegistryConfig} says; refuses one that would give secrets away. */
final class HttpClients {

    private HttpClients() {}

    /**
     * A client that follows no redirect, so that nothing goes anywhere but to the configured URLs.
     *
     * @throws IllegalArgumentException if credentials would be sent unencrypted, or certificates can't be read
     */
    static HttpClient of(RegistryConfig config) {
        requirePrivate(config);
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout());
        config.proxy().ifPresent(proxy -> client.proxy(ProxySelector.of(proxy)));
        TlsConfig tls = config.security().tls();
        // To read the JVM's trusted certificates takes a while.
        if (!tls.equals(TlsConfig.standard())
                || urls(config).anyMatch(url -> "https".equalsIgnoreCase(url.getScheme()))) {
            TlsContext context = TlsContext.of(tls);
            client.sslContext(context.context()).sslParameters(context.parameters());
        }
        return client.build();
    }

    private static Stream<URI> urls(RegistryConfig config) {
        return Stream.concat(
                config.urls().stream(),
                config.security().credentials().stream()
                        .filter(Credentials.ClientCredentials.class::isInstance)
                        .map(credentials -> ((Credentials.ClientCredentials) credentials).tokenEndpoint()));
    }

    private static void requirePrivate(RegistryConfig config) {
        RegistrySecurity security = config.security();
        if (security.credentials().isPresent() || config.authorizationHeader().isPresent()) {
            config.urls().forEach(url -> security.requirePrivate(url, "schema.registry.url", isViaProxy(config, url)));
        }
        if (security.credentials().orElse(null) instanceof Credentials.ClientCredentials client) {
            URI url = client.tokenEndpoint();
            security.requirePrivate(url, "bearer.auth.issuer.endpoint.url", isViaProxy(config, url));
        }
    }

    /** Whether requests go to another machine first: to the given proxy, or to one of the JVM's. */
    private static boolean isViaProxy(RegistryConfig config, URI url) {
        ProxySelector ofTheJvm = ProxySelector.getDefault();
        return config.proxy().isPresent()
                || (ofTheJvm != null
                        && ofTheJvm.select(url).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT));
    }
}
