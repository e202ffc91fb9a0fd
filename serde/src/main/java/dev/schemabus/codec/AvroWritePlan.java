package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Plans how a shape is written under a writer schema. Throws {@link PathException} if it can't be. */
final class AvroWritePlan {

    private final PlannedRecords<Schema, WriteStep.OfRecord> records = new PlannedRecords<>();

    static WriteStep of(Shape shape, Schema writer) {
        return new AvroWritePlan().step(shape, writer);
    }

    private WriteStep step(Shape shape, Schema writer) {
        if (writer.getType() == Schema.Type.UNION) {
            return union(shape, writer);
        }
        if (shape instanceof Shape.OfScalar scalar) {
            return scalar(scalar.scalar(), writer);
        }
        if (shape instanceof Shape.OfLogical logical) {
            return logical(logical, writer);
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return enumeration(enumeration, writer);
        }
        if (shape instanceof Shape.OfList list) {
            requireType(writer, Schema.Type.ARRAY, shape);
            return new WriteStep.OfList(list, step(list.element(), writer.getElementType()));
        }
        if (shape instanceof Shape.OfMap map) {
            requireType(writer, Schema.Type.MAP, shape);
            return new WriteStep.OfMap(map, step(map.value(), writer.getValueType()));
        }
        if (shape instanceof RecordShape record) {
            requireType(writer, Schema.Type.RECORD, shape);
            return records.get(
                    record,
                    writer,
                    () -> new WriteStep.OfRecord(record),
                    planned -> planned.complete(writer.getFields().stream()
                            .map(field -> field(record, field))
                            .toList()));
        }
        throw new PathException(
                "an optional or sealed value needs a union, and the writer schema has " + writer.getType());
    }

    private WriteStep.OfRecord.Field field(RecordShape shape, Schema.Field field) {
        Optional<Component> component = shape.components().stream()
                .filter(c -> c.name().equals(field.name()) || c.aliases().contains(field.name()))
                .findFirst();
        if (component.isEmpty()) {
            return new WriteStep.OfRecord.Field(null, null, absent(field));
        }
        try {
            return new WriteStep.OfRecord.Field(
                    component.get(), step(component.get().shape(), field.schema()), null);
        } catch (PathException e) {
            throw e.under("." + component.get().javaName());
        }
    }

    /** A field that the type doesn't have is written with the writer schema's own default. */
    private static byte[] absent(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            throw new PathException("the writer schema requires '" + field.name()
                    + "', which the record doesn't have: add the component");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            // A copy of a field has its default checked; a registry's schema is parsed without.
            Schema.Field checked = new Schema.Field(field, field.schema());
            new GenericDatumWriter<>(field.schema()).write(GenericData.get().getDefaultValue(checked), encoder);
        } catch (AvroRuntimeException e) {
            throw new PathException(
                    "the record doesn't have '" + field.name() + "', and the writer schema's default for it is no "
                            + field.schema().getType().getName() + ": add the component",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't fail to take bytes", e);
        }
        return bytes.toByteArray();
    }

    private WriteStep union(Shape shape, Schema writer) {
        if (shape instanceof Shape.OfOptional optional) {
            Integer absent = writer.getIndexNamed("null");
            return new WriteStep.OfOptional(optional, absent == null ? -1 : absent, union(optional.value(), writer));
        }
        if (shape instanceof Shape.OfUnion sealed) {
            return new WriteStep.OfSealed(
                    sealed,
                    sealed.branches().stream()
                            .map(branch -> branch(branch, writer))
                            .toList());
        }
        return branch(shape, writer);
    }

    private WriteStep branch(Shape shape, Schema writer) {
        @Nullable PathException last = null;
        List<Schema> branches = writer.getTypes();
        boolean named = branches.stream().anyMatch(branch -> isNamedAlike(shape, branch));
        for (int i = 0; i < branches.size(); i++) {
            Schema branch = branches.get(i);
            if (branch.getType() == Schema.Type.NULL
                    || isOtherRecord(shape, branch)
                    || (named && !isNamedAlike(shape, branch))) {
                continue;
            }
            try {
                return new WriteStep.Branch(i, step(shape, branch));
            } catch (PathException e) {
                last = e;
            }
        }
        throw last != null
                ? last
                : new PathException("the writer schema's union has no branch for "
                        + shape.javaType().getSimpleName());
    }

    /** Records and enums are told by their names. */
    private static boolean isNamedAlike(Shape shape, Schema branch) {
        if (shape instanceof RecordShape record && branch.getType() == Schema.Type.RECORD) {
            return isOneOf(branch.getFullName(), record.fullName(), record.aliases());
        }
        return shape instanceof Shape.OfEnum enumeration
                && branch.getType() == Schema.Type.ENUM
                && isOneOf(branch.getFullName(), enumeration.fullName(), enumeration.aliases());
    }

    private static boolean isOneOf(String name, String own, List<String> aliases) {
        return name.equals(own) || aliases.contains(name);
    }

    private static boolean isOtherRecord(Shape shape, Schema branch) {
        return shape instanceof RecordShape && branch.getType() == Schema.Type.RECORD && !isNamedAlike(shape, branch);
    }

    private static WriteStep.OfScalar scalar(Scalar scalar, Schema writer) {
        boolean fits = switch (scalar) {
            case INT ->
                List.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.DOUBLE).contains(writer.getType());
            case FLOAT -> List.of(Schema.Type.FLOAT, Schema.Type.DOUBLE).contains(writer.getType());
            case BOOLEAN, LONG, DOUBLE, STRING, BYTES -> writer.getType().name().equals(scalar.name());
            case FIXED, NUMBER -> false;
        };
        if (!fits) {
            throw mismatch(writer, scalar);
        }
        return new WriteStep.OfScalar(scalar, Scalar.valueOf(writer.getType().name()), 0);
    }

    private static WriteStep.OfScalar fixed(Representation.FixedType type, Schema writer) {
        requireType(writer, Schema.Type.FIXED, type);
        int size = writer.getFixedSize();
        // Which namespace a fixed is in doesn't matter (specification, "Schema Resolution").
        String name = type.fullName().substring(type.fullName().lastIndexOf('.') + 1);
        if (!name.equals(writer.getName()) || type.size() != size) {
            throw new PathException("the writer schema has the fixed type " + writer.getFullName() + " of " + size
                    + " bytes, the type " + type.fullName() + " of " + type.size());
        }
        return new WriteStep.OfScalar(Scalar.FIXED, Scalar.FIXED, size);
    }

    private static WriteStep logical(Shape.OfLogical logical, Schema writer) {
        Representation<?, ?> form = logical.forms().avro();
        for (Map.Entry<String, Object> attribute : form.attributes().entrySet()) {
            if (!attribute.getValue().equals(writer.getObjectProp(attribute.getKey()))) {
                throw new PathException("the writer schema says " + attribute.getKey() + " "
                        + writer.getObjectProp(attribute.getKey()) + ", the type " + attribute.getValue()
                        + ": writing would change the meaning");
            }
        }
        WriteStep.OfScalar plain =
                form.fixedType().map(type -> fixed(type, writer)).orElseGet(() -> scalar(form.scalar(), writer));
        return new WriteStep.OfLogical(logical, plain);
    }

    @SuppressWarnings("EnumOrdinal") // the ordinals of this run, for an array made in it
    private static WriteStep enumeration(Shape.OfEnum shape, Schema writer) {
        requireType(writer, Schema.Type.ENUM, shape);
        if (shape.symbols().values().stream().noneMatch(writer::hasEnumSymbol)) {
            throw new PathException("the writer schema's enum " + writer.getFullName() + " knows none of the symbols "
                    + shape.symbols().values() + ", only " + writer.getEnumSymbols());
        }
        int[] indexes = new int[shape.symbols().size()];
        shape.symbols()
                .forEach((constant, symbol) -> indexes[constant.ordinal()] =
                        writer.hasEnumSymbol(symbol) ? writer.getEnumOrdinal(symbol) : -1);
        return new WriteStep.OfEnum(shape, indexes);
    }

    private static void requireType(Schema writer, Schema.Type type, Object shape) {
        if (writer.getType() != type) {
            throw mismatch(writer, shape);
        }
    }

    private static PathException mismatch(Schema writer, Object shape) {
        return new PathException(
                "the writer schema has " + writer.getType() + ", which " + shape + " can't be written as");
    }
}
