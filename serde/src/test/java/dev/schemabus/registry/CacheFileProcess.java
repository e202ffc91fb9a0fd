package dev.schemabus.registry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another process that writes a cache file, one entry at a time. */
final class CacheFileProcess {

    private CacheFileProcess() {}

    /** @param before what the shell does first, with a semicolon */
    static Process start(String before, Path path, String registry, int count) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        before + "exec \"$@\"",
                        "sh",
                        java,
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CacheFileProcess.class.getName(),
                        path.toString(),
                        registry,
                        Integer.toString(count))
                .redirectErrorStream(true)
                .start();
    }

    static String output(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    public static void main(String[] args) {
        CacheFile file = new CacheFile(Path.of(args[0]), 1 << 20);
        try {
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                file.append(List.of(new CacheFile.Entry(args[1], "key" + i, "value")));
            }
            System.out.println("done");
        } catch (CacheFileException e) {
            System.out.println(e.getMessage());
        }
    }
}
