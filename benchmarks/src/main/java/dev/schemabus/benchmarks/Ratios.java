package dev.schemabus.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Ours beside others', in one run, in turns: what a busy machine does to one, it does to the other. Prints a line for each case:
 * {@code <case> <ours ns> <other ns> <ratio>}, and {@code <case> B/op <ours> <other>}.
 *
 * <pre>
 * java -cp benchmarks.jar dev.schemabus.benchmarks.Ratios [--rounds 101] [--threads 1] [--forks 0] [--warm-up 0.6] [part of a case's name ...]
 * </pre>
 *
 * <p>With forks, it starts that many JVMs one after the other, and the line is {@code <case> <ours ns> <other ns> <median ratio>
 * worst <largest ratio>}.
 */
public final class Ratios {

    private Ratios() {}

    /** See above. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.of(args);
        if (options.forks() > 0) {
            forked(options);
        } else {
            run(options);
        }
    }

    private static void run(Options options) {
        List<Duel> duels = new ArrayList<>();
        for (Case each : Cases.all()) {
            if (options.wants(each.name())) {
                duels.add(new Duel(each, options.threads()));
            }
        }
        Random random = new Random();
        // Everything runs before anything counts: what is compiled for one payload alone would be too good.
        for (int i = 0; i < 3; i++) {
            Collections.shuffle(duels, random);
            duels.forEach(duel -> duel.warm(options.warmUpNanos() / 3));
        }
        for (int round = 0; round < options.rounds(); round++) {
            Collections.shuffle(duels, random);
            duels.forEach(duel -> duel.round(random));
        }
        duels.sort((a, b) -> a.name().compareTo(b.name()));
        for (Duel duel : duels) {
            print(duel.name(), duel.nanosOfOurs(), duel.nanosOfOther(), duel.ratio(), "");
        }
        duels.forEach(duel -> print(duel.name() + " B/op " + duel.bytesOfOurs() + " " + duel.bytesOfOther()));
    }

    private static void forked(Options options) throws IOException, InterruptedException {
        Map<String, List<double[]>> found = new TreeMap<>();
        for (int i = 0; i < options.forks(); i++) {
            Process process = new ProcessBuilder(options.child())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(line -> read(line, found));
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("a child ended with " + process.exitValue());
            }
        }
        found.forEach((name, runs) -> {
            double worst = runs.stream().mapToDouble(run -> run[2]).max().orElseThrow();
            String note = name.endsWith("B/op") ? "" : String.format(Locale.ROOT, " worst %.3f", worst);
            print(name, median(runs, 0), median(runs, 1), median(runs, 2), note);
        });
    }

    private static void read(String line, Map<String, List<double[]>> found) {
        String[] words = line.split(" ", -1);
        boolean bytes = words.length > 1 && words[1].equals("B/op");
        String name = bytes ? words[0] + " B/op" : words[0];
        int first = bytes ? 2 : 1;
        double ours = Double.parseDouble(words[first]);
        double other = Double.parseDouble(words[first + 1]);
        double ratio = bytes ? ours / other : Double.parseDouble(words[first + 2]);
        found.computeIfAbsent(name, n -> new ArrayList<>()).add(new double[] {ours, other, ratio});
    }

    private static double median(List<double[]> runs, int column) {
        return Duel.median(runs.stream().mapToDouble(run -> run[column]).toArray());
    }

    private static void print(String name, double ours, double other, double ratio, String note) {
        print(String.format(Locale.ROOT, "%s %.1f %.1f %.3f%s", name, ours, other, ratio, note));
    }

    @SuppressWarnings("SystemOut") // its purpose
    private static void print(String line) {
        System.out.println(line);
    }
}
