package dev.schemabus.codec;

import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms of plain values and of logical types. */
final class JsonScalars {

    private JsonScalars() {}

    /** Does what {@link JsonOutput} and {@link JsonInput} do with a value of its type, and no more. */
    abstract static class Plain extends JsonForm {}

    static JsonForm of(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> new OfBoolean();
            case INT -> new OfInt();
            case LONG -> new OfLong();
            case FLOAT -> new OfFloat();
            case DOUBLE -> new OfDouble();
            case NUMBER -> new OfNumber();
            case STRING -> new OfText();
            case BYTES -> new OfBytes();
            case FIXED -> new OfFixed();
        };
    }

    /** @param plain the form of the scalar that the values are written as */
    static JsonForm of(Shape.OfLogical shape, JsonForm plain) {
        return new OfLogical(shape.javaType(), shape.forms().json(), plain);
    }

    private static final class OfBoolean extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write((boolean) Values.required(Boolean.class, value));
        }

        @Override
        Object read(JsonInput in) {
            return in.readBoolean();
        }
    }

    private static final class OfInt extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write((int) Values.required(Integer.class, value));
        }

        @Override
        Object read(JsonInput in) throws IOException {
            return in.readInt();
        }
    }

    private static final class OfLong extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write((long) Values.required(Long.class, value));
        }

        @Override
        Object read(JsonInput in) throws IOException {
            return in.readLong();
        }
    }

    private static final class OfFloat extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write((float) Values.required(Float.class, value));
        }

        @Override
        Object read(JsonInput in) throws IOException {
            return in.readFloat();
        }
    }

    private static final class OfDouble extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write((double) Values.required(Double.class, value));
        }

        @Override
        Object read(JsonInput in) throws IOException {
            return in.readDouble();
        }
    }

    private static final class OfNumber extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write(Values.required(BigDecimal.class, value));
        }

        @Override
        Object read(JsonInput in) throws IOException {
            return in.readNumber();
        }
    }

    private static final class OfText extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write(Values.required(String.class, value));
        }

        @Override
        Object read(JsonInput in) throws IOException {
            return in.readText();
        }
    }

    private static final class OfBytes extends Plain {
        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            out.write(Values.required(byte[].class, value));
        }

        @Override
        Object read(JsonInput in) throws IOException {
            return in.readBytes();
        }
    }

    /** A mistake in a user's logical type. */
    private static final class OfFixed extends JsonForm {
        @Override
        void write(@Nullable Object value, JsonOutput out) {
            throw noFixed();
        }

        @Override
        Object read(JsonInput in) {
            throw noFixed();
        }

        private static PathException noFixed() {
            return new PathException("has a FIXED as its JSON form: let its logical type use BYTES or STRING");
        }
    }

    private static final class OfLogical extends JsonForm {

        private final Class<?> javaType;
        private final Representation<?, ?> form;
        private final JsonForm scalar;

        OfLogical(Class<?> javaType, Representation<?, ?> form, JsonForm scalar) {
            this.javaType = javaType;
            this.form = form;
            this.scalar = scalar;
        }

        @Override
        void write(@Nullable Object value, JsonOutput out) throws IOException {
            Object present = Values.required(value);
            Object plain;
            try {
                plain = form.toScalar(present);
            } catch (RuntimeException e) {
                throw new PathException(String.valueOf(e.getMessage()), e);
            }
            scalar.write(plain, out);
        }

        @Override
        Object read(JsonInput in) throws IOException {
            Object plain = Objects.requireNonNull(scalar.read(in));
            try {
                return form.fromScalar(plain);
            } catch (RuntimeException e) {
                throw new PathException("is no " + javaType.getSimpleName() + ": " + e.getMessage(), e);
            }
        }
    }
}
