package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The plan for writing and reading a shape as JSON: a tree of forms, made once. */
final class JsonPlan {

    private final Map<RecordShape, JsonRecordForm> records = new HashMap<>();

    JsonForm form(Shape shape) {
        if (shape instanceof Shape.OfScalar scalar) {
            return JsonScalars.of(scalar.scalar());
        }
        if (shape instanceof Shape.OfLogical logical) {
            return JsonScalars.of(logical);
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return new JsonEnumForm(enumeration);
        }
        if (shape instanceof Shape.OfList list) {
            return new JsonListForm(list, form(list.element()));
        }
        if (shape instanceof Shape.OfMap map) {
            return new JsonMapForm(map, form(map.value()));
        }
        if (shape instanceof Shape.OfOptional optional) {
            return new JsonOptionalForm(optional, form(optional.value()));
        }
        if (shape instanceof Shape.OfUnion union) {
            return new JsonUnionForm(
                    union, union.branches().stream().map(this::record).toList());
        }
        return record((RecordShape) shape);
    }

    private JsonRecordForm record(RecordShape shape) {
        JsonRecordForm known = records.get(shape);
        if (known != null) {
            return known;
        }
        JsonRecordForm form = new JsonRecordForm(shape);
        records.put(shape, form);
        List<JsonForm> components = shape.components().stream()
                .map(component -> form(component.shape()))
                .toList();
        form.complete(new JsonProperties(shape, components, new JsonNames(shape.components())));
        return form;
    }
}
