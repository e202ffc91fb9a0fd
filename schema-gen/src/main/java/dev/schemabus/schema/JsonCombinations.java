package dev.schemabus.schema;

import dev.schemabus.schema.Incompatibility.Kind;
import dev.schemabus.schema.JsonRules.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Schema's {@code oneOf}, {@code anyOf}, {@code not} and {@code if} on the reading side. */
final class JsonCombinations {

    private static final Set<JsonType> ONLY_NULL = Set.of(JsonType.NULL);

    private JsonCombinations() {}

    static void compare(JsonStep step) {
        for (String keyword : List.of("anyOf", "oneOf")) {
            List<JsonPart> branches = step.reading().list(keyword);
            if (!branches.isEmpty()) {
                alternatives(step, keyword, branches);
            }
        }
        not(step);
        if (step.reading().has("if")) {
            List.of("if", "then", "else").forEach(keyword -> JsonLimits.same(step, keyword));
        }
    }

    private static void alternatives(JsonStep step, String keyword, List<JsonPart> branches) {
        boolean exclusive = keyword.equals("oneOf")
                && branches.size() > 1
                && step.choice() != Choice.ONE_OF
                && step.written().stream().noneMatch(given -> given.has("oneOf"));
        if (exclusive && mayOverlap(step)) {
            overlap(step);
            return;
        }
        if (branches.stream().noneMatch(branch -> inside(step, branch).isEmpty())) {
            noBranch(step, keyword, branches);
        } else if (exclusive
                && branches.stream().filter(branch -> surely(step, branch)).count() > 1) {
            overlap(step);
        }
    }

    /** Whether the writer's branches may match together, which the reference takes for granted with anyOf. */
    private static boolean mayOverlap(JsonStep step) {
        return step.choice() == Choice.ANY_OF
                || step.written().stream().anyMatch(given -> given.list("anyOf").size() > 1);
    }

    private static List<Incompatibility> inside(JsonStep step, JsonPart branch) {
        return step.rules().compare(step.component(), branch, step.written(), step.choice());
    }

    /** Whether whatever is written is valid against the branch. */
    private static boolean surely(JsonStep step, JsonPart branch) {
        return step.rules()
                .strict()
                .compare(step.component(), branch, step.written(), step.choice())
                .isEmpty();
    }

    private static void overlap(JsonStep step) {
        boolean newReads = step.words().newReads();
        step.report(
                Kind.COMBINATION_NARROWED,
                "oneOf",
                (newReads ? "Data of the old schema may match" : "What the new schema writes may match")
                        + " several branches, but oneOf in " + step.words().reader() + " accepts exactly one.",
                newReads ? "Use anyOf, or make the branches exclude each other." : "Keep oneOf.");
    }

    private static void noBranch(JsonStep step, String keyword, List<JsonPart> branches) {
        JsonPart meant = meant(branches, step.written());
        if (meant != null) {
            step.found().addAll(inside(step, meant));
            return;
        }
        String branch = describe(step.written());
        step.report(
                Kind.UNION_BRANCH_MISSING,
                keyword,
                step.words().branchMissing(branch),
                step.words().branchMissingRemedy(branch, step.reading().path().isEmpty()));
    }

    /** The only branch of the same name, or else of the same type: what is wrong in it says more than "no branch". */
    private static @Nullable JsonPart meant(List<JsonPart> branches, List<JsonPart> written) {
        Optional<String> name = name(written);
        if (name.isPresent()) {
            List<JsonPart> named = branches.stream()
                    .filter(branch -> name(branch.conjuncts()).equals(name))
                    .toList();
            return named.size() == 1 ? named.get(0) : null;
        }
        Set<JsonType> types = types(written);
        if (types == null) {
            return null;
        }
        List<JsonPart> present = branches.stream()
                .filter(branch -> !ONLY_NULL.equals(types(branch.conjuncts())))
                .toList();
        if (present.size() == 1 && branches.size() == 2 && !ONLY_NULL.equals(types)) {
            return present.get(0); // the optional value
        }
        List<JsonPart> alike = branches.stream()
                .filter(branch -> types.equals(types(branch.conjuncts())))
                .toList();
        return alike.size() == 1 ? alike.get(0) : null;
    }

    private static String describe(List<JsonPart> schema) {
        Set<JsonType> types = types(schema);
        return name(schema).orElse(types == null ? "values of any type" : JsonTypes.text(types));
    }

    private static Optional<String> name(List<JsonPart> schema) {
        Optional<String> closest = Optional.empty();
        for (JsonPart part : schema) {
            Optional<String> name = part.recordName();
            closest = name.isPresent() ? name : closest; // a branch follows what all branches have in common
        }
        return closest;
    }

    private static @Nullable Set<JsonType> types(List<JsonPart> schema) {
        Set<JsonType> types = null;
        for (JsonPart part : schema) {
            Set<JsonType> some = JsonTypes.types(part);
            types = some == null ? types : some;
        }
        return types;
    }

    /** What the reader excludes must be excluded by the writer, too. */
    private static void not(JsonStep step) {
        JsonPart reads = step.reading().keyword("not");
        if (reads == null) {
            return;
        }
        List<JsonPart> excluded = new ArrayList<>();
        for (JsonPart given : step.written()) {
            JsonPart not = given.keyword("not");
            if (not != null) {
                excluded.add(not);
            }
        }
        boolean fits = excluded.stream()
                .anyMatch(not -> step.rules()
                        .compare(step.component(), not, List.of(reads))
                        .isEmpty());
        if (!fits) {
            step.report(
                    Kind.COMBINATION_NARROWED,
                    "not",
                    step.words().newReads()
                            ? "Data of the old schema may match " + reads.node() + ", which the new schema excludes."
                            : "The new schema may write what matches " + reads.node()
                                    + ", which the old schema excludes.",
                    step.words().newReads()
                            ? "Exclude no more than before."
                            : "Keep excluding what the old schema excludes.");
        }
    }
}
