package dev.schemabus.schema.bad;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Time;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Types that say nothing, or not enough, about the data. */
@SuppressWarnings({"rawtypes", "ArrayRecordComponent", "JdkObsolete"}) // mistakes on purpose
public final class BadTypes {

    private BadTypes() {}

    @Mistake
    record SqlTimestamp(java.sql.Timestamp at) {}

    @Mistake
    record SqlDate(java.sql.Date day) {}

    @Mistake
    record SqlTime(Time time) {}

    @Mistake
    record OldCalendar(Calendar at) {}

    @Mistake
    record Zone(TimeZone zone) {}

    @Mistake
    record SomeNumber(Number number) {}

    @Mistake
    record Counter(AtomicLong count) {}

    @Mistake
    record Web(URL url) {}

    @Mistake
    record OnDisk(Path file) {}

    @Mistake
    record Built(StringBuilder text) {}

    @Mistake
    record ArrayLists(ArrayList<String> values) {}

    @Mistake
    record HashMaps(HashMap<String, String> values) {}

    @Mistake
    record Sorted(SortedSet<String> values) {}

    @Mistake
    record Iterables(Iterable<String> values) {}

    @Mistake
    record Iterators(Iterator<String> values) {}

    @Mistake
    record Streams(Stream<String> values) {}

    @Mistake
    record Entries(List<Map.Entry<String, Integer>> entries) {}

    @Mistake
    record Lazy(Supplier<String> value) {}

    @Mistake
    record AnyProperties(Map<String, Object> properties) {}

    @Mistake
    record AnyClass(Class<?> type) {}

    @Mistake
    record Failure(Exception cause) {}

    @Mistake
    record Nothing(Void nothing) {}

    @Mistake
    record OfAClass(Person person) {}

    static final class Person {
        @SuppressWarnings("unused") // a class with fields is what newcomers write first
        private String name = "";
    }

    @Mistake
    record OfAnAbstractClass(Shape shape) {}

    abstract static class Shape {}

    @Mistake
    record OfASealedClass(Vehicle vehicle) {}

    abstract static sealed class Vehicle permits Car {}

    static final class Car extends Vehicle {}

    @Mistake
    record OfAnInterface(Priced article) {}

    interface Priced {
        long cents();
    }

    @Mistake
    enum AnEnum {
        ONE
    }

    @Mistake
    record RawMap(Map values) {}

    @Mistake
    record RawOptional(Optional value) {}

    @Mistake
    record RawSet(Set values) {}

    @Mistake
    record RawInside(List<List> values) {}

    @Mistake
    record RawRecord(Page page) {}

    record Page<T>(List<T> items) {}

    @Mistake
    record BoundedWildcard(List<? extends Number> values) {}

    @Mistake
    record WildcardRecord(Page<?> page) {}

    @Mistake
    record LowerWildcard(Map<String, ? super Integer> values) {}

    @Mistake
    record BoundedBox<N extends Number>(N number) {}

    @Mistake
    record GenericArrays<T>(T[] values) {}

    @Mistake
    record Endless(Nest<String> nest) {}

    record Nest<T>(List<Nest<List<T>>> deeper) {}

    @Mistake
    record SetOfBytes(Set<byte[]> values) {}

    @Mistake
    record BareBigDecimals(Map<String, List<BigDecimal>> prices) {}

    @Mistake
    record BareBigInteger(BigInteger number) {}
}
