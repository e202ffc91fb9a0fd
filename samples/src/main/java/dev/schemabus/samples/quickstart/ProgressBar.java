package dev.schemabus.samples.quickstart;

import java.util.Locale;
import java.util.function.IntConsumer;

/** A bar that grows on a terminal; elsewhere nothing, so that logs stay readable. */
final class ProgressBar implements IntConsumer {

    private static final int WIDTH = 40;

    private final Console console;
    private final int total;
    private final boolean visible;
    private int lastPercent = -1;
    private boolean open;

    ProgressBar(Console console, int total, boolean visible) {
        this.console = console;
        this.total = total;
        this.visible = visible;
    }

    /** Shows that so many of the total are done. */
    @Override
    public synchronized void accept(int done) {
        int percent = total == 0 ? 100 : (int) (100L * done / total);
        if (!visible || percent == lastPercent) {
            return;
        }
        lastPercent = percent;
        int filled = WIDTH * percent / 100;
        console.overwrite(
                String.format(Locale.ROOT, "[%s%s] %3d %%", "#".repeat(filled), "-".repeat(WIDTH - filled), percent));
        open = true;
    }

    /** Leaves the bar as it is, full or not: what follows starts on a line of its own. */
    synchronized void end() {
        if (open) {
            console.endOverwrite();
            open = false;
        }
    }

    /** Whether the output is a terminal. Since JDK 22 there is a console even where the output is redirected. */
    @SuppressWarnings("SystemConsoleNull") // what it warns of is what the second half is for
    static boolean onTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException beforeJdk22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
