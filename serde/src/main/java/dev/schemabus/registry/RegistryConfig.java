package dev.schemabus.registry;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a registry. An immutable value; the {@code with…} methods give changed copies.
 *
 * @param urls one or more base URLs, tried in order
 * @param security as whom to ask, and whom to trust
 * @param proxy the HTTP proxy that every request goes through, by an address that need not be resolved; empty for the
 *     JVM's ({@code https.proxyHost} and the like)
 * @param headers sent with every request
 * @param connectTimeout the longest wait for one connection
 * @param readTimeout the longest wait for one answer
 * @param deadline the longest wait for one operation altogether, over all URLs and attempts, and over the calls that a
 *     schema with references takes
 * @param retries when a call that got no answer is made again
 * @param normalize whether the registry is to compare schemas in their normal form, in which the order of what has no
 *     order doesn't count
 */
public record RegistryConfig(
        List<URI> urls,
        RegistrySecurity security,
        Optional<InetSocketAddress> proxy,
        Map<String, String> headers,
        Duration connectTimeout,
        Duration readTimeout,
        Duration deadline,
        RetryConfig retries,
        boolean normalize) {

    /** The longest wait for one connection, unless said otherwise. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** The longest wait for one answer, unless said otherwise. */
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(2);

    /** The longest wait for one operation altogether, unless said otherwise. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

    /**
     * @throws IllegalArgumentException if there is no URL, a URL lacks a scheme or carries user info, a header can't be
     *     sent, or both a header and credentials say who asks
     */
    public RegistryConfig {
        urls = List.copyOf(urls);
        headers = Map.copyOf(headers);
        headers.forEach(RegistryConfig::requireSendable);
        if (security.credentials().isPresent() && authorizationHeader(headers).isPresent()) {
            throw new IllegalArgumentException("There are both credentials ("
                    + security.credentials().get().setting() + ") and a header Authorization: keep one of them");
        }
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("A registry needs a URL, such as http://localhost:8081");
        }
        for (URI url : urls) {
            if (url.getScheme() == null) {
                throw withoutScheme(url.toString());
            }
            // Not getRawUserInfo: Java finds none in front of a host name with an underscore.
            if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
                throw new IllegalArgumentException("A registry URL must not carry credentials ('"
                        + shown(url.toString()) + "'): give them as basic credentials instead (basic.auth.user.info)");
            }
        }
    }

    /** Asks the HTTP client itself, which would otherwise refuse each request, and quote the value. */
    private static void requireSendable(String name, String value) {
        String what = "";
        try {
            what = "its name is not one that may be set";
            HttpRequest.newBuilder().setHeader(name, "any");
            what = "its value holds a line break or another character that headers don't have (a secret read from a"
                    + " file may end with a line break)";
            HttpRequest.newBuilder().setHeader(name, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The request header '" + name + "' can't be sent: " + what);
        }
    }

    /**
     * The default settings for one URL or several, separated by commas.
     *
     * @throws IllegalArgumentException if a URL can't be read; the message says which
     */
    public static RegistryConfig of(String urls) {
        List<URI> list = new ArrayList<>();
        for (String url : urls.split(",", -1)) {
            if (!url.isBlank()) {
                try {
                    list.add(new URI(url.strip()));
                } catch (URISyntaxException e) {
                    // An address in numbers can't be read as a scheme, as a host name's first part can.
                    if (!url.contains("://")) {
                        throw withoutScheme(url.strip());
                    }
                    // Without the cause, whose message holds the whole text.
                    throw new IllegalArgumentException(
                            "Registry URL '" + shown(url.strip()) + "' is not a URL: " + e.getReason());
                }
            }
        }
        return new RegistryConfig(
                list,
                RegistrySecurity.none(),
                Optional.empty(),
                Map.of(),
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_READ_TIMEOUT,
                DEFAULT_DEADLINE,
                RetryConfig.standard(),
                false);
    }

    static IllegalArgumentException withoutScheme(String url) {
        return new IllegalArgumentException(
                "Registry URL '" + shown(url) + "' has no scheme: write http://" + shown(url));
    }

    /** A URL for messages: whatever may be a user and a password is masked, also where the URL is no proper one. */
    static String shown(String url) {
        return url.replaceAll("(?s)^([A-Za-z][A-Za-z0-9+.-]*:/*)?.*@", "$1***@");
    }

    /** A copy that authenticates with {@code user:password}. */
    public RegistryConfig withBasicCredentials(String userAndPassword) {
        return withSecurity(security.withCredentials(new Credentials.Basic(userAndPassword)));
    }

    /** A copy that asks as somebody else, or trusts others. */
    public RegistryConfig withSecurity(RegistrySecurity newSecurity) {
        return new RegistryConfig(
                urls, newSecurity, proxy, headers, connectTimeout, readTimeout, deadline, retries, normalize);
    }

    /** A copy that sends every request through an HTTP proxy. */
    public RegistryConfig withProxy(InetSocketAddress newProxy) {
        return new RegistryConfig(
                urls,
                security,
                Optional.of(newProxy),
                headers,
                connectTimeout,
                readTimeout,
                deadline,
                retries,
                normalize);
    }

    /** A copy that sends these headers with every request. */
    public RegistryConfig withHeaders(Map<String, String> newHeaders) {
        return new RegistryConfig(
                urls, security, proxy, newHeaders, connectTimeout, readTimeout, deadline, retries, normalize);
    }

    /** A copy with other time limits. */
    public RegistryConfig withTimeouts(Duration connect, Duration read, Duration total) {
        return new RegistryConfig(urls, security, proxy, headers, connect, read, total, retries, normalize);
    }

    /** A copy that tries again at other times. */
    public RegistryConfig withRetries(RetryConfig newRetries) {
        return new RegistryConfig(
                urls, security, proxy, headers, connectTimeout, readTimeout, deadline, newRetries, normalize);
    }

    /** A copy whose registry compares schemas in their normal form, or doesn't. */
    public RegistryConfig withNormalize(boolean normalized) {
        return new RegistryConfig(
                urls, security, proxy, headers, connectTimeout, readTimeout, deadline, retries, normalized);
    }

    /** The name of the header of the user's own that says who asks, as it is written. */
    Optional<String> authorizationHeader() {
        return authorizationHeader(headers);
    }

    private static Optional<String> authorizationHeader(Map<String, String> headers) {
        return headers.keySet().stream()
                .filter("Authorization"::equalsIgnoreCase)
                .findFirst();
    }

    /** The URLs and limits; never a secret. */
    @Override
    public String toString() {
        return "RegistryConfig[urls="
                + urls.stream().map(url -> shown(url.toString())).toList() + ", security=" + security
                + ", proxy=" + proxy.map(InetSocketAddress::toString).orElse("none")
                + ", headers=" + headers.keySet() + ", connectTimeout=" + connectTimeout + ", readTimeout="
                + readTimeout + ", deadline=" + deadline + ", retries=" + retries + ", normalize=" + normalize + "]";
    }
}
