package dev.schemabus.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who may use the registry, and how. Passwords are in files: everybody sees a command line. */
final class SecurityOptions {

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Who may use the registry: lines made by the command 'user'. Without it everybody may.")
    private @Nullable Path users;

    @Option(
            names = "--tls-key-store",
            paramLabel = "FILE",
            description = "The server's certificate and key (PKCS #12 or JKS). With it the registry speaks https only.")
    private @Nullable Path keyStore;

    @Option(
            names = "--tls-key-store-password",
            paramLabel = "FILE",
            description = "The file whose first line is the key store's password.")
    private @Nullable Path keyStorePassword;

    @Option(
            names = "--tls-client-authorities",
            paramLabel = "FILE",
            description = "A trust store: clients must have a certificate issued by one of these.")
    private @Nullable Path clientAuthorities;

    @Option(
            names = "--tls-client-authorities-password",
            paramLabel = "FILE",
            description = "The file whose first line is the trust store's password.")
    private @Nullable Path clientAuthoritiesPassword;

    /** @throws IllegalArgumentException if one is missing that another needs */
    ServerSecurity security() {
        ServerSecurity security = ServerSecurity.none();
        if (users != null) {
            security = security.withUsers(users);
        }
        Optional<ServerSecurity.Store> keys = store("--tls-key-store", keyStore, keyStorePassword);
        if (keys.isPresent()) {
            security = security.withKeyStore(keys.get());
        }
        Optional<ServerSecurity.Store> authorities =
                store("--tls-client-authorities", clientAuthorities, clientAuthoritiesPassword);
        if (authorities.isPresent()) {
            security = security.withClientAuthorities(authorities.get());
        }
        return security;
    }

    private static Optional<ServerSecurity.Store> store(
            String option, @Nullable Path file, @Nullable Path passwordFile) {
        if (file == null) {
            if (passwordFile != null) {
                // A line may have been lost, and without it the server would be open.
                throw new IllegalArgumentException(option + "-password is there, and " + option
                        + " is missing: name the store, or remove its password");
            }
            return Optional.empty();
        }
        if (passwordFile == null) {
            throw new IllegalArgumentException(
                    option + " needs " + option + "-password FILE, the file whose first line is its password");
        }
        try {
            return Optional.of(new ServerSecurity.Store(
                    file, Files.readString(passwordFile).lines().findFirst().orElse("")));
        } catch (IOException e) {
            throw new UncheckedIOException(option + "-password: " + passwordFile + " can't be read: " + e, e);
        }
    }
}
