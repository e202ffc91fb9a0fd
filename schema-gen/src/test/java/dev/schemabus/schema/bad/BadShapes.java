package dev.schemabus.schema.bad;

import dev.schemabus.schema.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Known types that are put together in a way that schemas have no words for. */
@SuppressWarnings({"ArrayRecordComponent", "NullableOptional", "NullablePrimitiveArray"}) // mistakes on purpose
public final class BadShapes {

    private BadShapes() {}

    record Point(int x, int y) {}

    @Mistake
    record RecordKeys(Map<Point, String> values) {}

    @Mistake
    record OptionalKeys(Map<Optional<String>, String> values) {}

    @Mistake
    record NullableKeys(Map<@Nullable String, String> values) {}

    @Mistake
    record DoubleKeys(Map<Double, String> values) {}

    @Mistake
    record ListKeys(Map<List<String>, String> values) {}

    @Mistake
    record BytesKeys(Map<byte[], String> values) {}

    @Mistake
    record OptionalInOptional(Optional<OptionalInt> count) {}

    @Mistake
    record NullableOptionalInt(@Nullable OptionalInt count) {}

    @Mistake
    record NullableOptionals(List<@Nullable Optional<String>> values) {}

    @Mistake
    record NullablePrimitives(@Nullable int[] values) {}

    @Mistake
    record KeyOnList(@Key List<String> ids) {}

    @Mistake
    record KeyOnOptional(@Key Optional<String> id) {}

    @Mistake
    record KeyOnMap(@Key Map<String, String> ids) {}

    @Mistake
    record Loop(int value, Loop next) {}

    @Mistake
    record Husband(Wife wife) {}

    record Wife(Husband husband) {}

    @Mistake
    record Deep(Branch branch) {}

    sealed interface Branch permits Left, Right {}

    record Left(Branch inner) implements Branch {}

    record Right(Branch inner) implements Branch {}

    @Mistake
    sealed interface OverEnum permits Plain, Level {}

    record Plain(int value) implements OverEnum {}

    enum Level implements OverEnum {
        LOW,
        HIGH
    }

    @Mistake
    sealed interface OverOpen permits Extended, Fixed {}

    non-sealed interface Extended extends OverOpen {}

    record Fixed(int value) implements OverOpen {}

    @Mistake
    sealed interface Result<T> permits Ok, Failed {}

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(String why) implements Result<T> {}

    @Mistake
    record Twice(Optional<Set<Optional<Optional<Point>>>> points) {}
}
