package dev.schemabus.registry;

/**
 * Rules that clients are to run on data, such as to encrypt a field. This library runs none; it passes them on as they came.
 *
 * @param json a JSON object of lists of rules by purpose, such as {@code domainRules} and {@code migrationRules}; kept
 *     without white space and with its members sorted, so that equal ones are equal
 */
public record RuleSet(String json) {

    /** @throws IllegalArgumentException if the text isn't a JSON object */
    public RuleSet {
        json = JsonObjects.sorted("A rule set", json);
    }

    /** Whether there is a rule in it that isn't switched off. */
    public boolean isActive() {
        return JsonObjects.hasActiveRules(json);
    }

    @Override
    public String toString() {
        // Rules hold parameters of key management.
        return "RuleSet[" + json.length() + " characters]";
    }
}
