package dev.schemabus.bus.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM of its own on this one's class path, to be killed as {@code kill -9} does, or frozen. Parent and child talk in
 * lines: the child's begin with a mark, since others may print too. The child ends with its parent, however that dies.
 */
final class ChildProcess implements AutoCloseable {

    private static final String MARK = "@@ ";
    private static final int KEPT_LINES = 60;

    /** How a JVM ends that is told to when it is out of memory. */
    static final int OUT_OF_MEMORY = 3;

    private static final int ORPHANED = 4;

    private final String name;
    private final Process process;
    private final BufferedWriter input;
    private final ArrayDeque<String> printed = new ArrayDeque<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;

    private ChildProcess(String name, Process process, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = reading(name + "-out", process.inputReader(StandardCharsets.UTF_8), line -> {
            if (!line.startsWith(MARK)) {
                keep(line);
            } else if (line.equals(MARK + "READY")) {
                ready.countDown();
            } else {
                lines.accept(line.substring(MARK.length()));
            }
        });
        reading(name + "-err", process.errorReader(StandardCharsets.UTF_8), this::keep);
    }

    /**
     * Starts a child.
     *
     * @param heapMegabytes its heap
     * @param lines gets what the child {@linkplain #say says}, in order, on a thread of its own
     */
    static ChildProcess start(
            String name, int heapMegabytes, Class<?> main, List<String> arguments, Consumer<String> lines) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try {
            return new ChildProcess(name, builder.start(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the child says that it is ready. */
    ChildProcess awaitReady(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.await(50, TimeUnit.MILLISECONDS)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                kill();
                throw new IllegalStateException(name + " isn't ready; it printed:\n" + printed());
            }
        }
        return this;
    }

    /** Tells the child something. */
    synchronized void tell(String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " doesn't listen; it printed:\n" + printed(), e);
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone and all that it said has been heard. */
    void kill() {
        process.destroyForcibly().onExit().join();
        joinReader();
    }

    /** It neither runs nor ends, until {@link #thaw}: what a long pause of a virtual machine looks like. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end. */
    int awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " still runs; it printed:\n" + printed());
        }
        joinReader();
        return process.exitValue();
    }

    /** The last lines that it printed and that were not for us. */
    String printed() {
        synchronized (printed) {
            return String.join("\n", printed);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** For the child: tells the parent a line. */
    @SuppressWarnings("SystemOut") // what the parent reads
    static void say(String line) {
        System.out.println(MARK + line);
    }

    /** For the child: it is ready now. */
    static void ready() {
        say("READY");
    }

    /** For the child: hears what the parent tells, and ends when the parent does. */
    static void listen(Consumer<String> told) {
        Thread listener = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        lines.lines().forEach(told);
                    } catch (IOException | UncheckedIOException e) {
                        // The parent is gone, as good as an end of the stream.
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "parent");
        listener.setDaemon(true);
        listener.start();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    private void keep(String line) {
        synchronized (printed) {
            if (printed.size() == KEPT_LINES) {
                printed.remove();
            }
            printed.add(line);
        }
    }

    private void joinReader() {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread reading(String name, BufferedReader from, Consumer<String> lines) {
        Thread thread = new Thread(
                () -> {
                    try (from) {
                        from.lines().forEach(lines);
                    } catch (IOException | UncheckedIOException e) {
                        // A killed process closes its pipes in its own way.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
