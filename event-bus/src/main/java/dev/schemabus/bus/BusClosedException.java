package dev.schemabus.bus;

/** Internal: the bus was used after its close. */
final class BusClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    BusClosedException() {
        super("The bus is closed");
    }
}
