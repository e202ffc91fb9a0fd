package dev.schemabus.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeBindings;
import com.fasterxml.classmate.types.ResolvedObjectType;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.TypeScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record or sealed interface as victools carries types around: it travels with its {@link Shape}, so whoever meets it
 * can ask. A record that is a branch of a sealed interface is another type than the record itself, because it has the
 * discriminator, too.
 */
final class ShapeType extends ResolvedObjectType {

    private final Shape shape;
    private final boolean branch;
    private final List<String> javaNames = new ArrayList<>();

    private ShapeType(Shape shape, boolean branch) {
        super(shape.javaType(), TypeBindings.emptyBindings(), null, ResolvedType.NO_TYPES);
        this.shape = shape;
        this.branch = branch;
        if (shape instanceof RecordShape record) {
            record.components().forEach(component -> javaNames.add(component.javaName()));
        }
    }

    static ShapeType of(Shape shape) {
        return new ShapeType(shape, false);
    }

    static ShapeType branch(RecordShape record) {
        return new ShapeType(record, true);
    }

    /** What victools talks about, if it has a shape; its own types (a component's, say) have none. */
    static @Nullable ShapeType at(TypeScope scope) {
        return scope.getType() instanceof ShapeType type ? type : null;
    }

    /** The record that a field belongs to. */
    static ShapeType declaring(MemberScope<?, ?> field) {
        return (ShapeType) field.getDeclaringType();
    }

    Shape shape() {
        return shape;
    }

    @Nullable
    RecordShape record() {
        return shape instanceof RecordShape record ? record : null;
    }

    boolean isBranch() {
        return branch;
    }

    /** Where a field's component stands in the declaration. */
    int indexOf(MemberScope<?, ?> field) {
        return javaNames.indexOf(field.getDeclaredName());
    }

    Component component(MemberScope<?, ?> field) {
        return Objects.requireNonNull(record()).components().get(indexOf(field));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShapeType that && shape == that.shape && branch == that.branch;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(shape) + (branch ? 1 : 0);
    }
}
