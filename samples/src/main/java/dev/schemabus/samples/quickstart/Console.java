package dev.schemabus.samples.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/** What the tour prints on. */
final class Console {

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void step(int number, String title) {
        out.printf("%n%d  %s%n", number, title);
    }

    void line(String format, Object... arguments) {
        out.println(("   " + String.format(Locale.ROOT, format, arguments)).stripTrailing());
    }

    /** Text of several lines, indented. */
    void block(String text) {
        text.lines().forEach(line -> out.println("   " + line));
    }

    /** Overwrites the current line of a terminal. */
    void overwrite(String text) {
        out.print("\r   " + text);
        out.flush();
    }

    void endOverwrite() {
        out.println();
    }
}
