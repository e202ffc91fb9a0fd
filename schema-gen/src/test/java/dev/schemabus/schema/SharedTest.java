package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTest {

    private static final SchemaGenerator GENERATOR = SchemaGenerator.standard();
    private static final String HERE = "dev.schemabus.schema.SharedTest.";

    enum Country {
        DE,
        FR
    }

    @Shared
    record City(String name, Country country) {}

    @Shared
    @Doc("Where people live.")
    record Address(String street, City city) {}

    record Customer(String name, Address home, List<City> seen) {}

    record Order(Customer customer, Optional<Address> shipping, Map<String, City> stops) {}

    private static List<String> names(EventSchema schema) {
        return schema.references().stream().map(SchemaReference::name).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aSharedRecordIsReferredToAndListedAfterWhatItNeeds(SchemaFormat format) {
        EventSchema order = GENERATOR.generate(Order.class, format);

        assertThat(names(order)).containsExactly(HERE + "City", HERE + "Address");
        assertThat(order.references().get(1).schema()).isEqualTo(GENERATOR.generate(Address.class, format));
        assertThat(order.text()).contains("Customer").contains("stops").doesNotContain("people live", "street");
    }

    @Test
    void theTextsAreThese() {
        assertThat(GENERATOR.generate(Address.class, SchemaFormat.AVRO).text())
                .isEqualTo("{'type':'record','name':'Address','namespace':'dev.schemabus.schema.SharedTest',"
                        .concat("'doc':'Where people live.','fields':[{'name':'street','type':'string'},")
                        .concat("{'name':'city','type':'City'}]}")
                        .replace('\'', '"'));
        assertThat(GENERATOR.generate(Address.class, SchemaFormat.JSON).text())
                .contains("\"city\":{\"$ref\":\"dev.schemabus.schema.SharedTest.City\"}")
                .doesNotContain("definitions", "country");
    }

    @ParameterizedTest
    @ValueSource(classes = {Order.class, Customer.class, Address.class, Tree.class, Garden.class, Trip.class})
    void inAvroTheInlinedTextIsThatWithoutSharing(Class<?> type) {
        EventSchema schema = GENERATOR.generate(type, SchemaFormat.AVRO);

        assertThat(schema.inlined())
                .isEqualTo(new AvroRenderer().render(GENERATOR.shape(type)))
                .matches(schema::isEquivalentTo);
    }

    @ParameterizedTest
    @ValueSource(classes = {Order.class, Customer.class, Address.class, Tree.class, Garden.class, Trip.class})
    void inJsonTheInlinedSchemaAcceptsWhatTheOneWithoutSharingDoes(Class<?> type) {
        EventSchema schema = GENERATOR.generate(type, SchemaFormat.JSON);
        EventSchema whole = new JsonRenderer(JsonSettings.STANDARD).render(GENERATOR.shape(type));

        assertThat(Compatibility.check(CompatibilityLevel.FULL, schema, List.of(whole)))
                .isEmpty();
        assertThat(Compatibility.check(CompatibilityLevel.FULL, schema.inlined(), List.of(whole)))
                .isEmpty();
    }

    @Shared
    record Tree(int value, @Nullable Tree left, @Nullable Branch right) {}

    record Branch(Tree tree) {}

    record Garden(List<Tree> trees) {}

    @ParameterizedTest
    @EnumSource
    void aSharedRecordThatContainsItselfStaysOneSchema(SchemaFormat format) {
        EventSchema tree = GENERATOR.generate(Tree.class, format);

        assertThat(names(tree)).isEmpty();
        assertThat(tree).isEqualTo(GENERATOR.withShared(Tree.class).generate(Tree.class, format));
        assertThat(names(GENERATOR.generate(Garden.class, format))).containsExactly(HERE + "Tree");
    }

    sealed interface Leg permits Drive, Flight {}

    @Shared
    record Drive(City from, City to) implements Leg {}

    record Flight(String number) implements Leg {}

    record Trip(List<Leg> legs, Optional<Drive> back) {}

    record Road(Leg leg) {}

    @Test
    void aSharedCaseOfASealedTypeIsReferredToInAvroAndWrittenOutInJson() {
        EventSchema avro = GENERATOR.generate(Road.class, SchemaFormat.AVRO);
        EventSchema json = GENERATOR.generate(Road.class, SchemaFormat.JSON);

        assertThat(names(avro)).containsExactly(HERE + "City", HERE + "Drive");
        assertThat(names(json)).containsExactly(HERE + "City");
        assertThat(json.text()).contains("\"const\":\"Drive\"");
        assertThat(names(GENERATOR.generate(Trip.class, SchemaFormat.JSON)))
                .containsExactly(HERE + "City", HERE + "Drive");
        assertThat(names(GENERATOR.generate(Leg.class, SchemaFormat.AVRO)))
                .containsExactly(HERE + "City", HERE + "Drive");
    }

    record Visit(City city, Country country) {}

    @Test
    void anAvroTypeThatAReferenceDefinesIsNotDefinedAgain() {
        EventSchema visit = GENERATOR.generate(Visit.class, SchemaFormat.AVRO);

        assertThat(visit.text()).contains("\"country\",\"type\":\"Country\"").doesNotContain("symbols");
    }

    record Plain(String text, Inner inner) {}

    record Inner(Country country) {}

    @ParameterizedTest
    @EnumSource
    void theGeneratorSharesTypesOfOthers(SchemaFormat format) {
        SchemaGenerator sharing = GENERATOR.withShared(Inner.class).withShared(Country.class);

        assertThat(names(GENERATOR.generate(Plain.class, format))).isEmpty();
        assertThat(names(sharing.generate(Plain.class, format)))
                .isEqualTo(
                        format == SchemaFormat.AVRO
                                ? List.of(HERE + "Country", HERE + "Inner")
                                : List.of(HERE + "Inner"));
    }

    @Shared
    record Box<T>(T content) {}

    record Shelf(Box<City> one, List<Box<String>> others) {}

    @ParameterizedTest
    @EnumSource
    void aGenericRecordIsSharedOnceForEachOfItsUses(SchemaFormat format) {
        EventSchema shelf = GENERATOR.generate(Shelf.class, format);

        assertThat(names(shelf)).containsExactly(HERE + "City", HERE + "Box_City", HERE + "Box_String");
    }

    record Husband(Wife wife) {}

    record Wife(Optional<Couple> couple) {}

    record Couple(Husband husband) {}

    @ParameterizedTest
    @EnumSource
    void aCycleThroughSharedRecordsIsAnErrorThatPrintsThePath(SchemaFormat format) {
        SchemaGenerator sharing = GENERATOR.withShared(Husband.class, Couple.class);

        assertThatThrownBy(() -> sharing.generate(Holder.class, format))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "Couple.husband -> Husband.wife -> Wife.couple -> Couple: the shared Husband can't lead back to"
                                + " Couple, which refers to it: a schema must be complete before others refer to it. Share only"
                                + " one of them, or drop a component");
        assertThatThrownBy(() -> GENERATOR.withShared(Wife.class).generate(Husband.class, format))
                .hasMessageStartingWith(
                        "Husband.wife -> Wife.couple -> Couple.husband -> Husband: the shared Wife can't");
        assertThat(names(GENERATOR.withShared(Wife.class).generate(Wife.class, format)))
                .isEmpty();
    }

    record Holder(Optional<Couple> couple) {}

    record Invoice(City from, Region region) {}

    @Shared
    record Region(Country country) {}

    @Test
    void aTypeThatTwoSharedOnesDefineMustBeSharedToo() {
        assertThatThrownBy(() -> GENERATOR.generate(Invoice.class, SchemaFormat.AVRO))
                .isInstanceOf(SchemaException.class)
                .hasMessage("Invoice.region: the schemas of the shared types [City, Region] both define " + HERE
                        + "Country, and Avro takes one definition of a name: share Country as well");

        EventSchema avro = GENERATOR.withShared(Country.class).generate(Invoice.class, SchemaFormat.AVRO);

        assertThat(names(avro)).containsExactly(HERE + "Country", HERE + "City", HERE + "Region");
    }

    @Shared
    sealed interface Pay permits Cash {}

    record Cash(int sum) implements Pay {}

    record Bill(Pay pay) {}

    @Shared
    @Value
    record OrderId(String id) {}

    record Parcel(OrderId order) {}

    @Shared
    record Door(@Fixed UUID id) {}

    @Shared
    record Window(@Fixed UUID id) {}

    record House(Door door, Window window, @Fixed UUID id) {}

    @Test
    void aFixedTypeIsTheSameWhereverItIsDefined() {
        EventSchema house = GENERATOR.generate(House.class, SchemaFormat.AVRO);

        assertThat(names(house)).containsExactly(HERE + "Door", HERE + "Window");
        assertThat(house.inlined()).isEqualTo(new AvroRenderer().render(GENERATOR.shape(House.class)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DRAFT_3")
    void everyDialectWithDefinitionsRefersToSharedRecords(JsonDialect dialect) {
        EventSchema order = GENERATOR.withJsonDialect(dialect).generate(Order.class, SchemaFormat.JSON);

        assertThat(names(order)).containsExactly(HERE + "City", HERE + "Address");
        assertThat(order.text()).doesNotContain("country", "street");
        assertThat(order.inlined().text()).contains("country", "street").doesNotContain("\"" + HERE + "City\"}");
    }

    @Test
    void draft3WritesEverythingOut() {
        SchemaGenerator draft3 = GENERATOR.withJsonDialect(JsonDialect.DRAFT_3);

        assertThat(names(draft3.generate(Order.class, SchemaFormat.JSON))).isEmpty();
    }

    @Test
    void whatHasNoNameInSchemasCannotBeShared() {
        assertThatThrownBy(() -> GENERATOR.generate(Parcel.class, SchemaFormat.JSON))
                .isInstanceOf(SchemaException.class)
                .hasMessage("Parcel.order: OrderId can't be shared, because it is written as a plain value: share a"
                        + " record that holds it instead");
        assertThatThrownBy(() -> GENERATOR.generate(Bill.class, SchemaFormat.JSON))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "Bill.pay: Pay can't be shared, because it is a sealed interface, which has no name in Avro:"
                                + " share the records it permits");
        assertThatThrownBy(() -> GENERATOR.withShared(Instant.class))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "java.time.Instant can't be shared: only records and enums have schemas that others can refer"
                                + " to");
    }

    @Shared
    @Name("acme.Item")
    record Item(String name) {}

    @Name("acme.Cart")
    record Cart(List<Item> items) {}

    @Shared
    @Name("acme.Item")
    record NewItem(String name, int count) {}

    @Name("acme.Cart")
    record NewCart(List<NewItem> items) {}

    @ParameterizedTest
    @EnumSource
    void aChangeOfTheSharedRecordAloneIsJudged(SchemaFormat format) {
        EventSchema before = GENERATOR.generate(Cart.class, format);
        EventSchema after = GENERATOR.generate(NewCart.class, format);

        assertThat(after.text()).isEqualTo(before.text());
        assertThat(after).isNotEqualTo(before);
        assertThat(Compatibility.check(CompatibilityLevel.BACKWARD, after, List.of(before)))
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.component()).contains("Item.count"));
    }
}
