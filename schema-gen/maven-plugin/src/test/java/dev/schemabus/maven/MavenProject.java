package dev.schemabus.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        return copy(source, name, source.resolve("target"));
    }

    /** A copy with all that was built. */
    MavenProject builtCopy(String name) throws IOException {
        return copy(directory, name, directory.resolve("target/maven-status"));
    }

    private static MavenProject copy(Path source, String name, Path without) throws IOException {
        Path copy = TARGET.resolve("it").resolve(name);
        if (Files.exists(copy)) {
            try (Stream<Path> old = Files.walk(copy)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        try (Stream<Path> all = Files.walk(source)) {
            for (Path from : all.filter(path -> !path.startsWith(without)).toList()) {
                Path to = copy.resolve(source.relativize(from));
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to);
                }
            }
        }
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

    /**
     * A finished run of Maven.
     *
     * @param succeeded whether it ended well
     * @param log its output, without the project's place on this machine
     */
    record Build(boolean succeeded, String log) {

        /** What one of the plugin's goals logged. */
        String goal(String name) {
            Matcher goal = Pattern.compile(
                            "--- [^\n]*schemabus-maven-plugin:[^:\n]+:" + name + " [^\n]*\n(.*?)\n\\[INFO\\] (\n|---)",
                            Pattern.DOTALL)
                    .matcher(log);
            if (!goal.find()) {
                throw new IllegalArgumentException("no goal " + name + " in\n" + log);
            }
            return goal.group(1) + "\n";
        }
    }

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
        return new Build(result.getExitCode() == 0, log.toString().replace(directory + File.separator, ""));
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
