package dev.schemabus.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** How to pass over what a writer wrote and the reader doesn't want: no value is made. */
sealed interface SkipStep extends PlanStep {

    void skip(AvroInput in);

    /** The fewest bytes it passes over. */
    int leastBytes();

    /** So many bytes. */
    record Bytes(int size) implements SkipStep {
        @Override
        public void skip(AvroInput in) {
            in.skip(size);
        }

        @Override
        public int leastBytes() {
            return size;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** An int, a long, an enum. */
    record Varint() implements SkipStep {
        @Override
        public void skip(AvroInput in) {
            in.skipVarint();
        }

        @Override
        public int leastBytes() {
            return 1;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** A string or bytes. */
    record Text() implements SkipStep {
        @Override
        public void skip(AvroInput in) {
            in.skipString();
        }

        @Override
        public int leastBytes() {
            return 1;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of();
        }
    }

    /** An array or a map, of which an item is a key and a value. */
    record Items(SkipStep item) implements SkipStep {
        @Override
        public void skip(AvroInput in) {
            in.enter();
            int count = in.skipBlocks(item.leastBytes());
            while (count > 0) {
                for (int i = 0; i < count; i++) {
                    item.skip(in);
                }
                count = in.skipBlocks(item.leastBytes());
            }
            in.leave();
        }

        @Override
        public int leastBytes() {
            return 1;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return List.of(item);
        }

        @Override
        public boolean isLevel() {
            return true;
        }
    }

    /** A union. */
    record Union(List<SkipStep> branches) implements SkipStep {
        @Override
        public void skip(AvroInput in) {
            int index = in.readInt();
            if (index < 0 || index >= branches.size()) {
                throw new PathException("the index " + index + " is none of the " + branches.size()
                        + " branches of the writer's union");
            }
            branches.get(index).skip(in);
        }

        @Override
        public int leastBytes() {
            return 1;
        }

        @Override
        public List<? extends PlanStep> parts() {
            return branches;
        }
    }

    /** Steps one after the other: a record, whose fields are known only after it is, or a map's key and value. */
    final class Sequence implements SkipStep {
        private final List<SkipStep> steps = new ArrayList<>();
        private final boolean counted;
        private int leastBytes;

        /** @param counted whether it is a level of its own */
        Sequence(boolean counted) {
            this.counted = counted;
        }

        void complete(List<SkipStep> all) {
            steps.addAll(all);
            leastBytes = (int) Math.min(
                    Integer.MAX_VALUE,
                    all.stream().mapToLong(SkipStep::leastBytes).sum());
        }

        List<SkipStep> steps() {
            return List.copyOf(steps);
        }

        @Override
        public boolean isLevel() {
            return counted;
        }

        @Override
        public void skip(AvroInput in) {
            if (counted) {
                in.enter();
            }
            for (SkipStep step : steps) {
                step.skip(in);
            }
            if (counted) {
                in.leave();
            }
        }

        @Override
        public int leastBytes() {
            return leastBytes; // 0 while it is being planned, that is within itself
        }

        @Override
        public List<? extends PlanStep> parts() {
            return steps();
        }
    }

    /** The step for data of a schema. */
    static SkipStep of(Schema writer) {
        return of(writer, new HashMap<>());
    }

    private static SkipStep of(Schema writer, Map<String, SkipStep> records) {
        return switch (writer.getType()) {
            case NULL -> new Bytes(0);
            case BOOLEAN -> new Bytes(1);
            case INT, LONG, ENUM -> new Varint();
            case FLOAT -> new Bytes(Float.BYTES);
            case DOUBLE -> new Bytes(Double.BYTES);
            case FIXED -> new Bytes(writer.getFixedSize());
            case STRING, BYTES -> new Text();
            case ARRAY -> new Items(of(writer.getElementType(), records));
            case MAP -> new Items(sequence(false, List.of(new Text(), of(writer.getValueType(), records))));
            case UNION ->
                new Union(writer.getTypes().stream()
                        .map(branch -> of(branch, records))
                        .toList());
            case RECORD -> record(writer, records);
        };
    }

    private static SkipStep record(Schema writer, Map<String, SkipStep> records) {
        SkipStep known = records.get(writer.getFullName());
        if (known != null) {
            return known;
        }
        Sequence record = new Sequence(true);
        records.put(writer.getFullName(), record);
        record.complete(writer.getFields().stream()
                .map(field -> of(field.schema(), records))
                .toList());
        // At once, and not as many steps as a schema may ask for that names forty records twice in each other.
        long size = record.steps.stream()
                .mapToLong(step -> step instanceof Bytes bytes ? bytes.size() : Integer.MAX_VALUE)
                .sum();
        if (size >= Integer.MAX_VALUE) {
            return record;
        }
        Bytes together = new Bytes((int) size);
        records.put(writer.getFullName(), together);
        return together;
    }

    /**
     * Steps one after the other.
     *
     * @param counted whether they are a level of their own
     */
    static Sequence sequence(boolean counted, List<SkipStep> steps) {
        Sequence sequence = new Sequence(counted);
        sequence.complete(steps);
        return sequence;
    }
}
