package dev.schemabus.bus.faults;

/** Prints what was measured, one line a test, for {@code docs/guarantees.md}. */
final class Figures {

    private Figures() {}

    /** @param namesAndValues in turn */
    @SuppressWarnings("SystemOut") // whoever asked for the figures reads them in the build's output
    static void print(String test, Object... namesAndValues) {
        StringBuilder line = new StringBuilder("FIGURES " + test);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            line.append(' ')
                    .append(namesAndValues[i].toString().replace(' ', '-'))
                    .append('=')
                    .append(namesAndValues[i + 1]);
        }
        System.out.println(line);
    }
}
