package dev.schemabus.codec;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Avro may make for one class of its compiler's: that class, and those that its fields have. They are found by walking the
 * fields, so no name is looked up, and Avro's list of trusted packages isn't needed. Only a class that stands behind a union of
 * several types, which fields don't show, is loaded by the name in the class' own schema, if Avro's list has it. Of the
 * names in a writer's schema none is.
 */
final class KnownClasses extends SpecificData {

    private final Map<String, Class<?>> byName = new HashMap<>();
    private final Set<String> inOwnSchema = new HashSet<>();

    KnownClasses(Class<?> type, Schema own) {
        super(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(this::addLogicalTypeConversion);
        // Its shorter road reads java-class in other places.
        setFastReaderEnabled(false);
        collect(type);
        collect(own);
    }

    private void collect(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument);
            }
        } else if (type instanceof Class<?> named) {
            boolean record = SpecificRecord.class.isAssignableFrom(named);
            if ((record || named.isEnum() || SpecificFixed.class.isAssignableFrom(named))
                    && byName.put(named.getName(), named) == null
                    && record) {
                for (Field field : named.getDeclaredFields()) {
                    collect(field.getGenericType());
                }
            }
        }
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (inOwnSchema.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM, FIXED -> inOwnSchema.add(schema.getFullName());
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            default -> {
                // has no name of its own
            }
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Avro has it
    public @Nullable Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> {
                Class<?> known = byName.get(getClassName(schema));
                boolean own = inOwnSchema.contains(schema.getFullName());
                yield known != null ? known : own ? super.getClass(schema) : null;
            }
            default -> super.getClass(schema);
        };
    }
}
