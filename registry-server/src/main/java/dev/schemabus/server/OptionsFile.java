package dev.schemabus.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The command line's options in a file of properties, without the dashes: {@code port=8081}. What is on the command line
 * counts more.
 */
final class OptionsFile {

    private static final String OPTION = "--config";

    private OptionsFile() {}

    /**
     * A command line, behind what the file says that it names, if it names one.
     *
     * @throws IllegalArgumentException if the file can't be read
     */
    static String[] included(String... args) {
        Optional<Path> file = file(args);
        if (file.isEmpty()) {
            return args;
        }
        Properties values = read(file.get());
        List<String> whole = new ArrayList<>();
        for (String name : new TreeSet<>(values.stringPropertyNames())) {
            String option = "--" + name;
            if (Arrays.stream(args).noneMatch(arg -> arg.equals(option) || arg.startsWith(option + "="))) {
                whole.add(option + "=" + values.getProperty(name));
            }
        }
        whole.addAll(List.of(args));
        return whole.toArray(String[]::new);
    }

    private static Optional<Path> file(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(OPTION + "=")) {
                return Optional.of(Path.of(args[i].substring(OPTION.length() + 1)));
            }
            if (args[i].equals(OPTION) && i + 1 < args.length) {
                return Optional.of(Path.of(args[i + 1]));
            }
        }
        return Optional.empty();
    }

    private static Properties read(Path file) {
        Properties values = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            values.load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Can't read " + OPTION + " " + file + " (" + e + "): name a file of properties in UTF-8", e);
        }
        return values;
    }
}
