package dev.schemabus.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/**
 * A copy of a project under {@code target/it}, and the real Maven that builds it. Its repository holds the staged plugin;
 * everything else comes out of the outer build's repository, so that nothing is downloaded twice and {@code -o} works.
 */
final class MavenProject {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final Path directory;

    private MavenProject(Path directory) {
        this.directory = directory;
    }

    /**
     * Copies a project.
     *
     * @param source its directory; {@code target} stays behind
     */
    static MavenProject copyOf(Path source, String name) throws IOException {
        Path copy = TARGET.resolve("it").resolve(name);
        if (Files.exists(copy)) {
            try (Stream<Path> old = Files.walk(copy)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (from.equals(source.resolve("target"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(source.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, copy.resolve(source.relativize(from)));
                return FileVisitResult.CONTINUE;
            }
        });
        return new MavenProject(copy);
    }

    Path file(String path) {
        return directory.resolve(path);
    }

    String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes a file; what is to be replaced must be there. */
    void replace(String path, String old, String now) throws IOException {
        String text = text(path);
        if (!text.contains(old)) {
            throw new IllegalArgumentException(path + " doesn't hold: " + old);
        }
        Files.writeString(file(path), text.replace(old, now));
    }

    /** The names of the files in a directory, sorted. */
    List<String> files(String path) throws IOException {
        try (Stream<Path> files = Files.list(file(path))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** A finished run of Maven: whether it succeeded, and its whole output with {@code \n}. */
    record Build(boolean succeeded, String log) {}

    /** Runs Maven. */
    Build run(String... arguments) throws IOException, MavenInvocationException {
        StringBuilder log = new StringBuilder();
        InvocationRequest request = new DefaultInvocationRequest();
        request.setBatchMode(true);
        request.setNoTransferProgress(true);
        request.setBaseDirectory(directory.toFile());
        request.setJavaHome(new File(System.getProperty("it.java.home")));
        request.setUserSettingsFile(settings().toFile());
        request.setLocalRepositoryDirectory(new File(System.getProperty("it.repository")));
        // Offline, Maven asks no repository, whatever its URL; the one on this disk it may.
        request.setOffline(System.getProperty("it.offline").equals("offline=true"));
        Properties properties = new Properties();
        properties.setProperty("aether.offline.protocols", "file");
        request.setProperties(properties);
        request.setMavenOpts("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        request.addArgs(List.of(arguments));
        request.setOutputHandler(line -> log.append(line).append('\n'));
        request.setErrorHandler(line -> log.append(line).append('\n'));
        DefaultInvoker maven = new DefaultInvoker();
        maven.setMavenHome(new File(System.getProperty("it.maven.home")));
        InvocationResult result = maven.execute(request);
        Files.writeString(directory.resolve("build.log"), log);
        return new Build(result.getExitCode() == 0, log.toString());
    }

    private static Path settings() throws IOException {
        String outer =
                Path.of(System.getProperty("it.outer.repository")).toUri().toString();
        String repository = "<id>outer</id><url>" + outer + "</url>"
                + "<releases><updatePolicy>never</updatePolicy><checksumPolicy>ignore</checksumPolicy></releases>"
                + "<snapshots><enabled>false</enabled></snapshots>";
        return Files.writeString(
                Files.createDirectories(TARGET.resolve("it")).resolve("settings.xml"),
                "<settings><profiles><profile><id>outer</id><repositories><repository>" + repository
                        + "</repository></repositories><pluginRepositories><pluginRepository>" + repository
                        + "</pluginRepository></pluginRepositories></profile></profiles>"
                        + "<activeProfiles><activeProfile>outer</activeProfile></activeProfiles></settings>\n");
    }
}
