package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes values of any type that has a shape. The same seed makes the same values. */
final class RandomValues {

    private static final int DEPTH = 6;
    private static final int ENDLESS = 1_000;

    private final SchemaGenerator generator;
    private final Random random;
    private final RandomScalars scalars;

    RandomValues(long seed) {
        this(SchemaGenerator.standard(), seed);
    }

    /** Values of types that need a generator with logical types of their own. */
    RandomValues(SchemaGenerator generator, long seed) {
        this.generator = generator;
        this.random = new Random(seed);
        this.scalars = new RandomScalars(random);
    }

    <T> T next(Class<T> type) {
        return type.cast(Objects.requireNonNull(value(generator.shape(type), 0)));
    }

    private @Nullable Object value(Shape shape, int depth) {
        if (shape instanceof Shape.OfScalar scalar) {
            return scalars.of(scalar.scalar(), Map.of());
        }
        if (shape instanceof Shape.OfLogical logical) {
            return scalars.of(logical);
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return oneOf(List.copyOf(enumeration.symbols().keySet()));
        }
        if (shape instanceof Shape.OfList list) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int left = size(depth); left > 0; left--) {
                values.add(value(list.element(), depth + 1));
            }
            return list.of(values);
        }
        if (shape instanceof Shape.OfMap map) {
            Map<Object, @Nullable Object> values = new LinkedHashMap<>();
            for (int left = size(depth); left > 0; left--) {
                Object key = Objects.requireNonNull(value(map.key(), depth + 1));
                values.put(key, value(map.value(), depth + 1));
            }
            return values;
        }
        if (shape instanceof Shape.OfOptional optional) {
            return optional.close(depth > DEPTH || random.nextInt(3) == 0 ? null : value(optional.value(), depth + 1));
        }
        if (shape instanceof Shape.OfUnion union) {
            return value(depth > DEPTH ? lowest(union) : oneOf(union.branches()), depth + 1);
        }
        RecordShape record = (RecordShape) shape;
        return record.create(record.components().stream()
                .map(component -> value(component.shape(), depth + 1))
                .toArray());
    }

    private int size(int depth) {
        return depth > DEPTH ? 0 : random.nextInt(depth < 3 ? 4 : 2);
    }

    private <V> V oneOf(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The branch that comes to an end first. */
    private static RecordShape lowest(Shape.OfUnion union) {
        return union.branches().stream()
                .min(Comparator.comparing(branch -> height(branch, new HashSet<>())))
                .orElseThrow(() -> new AssertionError("a sealed interface permits something"));
    }

    private static int height(Shape shape, Set<RecordShape> above) {
        if (shape instanceof Shape.OfUnion union) {
            return union.branches().stream()
                    .mapToInt(branch -> height(branch, above))
                    .min()
                    .orElse(ENDLESS);
        }
        if (!(shape instanceof RecordShape record)) {
            return 0;
        }
        if (!above.add(record)) {
            return ENDLESS;
        }
        int highest = record.components().stream()
                .mapToInt(component -> height(component.shape(), above))
                .max()
                .orElse(0);
        above.remove(record);
        return Math.min(ENDLESS, highest + 1);
    }
}
