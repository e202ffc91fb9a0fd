package dev.schemabus.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JVM that this one starts on its own class path. Parent and child agree on two things: the child prints a line when it is
 * {@linkplain #reportReady ready}, and it {@linkplain #endWithParent ends} when its standard input does, that is with its
 * parent, however that died.
 */
final class ChildJvm {

    private static final Logger log = LoggerFactory.getLogger(ChildJvm.class);

    private static final String READY = "schemabus-testkit: ready";
    private static final int KEPT_LINES = 40;

    private final Process process;
    private final String name;
    private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
    private final ArrayDeque<String> lastOutput = new ArrayDeque<>();

    private ChildJvm(Process process, String name) {
        this.process = process;
        this.name = name;
        var reader = new Thread(this::readOutput, name + " output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a child; {@link #awaitReady} waits for it.
     *
     * @param directory where a file for the launcher may lie as long as the child runs
     * @param options of the JVM, such as {@code -Xmx64m}
     * @param main the class to run; it need not be public
     * @param arguments for its main method
     */
    static ChildJvm start(Path directory, List<String> options, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        try {
            command.add("@" + classPathFile(directory));
            command.add(main.getName());
            command.addAll(arguments);
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            return new ChildJvm(builder.start(), main.getSimpleName());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.get(0), e);
        }
    }

    /**
     * Waits until the child has said that it is ready; ends it if it does not.
     *
     * @throws IllegalStateException with the last lines that it printed, if it ends first or the time is over
     */
    void awaitReady(Duration limit) {
        try {
            ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            kill();
            throw new IllegalStateException(name + " ended before it was ready" + output(), e.getCause());
        } catch (TimeoutException e) {
            kill();
            throw new IllegalStateException(name + " is not ready after " + limit.toSeconds() + " s" + output(), e);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + name + " starts", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the child without a chance to do anything more (SIGKILL), and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** For the child: tells the parent that it is ready. */
    @SuppressWarnings("SystemOut") // what the parent reads
    static void reportReady() {
        System.out.println(READY);
    }

    /** For the child: from now on it ends when its parent does, at once and without cleaning up. */
    static void endWithParent() {
        new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // The parent sends nothing: only the end counts.
                                }
                            } catch (IOException e) {
                                log.debug("The parent cannot be heard any more", e);
                            }
                            Runtime.getRuntime().halt(0);
                        },
                        "end with parent")
                .start();
    }

    // In a file, because a long class path does not fit on the command line of every system. Where a build tool started
    // us with a jar that only names other jars, the property names that jar or the whole path, and both will do.
    private static Path classPathFile(Path directory) throws IOException {
        String classPath = System.getProperty("java.class.path");
        String quoted = "\"" + classPath.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return Files.writeString(directory.resolve("class-path.args"), "-cp " + quoted + "\n");
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(READY)) {
                    ready.complete(null);
                }
                log.debug("{}: {}", name, line);
                synchronized (lastOutput) {
                    if (lastOutput.size() == KEPT_LINES) {
                        lastOutput.remove();
                    }
                    lastOutput.add(line);
                }
            }
        } catch (IOException e) {
            log.debug("The output of {} breaks off", name, e);
        }
        ready.completeExceptionally(new IOException("End of output"));
    }

    private String output() {
        synchronized (lastOutput) {
            return lastOutput.isEmpty()
                    ? " and has printed nothing"
                    : ". It printed:\n  " + String.join("\n  ", lastOutput);
        }
    }
}
