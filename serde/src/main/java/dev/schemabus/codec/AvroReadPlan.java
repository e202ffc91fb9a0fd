package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Plans how a shape is read from a writer schema. What Avro's rules say about the two schemas (specification, "Schema
 * Resolution") is Avro's own {@link Resolver}'s answer; this turns it into steps that make Java values.
 *
 * <p>Throws {@link PathException} if no value could be read. A union may have branches that can't: they are an error only
 * for the values that have them.
 */
final class AvroReadPlan {

    /** Where so many fields are passed over in a row, generated code of a step for each would be too long to be compiled. */
    private static final int SKIPS_INLINE = 32;

    private final PlannedRecords<Resolver.Action, ReadStep.OfRecord> records = new PlannedRecords<>();

    /**
     * @param own the schema that was rendered from the shape
     */
    static ReadStep of(Shape shape, Schema writer, Schema own) {
        return new AvroReadPlan().step(shape, resolved(writer, own));
    }

    private static Resolver.Action resolved(Schema writer, Schema own) {
        try {
            return Resolver.resolve(writer, own, new GenericData());
        } catch (AvroRuntimeException duplicate) {
            try {
                return Resolver.resolve(writer, ShadowedAliases.removed(own, writer), new GenericData());
            } catch (AvroRuntimeException e) {
                throw new PathException("the two schemas can't be compared: " + e.getMessage(), e);
            }
        }
    }

    private ReadStep step(Shape shape, Resolver.Action action) {
        if (action instanceof Resolver.ErrorAction error) {
            throw new PathException("the writer's " + described(action.writer) + " can't be read as "
                    + described(action.reader)
                    + (error.error == Resolver.ErrorAction.ErrorType.MISSING_REQUIRED_FIELD
                            ? ": " + missing(error.writer, error.reader)
                            : ""));
        }
        if (action instanceof Resolver.WriterUnion union) {
            return union(shape, union);
        }
        if (action instanceof Resolver.ReaderUnion union) {
            return step(shape, union.actualAction);
        }
        // From here on the reader's schema is no union: for an optional or sealed shape it is one of the branches.
        if (shape instanceof Shape.OfOptional optional) {
            return action.reader.getType() == Schema.Type.NULL
                    ? new ReadStep.Absent(optional)
                    : new ReadStep.Present(optional, step(optional.value(), action));
        }
        if (shape instanceof Shape.OfUnion sealed) {
            return branch(sealed, (Resolver.RecordAdjust) action);
        }
        if (shape instanceof RecordShape record) {
            return record(record, (Resolver.RecordAdjust) action);
        }
        if (shape instanceof Shape.OfScalar scalar) {
            return scalar(scalar.scalar(), action);
        }
        if (shape instanceof Shape.OfLogical logical) {
            return new ReadStep.OfLogical(logical, scalar(logical.forms().avro().scalar(), action));
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return enumeration(enumeration, (Resolver.EnumAdjust) action);
        }
        Resolver.Action inside = ((Resolver.Container) action).elementAction;
        if (shape instanceof Shape.OfList list) {
            return new ReadStep.OfList(list, under("[]", () -> step(list.element(), inside)));
        }
        Shape.OfMap map = (Shape.OfMap) shape;
        return new ReadStep.OfMap(map, under("{}", () -> step(map.value(), inside)));
    }

    private ReadStep union(Shape shape, Resolver.WriterUnion union) {
        List<ReadStep> branches = new ArrayList<>();
        @Nullable PathException obstacle = null;
        boolean readable = false;
        boolean present = false;
        for (Resolver.Action branch : union.actions) {
            boolean isNull = branch.writer.getType() == Schema.Type.NULL;
            present |= !isNull;
            try {
                branches.add(step(shape, branch));
                readable |= !isNull;
            } catch (PathException e) {
                branches.add(new ReadStep.Refusal(e.path(), e.problem()));
                obstacle = obstacle == null || !isNull ? e : obstacle;
            }
        }
        // One that can be read as absent only is of no use to anybody.
        if (obstacle != null && present && !readable) {
            throw obstacle;
        }
        return new ReadStep.OfUnion(branches);
    }

    /** By its name: Avro's reader also takes a record of another name and like fields for a branch, which would be a guess. */
    private ReadStep branch(Shape.OfUnion sealed, Resolver.RecordAdjust action) {
        if (!action.writer.getName().equals(action.reader.getName())) {
            throw new PathException("the writer's " + described(action.writer) + " is none of "
                    + sealed.branches().stream().map(RecordShape::fullName).toList()
                    + ": permit it, or give one of them its name as an alias (@Aliases)");
        }
        RecordShape branch = sealed.branches().stream()
                .filter(record -> record.fullName().equals(action.reader.getFullName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the reader's schema was rendered from the shape"));
        return record(branch, action);
    }

    private ReadStep.OfRecord record(RecordShape shape, Resolver.RecordAdjust action) {
        return records.get(
                shape, action, () -> new ReadStep.OfRecord(shape), step -> step.complete(fields(shape, action)));
    }

    private List<ReadStep.OfRecord.Field> fields(RecordShape shape, Resolver.RecordAdjust action) {
        List<ReadStep.OfRecord.Field> fields = new ArrayList<>();
        List<SkipStep> skipped = new ArrayList<>();
        int next = 0;
        for (Resolver.Action field : action.fieldActions) {
            if (field == null) { // within itself, a record that misses a field
                throw new PathException(missing(action.writer, action.reader));
            }
            if (field instanceof Resolver.Skip) {
                skipped.add(SkipStep.of(field.writer));
                continue;
            }
            skip(skipped, fields);
            int component = action.readerOrder[next++].pos();
            Component described = shape.components().get(component);
            ReadStep value = under("." + described.javaName(), () -> step(described.shape(), field));
            fields.add(new ReadStep.OfRecord.Field(component, value, null));
        }
        skip(skipped, fields);
        for (int i = action.firstDefault; i < action.readerOrder.length; i++) {
            if (action.readerOrder[i] == null) {
                throw new PathException(missing(action.writer, action.reader));
            }
            int component = action.readerOrder[i].pos();
            Component described = shape.components().get(component);
            fields.add(new ReadStep.OfRecord.Field(component, byDefault(described), null));
        }
        return fields;
    }

    private static void skip(List<SkipStep> inARow, List<ReadStep.OfRecord.Field> fields) {
        List<SkipStep> steps =
                inARow.size() <= SKIPS_INLINE ? inARow : List.of(SkipStep.sequence(false, List.copyOf(inARow)));
        steps.forEach(step -> fields.add(new ReadStep.OfRecord.Field(-1, null, step)));
        inARow.clear();
    }

    private static ReadStep byDefault(Component component) {
        Optional<Object> value = component.defaultValue();
        if (value.isPresent()) {
            return new ReadStep.OfDefault(component.shape(), value.get());
        }
        return new ReadStep.Absent((Shape.OfOptional) component.shape());
    }

    private static ReadStep.OfScalar scalar(Scalar scalar, Resolver.Action action) {
        Schema.Type type = action.writer.getType();
        return new ReadStep.OfScalar(
                Scalar.valueOf(type.name()), scalar, type == Schema.Type.FIXED ? action.writer.getFixedSize() : 0);
    }

    private static ReadStep.OfEnum enumeration(Shape.OfEnum shape, Resolver.EnumAdjust action) {
        Map<String, Enum<?>> bySymbol = new HashMap<>();
        shape.symbols().forEach((constant, symbol) -> bySymbol.put(symbol, constant));
        List<String> own = action.reader.getEnumSymbols();
        @Nullable Enum<?>[] constants = new @Nullable Enum<?>[action.adjustments.length];
        for (int i = 0; i < constants.length; i++) {
            int index = action.adjustments[i];
            constants[i] = index < 0 ? null : bySymbol.get(own.get(index));
        }
        return new ReadStep.OfEnum(shape, action.writer.getEnumSymbols(), constants);
    }

    private static ReadStep under(String place, Supplier<ReadStep> planned) {
        try {
            return planned.get();
        } catch (PathException e) {
            throw e.under(place);
        }
    }

    private static String missing(Schema writer, Schema reader) {
        List<String> names = reader.getFields().stream()
                .filter(field -> writer.getField(field.name()) == null && !field.hasDefaultValue())
                .map(Schema.Field::name)
                .toList();
        return "the writer's " + writer.getFullName() + " has no " + String.join(", ", names)
                + ", and there is no default: add @Default, or make it Optional";
    }

    private static String described(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getType().getName() + " " + schema.getFullName();
            default -> schema.getType().getName();
        };
    }
}
