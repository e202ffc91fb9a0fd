package dev.schemabus.bus.faults;

/** How far a test goes: a short way in each build, a long one with {@code -Plong}. */
final class Extent {

    private static final boolean LONG = Boolean.getBoolean("test.long");

    private Extent() {}

    static int of(int inEachBuild, int withLongProfile) {
        return LONG ? withLongProfile : inEachBuild;
    }
}
