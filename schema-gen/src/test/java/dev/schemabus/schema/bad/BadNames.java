package dev.schemabus.schema.bad;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Namespace;
import java.util.List;

/** Names that schemas can't have, or that stand for two things. */
@SuppressWarnings({"UnicodeInCode", "DollarInName", "TypeNameShadowing"}) // mistakes on purpose
public final class BadNames {

    private BadNames() {}

    @Mistake
    record Dollar(int price$) {}

    @Mistake
    record Größe(int value) {}

    @Mistake
    @Name("com.acme.Order-Placed")
    record Hyphen(int value) {}

    @Mistake
    @Name("")
    record EmptyName(int value) {}

    @Mistake
    @Name("com.acme.")
    record NoSimpleName(int value) {}

    @Mistake
    @Namespace("com.acme-shop")
    record BadNamespace(int value) {}

    @Mistake
    @Namespace("")
    @Name("string")
    record Primitive(int value) {}

    @Mistake
    record OfReserved(Reserved reserved) {}

    @Name("com.acme.record")
    record Reserved(int value) {}

    @Mistake
    record ComponentName(@Name("order.id") String orderId) {}

    @Mistake
    record TypeProperty(@Name("@type") String type) {}

    @Mistake
    record DigitFirst(@Name("1st") String first) {}

    @Mistake
    record UnicodeSymbols(Grade grade) {}

    enum Grade {
        SEHR_GUT,
        GENÜGEND
    }

    @Mistake
    record HyphenSymbols(Carrier carrier) {}

    enum Carrier {
        @Name("sea-freight")
        SEA,
        @EnumDefault
        OTHER
    }

    @Mistake
    record TwoPackages(Here.Line here, There.Line there) {}

    @Namespace("com.acme")
    static final class Here {
        record Line(int a) {}
    }

    @Namespace("com.acme")
    static final class There {
        record Line(int a) {}
    }

    @Mistake
    record RecordAndEnum(Status status, State state) {}

    @Name("com.acme.Status")
    record Status(int code) {}

    @Name("com.acme.Status")
    enum State {
        ON
    }

    @Mistake
    record AliasTwice(@Aliases({"sum", "sum"}) long total) {}

    @Mistake
    record AliasOfItself(@Aliases("total") long total) {}

    @Mistake
    record SharedAlias(
            @Aliases("amount") long gross,
            @Aliases("amount") long net) {}

    @Mistake
    record TypeAliasTaken(Old old, New renewed) {}

    record Old(int value) {}

    @Aliases("Old")
    record New(int value) {}

    @Mistake
    record TypeAliasTwice(First first, Second second) {}

    @Aliases("com.acme.Earlier")
    record First(int value) {}

    @Aliases("com.acme.Earlier")
    record Second(int value) {}

    @Mistake
    @Aliases("Happening")
    sealed interface AliasOnSealed permits Happened {}

    record Happened(int value) implements AliasOnSealed {}

    @Mistake
    record TwoFlavours(Page<String> plain, Page<@Own String> own) {}

    record Page<T>(List<T> items) {}

    /** An annotation that nobody here knows. */
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)
    @interface Own {}
}
