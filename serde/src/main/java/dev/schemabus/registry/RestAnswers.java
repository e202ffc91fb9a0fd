package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a registry's JSON, and says who sent it where it isn't a registry's. */
final class RestAnswers {

    private static final Set<String> CONFIG = Set.of(
            "compatibilityLevel",
            "compatibility",
            "normalize",
            "alias",
            "compatibilityGroup",
            "defaultMetadata",
            "overrideMetadata",
            "defaultRuleSet",
            "overrideRuleSet");

    private final String where;

    /** @param where the registry's URLs */
    RestAnswers(String where) {
        this.where = where;
    }

    <T> List<T> list(JsonNode answer, Function<JsonNode, T> item) {
        if (!answer.isArray()) {
            throw unexpected("it is no list");
        }
        List<T> items = new ArrayList<>();
        answer.forEach(node -> items.add(item.apply(node)));
        return items;
    }

    Subject subject(JsonNode name) {
        return parsed(name.isTextual() ? name.textValue() : "", Subject::new);
    }

    String text(JsonNode answer, String field) {
        JsonNode text = present(answer, field);
        if (!text.isTextual()) {
            throw unexpected("'" + field + "' is no text");
        }
        return text.textValue();
    }

    Optional<String> optionalText(JsonNode answer, String field) {
        return optional(answer, field, JsonNode::asText).filter(text -> !text.isBlank());
    }

    SchemaId id(JsonNode answer) {
        return new SchemaId(number(answer, "id"));
    }

    Optional<SchemaGuid> guid(JsonNode answer) {
        return optional(answer, "guid", guid -> parsed(guid.asText(), SchemaGuid::parse));
    }

    int number(JsonNode answer, String field) {
        return whole(present(answer, field), "'" + field + "'");
    }

    int number(JsonNode number) {
        return whole(number, "a number");
    }

    private int whole(JsonNode number, String what) {
        if (!number.isIntegralNumber() || !number.canConvertToInt() || number.asInt() < 0) {
            throw unexpected(what + " is " + number);
        }
        return number.asInt();
    }

    boolean flag(JsonNode answer, String field) {
        return present(answer, field).asBoolean();
    }

    <T> T constant(JsonNode answer, String field, Function<String, T> parse) {
        return parsed(present(answer, field).asText(), parse);
    }

    SubjectVersion name(JsonNode answer) {
        int number = number(answer, "version");
        Subject subject = subject(present(answer, "subject"));
        return parsed("", none -> new SubjectVersion(subject, number));
    }

    StoredVersion version(JsonNode answer) {
        return version(answer, subject(present(answer, "subject")));
    }

    /** @param asked whose version it is, where the answer doesn't say it */
    StoredVersion version(JsonNode answer, Subject asked) {
        Subject subject = answer.hasNonNull("subject") ? subject(answer.get("subject")) : asked;
        int number = number(answer, "version");
        return new StoredVersion(
                parsed("", none -> new SubjectVersion(subject, number)),
                id(answer),
                guid(answer),
                content(answer),
                answer.path("deleted").asBoolean());
    }

    SchemaContent content(JsonNode answer) {
        String type = optionalText(answer, "schemaType").orElse(SchemaFormat.AVRO.name());
        String text = text(answer, "schema");
        JsonNode references = answer.path("references");
        List<SubjectReference> refersTo =
                references.isMissingNode() || references.isNull() ? List.of() : list(references, this::reference);
        Optional<SchemaMetadata> metadata =
                optional(answer, "metadata", node -> parsed(node.toString(), SchemaMetadata::new));
        return parsed(text, schema -> new SchemaContent(type, schema, refersTo, metadata, ruleSet(answer, "ruleSet")));
    }

    boolean hasRules(JsonNode answer) {
        return ruleSet(answer, "ruleSet").filter(RuleSet::isActive).isPresent();
    }

    private Optional<RuleSet> ruleSet(JsonNode answer, String field) {
        return optional(answer, field, node -> parsed(node.toString(), RuleSet::new));
    }

    private SubjectReference reference(JsonNode node) {
        Subject subject = subject(present(node, "subject"));
        int version = number(node, "version");
        return parsed(text(node, "name"), name -> new SubjectReference(name, subject, version));
    }

    SubjectConfig config(JsonNode answer) {
        Map<String, String> others = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : answer.properties()) {
            if (!CONFIG.contains(member.getKey()) && !member.getValue().isNull()) {
                others.put(member.getKey(), member.getValue().toString());
            }
        }
        return new SubjectConfig(
                optional(answer, "compatibilityLevel", level -> parsed(level.asText(), CompatibilityLevel::parse)),
                optional(answer, "normalize", JsonNode::asBoolean),
                optional(answer, "alias", JsonNode::asText)
                        .filter(alias -> !alias.isEmpty())
                        .map(alias -> parsed(alias, Subject::new)),
                optionalText(answer, "compatibilityGroup"),
                optional(answer, "defaultMetadata", node -> parsed(node.toString(), SchemaMetadata::new)),
                optional(answer, "overrideMetadata", node -> parsed(node.toString(), SchemaMetadata::new)),
                ruleSet(answer, "defaultRuleSet"),
                ruleSet(answer, "overrideRuleSet"),
                others);
    }

    /** The reasons against a schema; empty if there are none. */
    List<String> reasons(JsonNode answer) {
        if (flag(answer, "is_compatible")) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        answer.path("messages").forEach(message -> reasons.add(message.asText()));
        return reasons.isEmpty() ? List.of("incompatible; the registry gives no reason") : reasons;
    }

    private static <T> Optional<T> optional(JsonNode answer, String field, Function<JsonNode, T> read) {
        return answer.hasNonNull(field) ? Optional.of(read.apply(answer.get(field))) : Optional.empty();
    }

    private <T> T parsed(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw unexpected(String.valueOf(e.getMessage()));
        }
    }

    JsonNode present(JsonNode answer, String field) {
        JsonNode value = answer.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw unexpected("it has no '" + field + "'");
        }
        return value;
    }

    private NotARegistryException unexpected(String what) {
        return new NotARegistryException(
                200, where + " answers JSON that is not a schema registry's: " + what + ". Check schema.registry.url");
    }
}
