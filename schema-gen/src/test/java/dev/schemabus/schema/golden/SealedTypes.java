package dev.schemabus.schema.golden;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sealed interfaces over records. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class SealedTypes {

    private SealedTypes() {}

    @Golden
    @Doc("What happens to an account.")
    sealed interface AccountEvent permits Opened, Changed, Closed {}

    @Doc("The first event.")
    record Opened(@Key String account, String owner) implements AccountEvent {}

    sealed interface Changed extends AccountEvent permits Renamed, Moved {}

    record Renamed(@Key String account, String owner) implements Changed {}

    sealed interface Moved extends Changed permits MovedHome, MovedAway {}

    record MovedHome(@Key String account, String street) implements Moved {}

    @Name("Emigrated")
    @Aliases("MovedAbroad")
    record MovedAway(@Key String account, String country) implements Moved {}

    record Closed(@Key String account) implements AccountEvent {}

    @Golden
    sealed interface OnlyOne permits TheOne {}

    record TheOne(int value) implements OnlyOne {}

    /** A record under two parents is one branch. */
    @Golden
    sealed interface Vehicle permits OnWater, OnLand {}

    sealed interface OnWater extends Vehicle permits Boat, Amphibian {}

    sealed interface OnLand extends Vehicle permits Amphibian, Bicycle {}

    record Boat(int knots) implements OnWater {}

    record Amphibian(int wheels) implements OnWater, OnLand {}

    record Bicycle(int gears) implements OnLand {}

    @Golden
    record Garage(
            Vehicle vehicle,
            OnLand onLand,
            Optional<Vehicle> optional,
            @Nullable OnWater nullable,
            List<Vehicle> list,
            List<Optional<OnLand>> gaps,
            Set<Vehicle> set,
            Vehicle[] array,
            Map<String, Vehicle> byName,
            Map<String, Optional<Vehicle>> perhapsByName,
            Bicycle bicycle) {}

    @Golden
    sealed interface Expression permits Constant, Negation, Sum, Conditional {}

    record Constant(long value) implements Expression {}

    record Negation(Expression operand) implements Expression {}

    record Sum(List<Expression> operands) implements Expression {}

    record Conditional(Expression condition, Expression then, Optional<Expression> otherwise) implements Expression {}

    @Golden
    record Formula(String name, Expression expression) {}

    sealed interface Result<T, E> permits Success, Failure {}

    record Success<T, E>(T value) implements Result<T, E> {}

    record Failure<T, E>(E error, Optional<String> detail) implements Result<T, E> {}

    record Receipt(String number) {}

    enum Refusal {
        LATE,
        EMPTY
    }

    @Golden
    record Outcomes(
            Result<Receipt, Refusal> receipt,
            Result<String, Refusal> text,
            List<Result<Receipt, Refusal>> all,
            Optional<Result<List<Receipt>, Refusal>> list) {}
}
