package dev.schemabus.codec;

import com.fasterxml.jackson.core.io.SerializedString;
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
    private final Map<String, JsonRecordForm> byName;
    private final List<String> names;

    /**
     * @param byName the branches by what the discriminator may say; the schema may not have all
     * @param byClass the branches by the class of a value
     */
    JsonUnionForm(Shape.OfUnion shape, Map<String, JsonRecordForm> byName, Map<Class<?>, JsonRecordForm> byClass) {
        this.shape = shape;
        this.byName = byName;
        this.names = shape.branches().stream().map(Shape.OfUnion::branchName).toList();
        byClass.forEach((type, form) -> {
            SerializedString name = new SerializedString(Shape.OfUnion.branchName(form.shape()));
            name.asQuotedUTF8(); // encoded now, not at the first use by many threads
            this.byClass.put(type, new Branch(form, name));
        });
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
        JsonRecordForm branch = name == null ? null : byName.get(name);
        if (branch == null) {
            throw new PathException("has no property " + TYPE + " that names one of " + names);
        }
        return branch.readProperties(in);
    }
}
