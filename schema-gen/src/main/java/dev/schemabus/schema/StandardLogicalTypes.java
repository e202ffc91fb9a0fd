package dev.schemabus.schema;

import java.util.List;
import java.util.stream.Stream;

/** The logical types that come with Schemabus; {@link LogicalTypes#standard} has the table. */
final class StandardLogicalTypes {

    private StandardLogicalTypes() {}

    static LogicalTypes all() {
        LogicalTypes all = LogicalTypes.none();
        List<LogicalType<?>> types = Stream.of(
                        NumberTypes.all(), BinaryTypes.all(), TextTypes.all(), TimeTypes.all(), CalendarTypes.all())
                .flatMap(List::stream)
                .toList();
        for (LogicalType<?> type : types) {
            all = all.plus(strict(type));
        }
        return all;
    }

    /** Only ours: a user's own type may give any of our annotations a meaning. */
    private static <T> LogicalType<T> strict(LogicalType<T> type) {
        return LogicalType.of(type.javaType(), use -> {
            StrayAnnotations.refuse(use, type.javaType());
            return type.forms(use);
        });
    }
}
