package dev.schemabus.registry;

import dev.schemabus.schema.CompatibilityLevel;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of a subject, or the global ones for subjects without their own. What is empty isn't set. An immutable
 * value; the {@code with…} methods give changed copies.
 *
 * @param level what a new version owes to earlier ones
 * @param normalize whether schemas are compared in their normal form, whatever a client asks for
 * @param alias another subject that stands for this one
 * @param compatibilityGroup a metadata property: versions that differ in it aren't compared with each other
 * @param defaultMetadata for versions that are registered without these properties
 * @param overrideMetadata for all versions that are registered, over their own
 * @param defaultRuleSet for versions that are registered without rules
 * @param overrideRuleSet for all versions that are registered, over their own
 * @param others what this version of the library doesn't know: JSON texts by name, passed on as they came
 */
public record SubjectConfig(
        Optional<CompatibilityLevel> level,
        Optional<Boolean> normalize,
        Optional<Subject> alias,
        Optional<String> compatibilityGroup,
        Optional<SchemaMetadata> defaultMetadata,
        Optional<SchemaMetadata> overrideMetadata,
        Optional<RuleSet> defaultRuleSet,
        Optional<RuleSet> overrideRuleSet,
        Map<String, String> others) {

    /** Keeps a copy of what it doesn't know, sorted by name. */
    public SubjectConfig {
        others = Collections.unmodifiableMap(new TreeMap<>(others));
    }

    /** Sets nothing. */
    public static SubjectConfig none() {
        return new SubjectConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** Sets a level alone. */
    public static SubjectConfig of(CompatibilityLevel level) {
        return none().withLevel(level);
    }

    /** A copy with a level. */
    public SubjectConfig withLevel(CompatibilityLevel newLevel) {
        return new SubjectConfig(
                Optional.of(newLevel),
                normalize,
                alias,
                compatibilityGroup,
                defaultMetadata,
                overrideMetadata,
                defaultRuleSet,
                overrideRuleSet,
                others);
    }

    /** A copy whose registry compares schemas in their normal form, or doesn't. */
    public SubjectConfig withNormalize(boolean normalized) {
        return new SubjectConfig(
                level,
                Optional.of(normalized),
                alias,
                compatibilityGroup,
                defaultMetadata,
                overrideMetadata,
                defaultRuleSet,
                overrideRuleSet,
                others);
    }

    /** A copy in which another subject stands for this one. */
    public SubjectConfig withAlias(Subject other) {
        return new SubjectConfig(
                level,
                normalize,
                Optional.of(other),
                compatibilityGroup,
                defaultMetadata,
                overrideMetadata,
                defaultRuleSet,
                overrideRuleSet,
                others);
    }

    /** A copy in which versions that differ in a metadata property aren't compared. */
    public SubjectConfig withCompatibilityGroup(String property) {
        return new SubjectConfig(
                level,
                normalize,
                alias,
                Optional.of(property),
                defaultMetadata,
                overrideMetadata,
                defaultRuleSet,
                overrideRuleSet,
                others);
    }

    /** A copy with metadata for versions that lack them, and metadata over those of all versions. */
    public SubjectConfig withMetadata(Optional<SchemaMetadata> byDefault, Optional<SchemaMetadata> over) {
        return new SubjectConfig(
                level, normalize, alias, compatibilityGroup, byDefault, over, defaultRuleSet, overrideRuleSet, others);
    }

    /** A copy with rules for versions that have none, and rules over those of all versions. */
    public SubjectConfig withRuleSets(Optional<RuleSet> byDefault, Optional<RuleSet> over) {
        return new SubjectConfig(
                level,
                normalize,
                alias,
                compatibilityGroup,
                defaultMetadata,
                overrideMetadata,
                byDefault,
                over,
                others);
    }
}
