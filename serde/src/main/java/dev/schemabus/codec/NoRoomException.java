package dev.schemabus.codec;

/** The output is too small for a value: the encoder makes room and starts again. */
final class NoRoomException extends IndexOutOfBoundsException {

    private static final long serialVersionUID = 1L;

    private final int wanted;

    NoRoomException(int wanted) {
        this.wanted = wanted;
    }

    /** How many bytes were wanted when it became clear; more may follow. */
    int wanted() {
        return wanted;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this; // it never leaves the encoder
    }
}
