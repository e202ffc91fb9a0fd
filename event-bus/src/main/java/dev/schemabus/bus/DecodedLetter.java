package dev.schemabus.bus;

/** What a dead letter's value says, as far as that can be found out without the classes of its event. */
public sealed interface DecodedLetter {

    /**
     * It was read with the schema it was written under.
     *
     * @param type the name of its type in that schema; empty if that gives none
     * @param json its content
     */
    record Json(String type, String json) implements DecodedLetter {}

    /**
     * It can't be read.
     *
     * @param reason why, without its content
     */
    record Unreadable(String reason) implements DecodedLetter {}
}
