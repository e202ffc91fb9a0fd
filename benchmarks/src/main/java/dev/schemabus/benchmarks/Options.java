package dev.schemabus.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was said on the command line of {@link Ratios}. */
record Options(int rounds, int threads, int forks, double warmUpSeconds, List<String> filters) {

    static Options of(String[] args) {
        Options options = new Options(101, 1, 0, 0.6, List.of());
        List<String> filters = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                filters.add(args[i]);
                continue;
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            options = options.with(args[i], args[++i]);
        }
        return new Options(options.rounds, options.threads, options.forks, options.warmUpSeconds, List.copyOf(filters));
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new Options(Integer.parseInt(value), threads, forks, warmUpSeconds, filters);
            case "--threads" -> new Options(rounds, Integer.parseInt(value), forks, warmUpSeconds, filters);
            case "--forks" -> new Options(rounds, threads, Integer.parseInt(value), warmUpSeconds, filters);
            case "--warm-up" -> new Options(rounds, threads, forks, Double.parseDouble(value), filters);
            default ->
                throw new IllegalArgumentException(
                        option + " is none of --rounds, --threads, --forks, --warm-up (seconds for each case)");
        };
    }

    boolean wants(String name) {
        return filters.isEmpty() || filters.stream().anyMatch(name::contains);
    }

    long warmUpNanos() {
        return (long) (warmUpSeconds * 1e9);
    }

    /** The command for the same without forks, in a JVM like this one. */
    List<String> child() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Ratios.class.getName()));
        command.addAll(List.of("--rounds", String.valueOf(rounds), "--threads", String.valueOf(threads)));
        command.addAll(List.of("--warm-up", String.valueOf(warmUpSeconds)));
        command.addAll(filters);
        return command;
    }
}
