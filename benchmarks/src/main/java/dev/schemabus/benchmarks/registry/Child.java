package dev.schemabus.benchmarks.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM that prints {@code READY http://host:port} when it serves. */
final class Child implements AutoCloseable {

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP = Pattern.compile("total \\d+K, used (\\d+)K|heap\\s+total \\d+K, used (\\d+)K");

    private final Process process;
    private final String url;
    private final double secondsToStart;

    private Child(Process process, String url, double secondsToStart) {
        this.process = process;
        this.url = url;
        this.secondsToStart = secondsToStart;
    }

    /** @param arguments what comes after {@code java}: options, then a class or {@code -jar} and its arguments */
    static Child start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(tool("java"));
        command.addAll(arguments);
        long before = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String ready = lines.readLine();
        double seconds = (System.nanoTime() - before) / 1e9;
        if (ready == null || !ready.startsWith("READY ")) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " didn't start: " + ready);
        }
        return new Child(process, ready.substring("READY ".length()), seconds);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    String url() {
        return url;
    }

    double secondsToStart() {
        return secondsToStart;
    }

    /** What the process has had of the machine's processors so far, which other processes don't change much. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** What the process has of the machine's memory, in MB. Linux only. */
    double residentMegabytes() throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!resident.find()) {
            throw new IOException("No resident size in /proc");
        }
        return Long.parseLong(resident.group(1)) / 1024.0;
    }

    /** What is left on its heap after a full collection, in MB. */
    double liveMegabytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher heap = HEAP.matcher(jcmd("GC.heap_info"));
        long kilobytes = 0;
        while (heap.find()) {
            kilobytes += Long.parseLong(heap.group(heap.group(1) == null ? 2 : 1));
        }
        return kilobytes / 1024.0;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), command).start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return text.replaceAll("Metaspace(?s:.*)", "");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
