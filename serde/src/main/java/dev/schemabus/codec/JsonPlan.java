package dev.schemabus.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan for writing or reading a shape as JSON: a tree of forms, made once. Where a schema comes along, the forms also
 * check what it asserts and the types don't guarantee.
 */
final class JsonPlan {

    /** A record, as what it is read or written: by identity, like its schema. */
    private record Planned(RecordShape shape, @Nullable JsonNode schema, boolean branch, JsonRecordForm form) {}

    private static final Logger LOG = LoggerFactory.getLogger(JsonPlan.class);

    private final JsonDirection direction;
    private final CodecSettings settings;
    private final boolean generating;
    private final JsonNulls nulls;
    private final List<Planned> records = new ArrayList<>();

    /**
     * For the forms of one codec.
     *
     * @param generating whether records get classes of their own, which are fast, and can't say what fails
     * @param nulls what is written as null rather than left out; matters where nothing is checked
     */
    JsonPlan(JsonDirection direction, CodecSettings settings, boolean generating, JsonNulls nulls) {
        this.generating = generating;
        this.nulls = nulls;
        this.direction = direction;
        this.settings = settings;
    }

    /**
     * The form of a shape.
     *
     * @param keywords what a schema asserts about the value; null if nothing is to be checked
     * @throws UncompilableException if the schema says more than can be checked on the fly
     */
    JsonForm form(Shape shape, @Nullable JsonKeywords keywords) {
        if (shape instanceof Shape.OfScalar scalar) {
            return plain(scalar.scalar(), keywords);
        }
        if (shape instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().json();
            return JsonScalars.of(logical, plain(form.scalar(), keywords));
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return new JsonEnumForm(enumeration, JsonConstraints.symbols(enumeration, keywords));
        }
        if (shape instanceof Shape.OfList list) {
            JsonConstraints.Items items = JsonConstraints.items(list, keywords);
            return new JsonListForm(list, form(list.element(), items.element()), items);
        }
        if (shape instanceof Shape.OfMap map) {
            JsonConstraints.Entries entries = JsonConstraints.entries(keywords);
            return new JsonMapForm(map, form(map.value(), entries.value()), entries);
        }
        if (shape instanceof Shape.OfOptional optional) {
            JsonConstraints.Presence presence = JsonConstraints.presence(keywords);
            return new JsonOptionalForm(optional, form(optional.value(), presence.present()), presence.nullAllowed());
        }
        if (shape instanceof Shape.OfUnion union) {
            return union(union, keywords);
        }
        if (shape instanceof RecordShape record) {
            return record(record, keywords, false);
        }
        throw new AssertionError("a shape without a form: " + shape);
    }

    private static JsonForm plain(Scalar scalar, @Nullable JsonKeywords keywords) {
        return JsonCheckedForm.of(JsonScalars.of(scalar), JsonConstraints.plain(scalar, keywords));
    }

    private JsonUnionForm union(Shape.OfUnion shape, @Nullable JsonKeywords keywords) {
        Optional<Map<String, JsonKeywords>> schemas = JsonConstraints.branches(keywords);
        Map<String, JsonRecordForm> byName = new HashMap<>();
        Map<Class<?>, JsonRecordForm> byClass = new HashMap<>();
        for (boolean earlierNames : new boolean[] {false, true}) {
            for (RecordShape branch : shape.branches()) {
                for (String name : names(branch, earlierNames)) {
                    JsonKeywords its =
                            schemas.map(byItsName -> byItsName.get(name)).orElse(null);
                    if (schemas.isPresent() && its == null) {
                        continue;
                    }
                    JsonRecordForm form = record(branch, its, true);
                    byName.putIfAbsent(name, form);
                    if (!earlierNames) {
                        byClass.putIfAbsent(branch.javaType(), form);
                    }
                }
            }
        }
        return new JsonUnionForm(shape, byName, byClass);
    }

    private static List<String> names(RecordShape branch, boolean earlier) {
        return earlier
                ? branch.aliases().stream()
                        .map(alias -> alias.substring(alias.lastIndexOf('.') + 1))
                        .toList()
                : List.of(Shape.OfUnion.branchName(branch));
    }

    @SuppressWarnings("ReferenceEquality") // a place in the schema is meant, not what stands there
    private JsonRecordForm record(RecordShape shape, @Nullable JsonKeywords keywords, boolean branch) {
        JsonNode schema = keywords == null ? null : keywords.schema();
        for (Planned known : records) {
            if (known.shape() == shape && known.schema() == schema && known.branch() == branch) {
                return known.form();
            }
        }
        JsonRecordForm form = new JsonRecordForm(shape);
        records.add(new Planned(shape, schema, branch, form));
        JsonMembers members = JsonMembers.of(shape, keywords, branch, direction);
        List<JsonForm> forms = new ArrayList<>();
        for (int i = 0; i < shape.components().size(); i++) {
            forms.add(component(shape, i, members));
        }
        JsonNames names = new JsonNames(shape, branch, members.allowed(), settings.refusingUnknown());
        JsonProperties properties = new JsonProperties(shape, forms, names, members.required());
        form.complete(generating ? generated(shape, forms, names, properties) : properties);
        return form;
    }

    private JsonForm component(RecordShape record, int index, JsonMembers members) {
        JsonForm plain = form(record.components().get(index).shape(), members.keywords(index));
        JsonForm form = members.isForbidden(index) ? new JsonForbiddenForm(plain) : plain;
        if (!form.canBeAbsent()) {
            return form;
        }
        if (members.isRequired(index)) {
            return new JsonRequiredForm(
                    form, !members.isForbidden(index) && JsonConstraints.isNullAllowed(members.keywords(index)));
        }
        return nulls.areWanted(record, index) ? new JsonRequiredForm(form, true) : form;
    }

    private static JsonRecordForm.Properties generated(
            RecordShape shape, List<JsonForm> forms, JsonNames names, JsonProperties interpreted) {
        try {
            return JsonClass.of(shape, forms, names, interpreted);
        } catch (UngeneratableException e) {
            LOG.debug("JSON of {} is interpreted: {}", shape.javaType().getName(), e.getMessage());
            return interpreted;
        }
    }
}
