package dev.schemabus.registry;

/** What to do about what a registry says no to, by the protocol's code. */
final class Advice {

    private Advice() {}

    /** A sentence with a space in front, or nothing. */
    static String on(int code) {
        String advice = switch (code) {
            case 40401 -> "Check the subject's name, or register its first version";
            case 40402 -> "Ask for one of the versions that it has, or for the latest";
            case 40403 -> "Is this the registry, and the context, that it was registered in?";
            case 40404, 40406 -> "It is soft-deleted: register it again, or delete it permanently";
            case 40405, 40407 -> "Delete it softly first (without 'permanent')";
            case 40408, 40409 -> "The global one counts for it";
            case 409, 40901 -> "Change the schema so that it is compatible, or the subject's level";
            case 42201 -> "Correct the schema";
            case 42202 -> "A version is a number from 1, or 'latest'";
            case 42203 -> "Set a level that this registry knows";
            case 42204 -> "Set a mode that this registry knows";
            case 42205 ->
                "The mode of the subject or of the registry forbids it (GET /mode): whoever set it must"
                        + " take it back";
            case 42206 -> "Delete what refers to it first (…/referencedby lists it)";
            case 42207 -> "Import it under the id that it has there, or into an empty context";
            case 42208 -> "Choose another name for the subject";
            case 42209 -> "Make the schema smaller, or have it refer to parts of it";
            default -> "";
        };
        return advice.isEmpty() ? "" : ". " + advice;
    }
}
