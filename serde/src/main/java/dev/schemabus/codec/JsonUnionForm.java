package dev.schemabus.codec;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sealed value: the record's properties, and one that names the branch. */
final class JsonUnionForm extends JsonForm {

    private static final SerializedString TYPE = new SerializedString(Shape.OfUnion.DISCRIMINATOR);

    private record Branch(JsonRecordForm form, SerializedString name) {}

    private final Shape.OfUnion shape;
    private final Map<Class<?>, Branch> byClass = new HashMap<>();
    private final Map<String, Branch> byName = new HashMap<>();
    private final List<String> names;

    JsonUnionForm(Shape.OfUnion shape, List<JsonRecordForm> branches) {
        this.shape = shape;
        this.names = shape.branches().stream().map(Shape.OfUnion::branchName).toList();
        for (JsonRecordForm form : branches) {
            RecordShape record = form.shape();
            Branch branch = new Branch(form, new SerializedString(Shape.OfUnion.branchName(record)));
            byClass.putIfAbsent(record.javaType(), branch);
            byName.putIfAbsent(branch.name.getValue(), branch);
            for (String alias : record.aliases()) {
                byName.putIfAbsent(alias.substring(alias.lastIndexOf('.') + 1), branch);
            }
        }
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Object present = Values.required(shape.javaType(), value);
        Branch branch = byClass.get(present.getClass());
        if (branch == null) {
            throw new PathException("is a " + present.getClass().getName() + ", which is none of " + names);
        }
        out.startObject();
        out.name(TYPE);
        out.write(branch.name);
        branch.form.writeProperties(present, out);
        out.endObject();
    }

    @Override
    Object read(JsonInput in) throws IOException {
        in.requireObject();
        in.startObject();
        String name = in.discriminator();
        Branch branch = name == null ? null : byName.get(name);
        if (branch == null) {
            throw new PathException("has no property " + TYPE + " that names one of " + names);
        }
        return branch.form.readProperties(in);
    }
}
