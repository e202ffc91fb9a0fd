package dev.schemabus.schema;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.function.Function;

/** Records marked with {@link Value}: written as their one component, as if it stood there itself. */
final class ValueClasses {

    private ValueClasses() {}

    /** The shape of a value record whose component has the given shape. */
    static Shape.OfLogical shape(Class<?> type, Shape inner, String path) {
        Members members = Members.of(type, path);
        RecordComponent component = type.getRecordComponents()[0];
        MethodHandle accessor = members.accessor(component);
        MethodHandle constructor = members.constructor();
        Function<Object, Object> open = value -> {
            Object held = Members.get(accessor, value);
            if (held == null) {
                throw new IllegalArgumentException("its " + component.getName()
                        + " is null: a @Value record is written as what it holds, so it must hold something");
            }
            return held;
        };
        Function<Object, Object> close = held -> Members.create(constructor, new Object[] {held});
        return new Shape.OfLogical(
                type,
                new LogicalType.Forms<>(
                        form(inner, SchemaFormat.AVRO, path).as(open, close),
                        form(inner, SchemaFormat.JSON, path).as(open, close)));
    }

    @SuppressWarnings("unchecked") // the shape was read off the component's type, whose values these are
    private static Representation<Object, ?> form(Shape inner, SchemaFormat format, String path) {
        if (inner instanceof Shape.OfLogical logical) {
            return (Representation<Object, ?>) logical.forms().in(format);
        }
        if (inner instanceof Shape.OfScalar scalar) {
            return new Representation<>(scalar.scalar(), Map.of(), Function.identity(), Function.identity());
        }
        if (inner instanceof Shape.OfOptional) {
            throw new SchemaException(path + ": what a @Value record holds must be there: make the record itself"
                    + " Optional or @Nullable where it is used");
        }
        throw new SchemaException(path + ": @Value writes a record as its component, which must be plain (a text, a"
                + " number, a logical type), and " + inner.javaType().getSimpleName() + " isn't: drop @Value");
    }
}
