package dev.schemabus.schema;

import java.util.List;
import java.util.Optional;

/** The frequent changes to a record, each as the record before and after it. */
record Changes(String name, Class<?> before, Class<?> after) {

    static final List<Changes> ALL = List.of(
            new Changes("add an `Optional` component", Id.class, WithOptional.class),
            new Changes("add a component with `@Default`", Id.class, WithDefault.class),
            new Changes("add a component without default", Id.class, WithNote.class),
            new Changes("remove an `Optional` component", WithOptional.class, Id.class),
            new Changes("remove a component with `@Default`", WithDefault.class, Id.class),
            new Changes("remove a component without default", WithNote.class, Id.class),
            new Changes("make a component `Optional`", WithNote.class, WithOptional.class),
            new Changes("make an `Optional` component required", WithOptional.class, WithNote.class),
            new Changes("rename with `@Aliases`", WithDefault.class, Aliased.class),
            new Changes("rename without `@Aliases`", WithDefault.class, Renamed.class),
            new Changes("`int` becomes `long`", WithInt.class, WithLong.class),
            new Changes("`int` becomes `String`", WithInt.class, WithText.class),
            new Changes("`List<Integer>` becomes `List<Long>`", WithInts.class, WithLongs.class),
            new Changes("add an enum constant", WithState.class, WithStates.class),
            new Changes("add a constant to an enum with `@EnumDefault`", WithSafeState.class, WithSafeStates.class),
            new Changes("remove an enum constant", WithStates.class, WithState.class),
            new Changes("add a record to a sealed type", WithPayment.class, WithPayments.class),
            new Changes("remove a record from a sealed type", WithPayments.class, WithPayment.class),
            new Changes("reorder components", WithNote.class, Reordered.class));

    EventSchema before(SchemaFormat format) {
        return SchemaGenerator.standard().generate(before, format);
    }

    EventSchema after(SchemaFormat format) {
        return SchemaGenerator.standard().generate(after, format);
    }

    @Name("shop.OrderPaid")
    record Id(String id) {}

    @Name("shop.OrderPaid")
    record WithOptional(String id, Optional<String> note) {}

    @Name("shop.OrderPaid")
    record WithDefault(String id, @Default("none") String note) {}

    @Name("shop.OrderPaid")
    record WithNote(String id, String note) {}

    @Name("shop.OrderPaid")
    record Reordered(String note, String id) {}

    @Name("shop.OrderPaid")
    record Aliased(
            String id, @Default("none") @Aliases("note") String remark) {}

    @Name("shop.OrderPaid")
    record Renamed(String id, @Default("none") String remark) {}

    @Name("shop.OrderPaid")
    record WithInt(int count) {}

    @Name("shop.OrderPaid")
    record WithLong(long count) {}

    @Name("shop.OrderPaid")
    record WithText(String count) {}

    @Name("shop.OrderPaid")
    record WithInts(List<Integer> counts) {}

    @Name("shop.OrderPaid")
    record WithLongs(List<Long> counts) {}

    @Name("shop.State")
    enum State {
        NEW
    }

    @Name("shop.State")
    enum States {
        NEW,
        PAID
    }

    @Name("shop.State")
    enum SafeState {
        @EnumDefault
        NEW
    }

    @Name("shop.State")
    enum SafeStates {
        @EnumDefault
        NEW,
        PAID
    }

    @Name("shop.OrderPaid")
    record WithState(State state) {}

    @Name("shop.OrderPaid")
    record WithStates(States state) {}

    @Name("shop.OrderPaid")
    record WithSafeState(SafeState state) {}

    @Name("shop.OrderPaid")
    record WithSafeStates(SafeStates state) {}

    sealed interface Payment permits Card {}

    @Name("shop.Card")
    record Card(String number) implements Payment {}

    sealed interface Payments permits CardOf, Cash {}

    @Name("shop.Card")
    record CardOf(String number) implements Payments {}

    @Name("shop.Cash")
    record Cash() implements Payments {}

    @Name("shop.OrderPaid")
    record WithPayment(Payment payment) {}

    @Name("shop.OrderPaid")
    record WithPayments(Payments payment) {}
}
