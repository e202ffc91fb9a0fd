package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The records of a plan, each planned once for one counterpart in the writer's schema, and findable while it is: a record may
 * contain itself.
 *
 * @param <W> the counterpart, told apart by identity
 * @param <S> the steps for records
 */
final class PlannedRecords<W, S> {

    private record Planned<W, S>(RecordShape shape, W writer, S step) {}

    private final List<Planned<W, S>> all = new ArrayList<>();

    /**
     * The step for a record; plans it if it isn't planned or being planned.
     *
     * @param begun makes the step
     * @param completion plans what is in it; throws {@link PathException} if that can't be planned
     */
    S get(RecordShape shape, W writer, Supplier<S> begun, Consumer<S> completion) {
        for (Planned<W, S> known : all) {
            if (known.shape() == shape && known.writer() == writer) {
                return known.step();
            }
        }
        int before = all.size();
        S step = begun.get();
        all.add(new Planned<>(shape, writer, step));
        try {
            completion.accept(step);
        } catch (PathException e) {
            // A union may have another branch to try: neither this one nor what may refer to it is left for that.
            all.subList(before, all.size()).clear();
            throw e;
        }
        return step;
    }
}
