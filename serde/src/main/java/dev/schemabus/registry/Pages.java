package dev.schemabus.registry;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A long list, asked for page by page as it is read. How long a page is, the registry decides in the end: the list ends
 * with a page that is surely not cut off, or that brings nothing new (where there are no pages, the first comes again).
 */
final class Pages<T> {

    private final IntFunction<List<T>> page;
    private final int few;

    /**
     * @param page gives what follows after so many items
     * @param few a page with less than that is the last one
     */
    Pages(IntFunction<List<T>> page, int few) {
        this.page = page;
        this.few = few;
    }

    Stream<T> stream() {
        Set<T> before = new HashSet<>();
        return Stream.iterate(new Page<>(0, page.apply(0)), current -> brings(current, before), this::next)
                .flatMap(current -> current.items().stream());
    }

    private Page<T> next(Page<T> current) {
        int offset = current.offset() + current.items().size();
        return new Page<>(offset, current.items().size() < few ? List.of() : page.apply(offset));
    }

    /** Whether a page has something that the page before it hasn't. */
    private static <T> boolean brings(Page<T> current, Set<T> before) {
        boolean fresh = !before.containsAll(current.items());
        before.clear();
        before.addAll(current.items());
        return fresh;
    }

    private record Page<T>(int offset, List<T> items) {}
}
