package dev.schemabus.registry;

/** Whether a registry is asked at the moment. */
public enum CircuitState {
    /** It is. */
    CLOSED,

    /** It failed several times in a row and is left alone for some seconds: calls fail at once, or are answered from what is known. */
    OPEN,

    /** The time is over, and one call is trying whether it answers again; the others go on as if it were open. */
    HALF_OPEN
}
