package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaReferenceTest {

    /** A record with a component for each reference. */
    private static EventSchema schema(SchemaFormat format, String name, SchemaReference... references) {
        return schema(format, name, "int", references);
    }

    private static EventSchema schema(SchemaFormat format, String name, String own, SchemaReference... references) {
        StringBuilder fields = new StringBuilder();
        for (SchemaReference reference : references) {
            String field = reference.name().toLowerCase(Locale.ROOT).replace('.', '_');
            fields.append(
                    format == SchemaFormat.AVRO
                            ? ",{'name':'" + field + "','type':'" + reference.name() + "'}"
                            : ",'" + field + "':{'$ref':'" + reference.name() + "'}");
        }
        String text = format == SchemaFormat.AVRO
                ? "{'type':'record','name':'" + name + "','fields':[{'name':'own','type':'" + own + "'}" + fields + "]}"
                : "{'title':'" + name + "','type':'object','additionalProperties':false,'properties':{'own':{'type':'"
                        + (own.equals("int") ? "integer" : own) + "'}" + fields + "}}";
        return EventSchema.of(format, text.replace('\'', '"'), List.of(references));
    }

    private static SchemaReference to(EventSchema schema) {
        return new SchemaReference(schema.name().orElseThrow(), schema);
    }

    private static List<String> names(EventSchema schema) {
        return schema.references().stream().map(SchemaReference::name).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aDiamondListsItsTipOnceAndFirst(SchemaFormat format) {
        SchemaReference tip = to(schema(format, "a.Tip"));
        SchemaReference left = to(schema(format, "a.Left", tip));
        SchemaReference right = to(schema(format, "b.Right", to(schema(format, "a.Tip"))));

        EventSchema root = schema(format, "a.Root", left, right, tip);

        assertThat(names(root)).containsExactly("a.Tip", "a.Left", "b.Right");
        assertThat(root.inlined().references()).isEmpty();
        assertThat(EventSchema.of(format, root.inlined().text())).isEqualTo(root.inlined());
        assertThat(Compatibility.check(CompatibilityLevel.FULL, root, List.of(root.inlined())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAReferenceNeedsIsntReferredToDirectly(SchemaFormat format) {
        SchemaReference tip = to(schema(format, "a.Tip"));
        SchemaReference left = to(schema(format, "a.Left", tip));

        assertThat(schema(format, "a.Root", left).directReferences()).containsExactly(left);
        assertThat(schema(format, "a.Root", left, tip).directReferences()).containsExactly(tip, left);
        assertThat(schema(format, "a.Root").directReferences()).isEmpty();
    }

    @Test
    void aTypeInsideAReferenceIsAReasonToReferToIt() {
        String inside = "{'type':'record','name':'a.Outer','fields':[{'name':'in','type':{'type':'enum','name':'Inner',"
                + "'symbols':['A']}}]}";
        SchemaReference outer = to(EventSchema.of(SchemaFormat.AVRO, inside.replace('\'', '"')));
        String uses = "{'type':'record','name':'b.Root','fields':[{'name':'x','type':{'type':'array','items':['null',"
                + "'a.Inner']}}]}";

        EventSchema root = EventSchema.of(SchemaFormat.AVRO, uses.replace('\'', '"'), List.of(outer));

        assertThat(root.directReferences()).containsExactly(outer);
    }

    @ParameterizedTest
    @EnumSource
    void tenLevelsAreListedFromTheDeepestUp(SchemaFormat format) {
        List<SchemaReference> levels = new ArrayList<>();
        for (int level = 0; level < 10; level++) {
            levels.add(to(schema(format, "a.L" + level, levels.toArray(SchemaReference[]::new))));
        }
        List<SchemaReference> shuffled = new ArrayList<>(levels);
        Collections.reverse(shuffled);

        EventSchema root = schema(format, "a.Root", shuffled.toArray(SchemaReference[]::new));

        assertThat(names(root))
                .containsExactly("a.L0", "a.L1", "a.L2", "a.L3", "a.L4", "a.L5", "a.L6", "a.L7", "a.L8", "a.L9");
        assertThat(EventSchema.of(format, root.inlined().text()).canonicalText())
                .isEqualTo(root.canonicalText());
    }

    @ParameterizedTest
    @EnumSource
    void aCycleIsAnErrorThatPrintsThePath(SchemaFormat format) {
        EventSchema first = schema(format, "a.A");
        EventSchema b = schema(format, "a.B", to(first));
        EventSchema c = schema(format, "a.C", to(b));

        String rest = ". A schema must be complete before others refer to it: move what both need into a third";
        assertThatThrownBy(() -> schema(format, "a.A", to(b)))
                .isInstanceOf(SchemaException.class)
                .hasMessage("References form a cycle: a.A -> a.B -> a.A" + rest);
        assertThatThrownBy(() -> schema(format, "a.A", to(c)))
                .hasMessage("References form a cycle: a.A -> a.C -> a.B -> a.A" + rest);
        assertThatThrownBy(() -> schema(format, "a.A", to(first)))
                .hasMessage("References form a cycle: a.A -> a.A" + rest);
        assertThatThrownBy(() -> schema(format, "a.Root", new SchemaReference("a.A", c)))
                .hasMessage("References form a cycle: a.A -> a.B -> a.A" + rest);
    }

    @ParameterizedTest
    @EnumSource
    void oneNameWithTwoMeaningsIsAnError(SchemaFormat format) {
        SchemaReference left = to(schema(format, "a.Left", to(schema(format, "a.Tip"))));
        SchemaReference right = to(schema(format, "a.Right", to(schema(format, "a.Tip", "string"))));

        assertThatThrownBy(() -> schema(format, "a.Root", left, right))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("References give a.Tip two meanings, " + format + " a.Tip ");
    }

    @Test
    void aReferenceStaysInItsFormat() {
        SchemaReference json = to(schema(SchemaFormat.JSON, "a.A"));

        assertThatThrownBy(() -> schema(SchemaFormat.AVRO, "a.Root", json))
                .hasMessage("The reference a.A is a schema of format JSON, and one of format AVRO can refer to its own"
                        + " format only");
    }

    @Test
    void anAvroNameWithoutAReferenceIsAnError() {
        assertThatThrownBy(() -> EventSchema.of(
                        SchemaFormat.AVRO,
                        "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"b\",\"type\":\"a.B\"}]}",
                        List.of(to(schema(SchemaFormat.AVRO, "a.C")))))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("Not an Avro schema: Undefined schema: a.B");
    }

    @Test
    void anAvroTextStaysAsItIsAndParsesWithItsReferencesKnown() {
        SchemaReference address = to(schema(SchemaFormat.AVRO, "a.Address"));
        EventSchema order = schema(SchemaFormat.AVRO, "a.Order", address);

        Schema known = new Schema.Parser().parse(address.schema().text());
        Schema parsed = new Schema.Parser().addTypes(List.of(known)).parse(order.text());

        assertThat(order.text()).contains("\"type\":\"Address\"").doesNotContain("\"name\":\"Address\"");
        assertThat(parsed.toString()).isEqualTo(order.inlined().text());
    }

    @ParameterizedTest
    @EnumSource
    void referencesCountForEqualityButNotForMeaning(SchemaFormat format) {
        EventSchema order = schema(format, "a.Order", to(schema(format, "a.Address")));
        EventSchema same = schema(format, "a.Order", to(schema(format, "a.Address")));
        EventSchema other = schema(format, "a.Order", to(schema(format, "a.Address", "string")));

        assertThat(order).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(order.text()).isEqualTo(other.text());
        assertThat(order).isNotEqualTo(other).isNotEqualTo(order.inlined());
        assertThat(order.isEquivalentTo(order.inlined())).isTrue();
        assertThat(order.isEquivalentTo(other)).isFalse();
        assertThat(order.fingerprint()).isEqualTo(order.inlined().fingerprint()).isNotEqualTo(other.fingerprint());
    }

    @ParameterizedTest
    @EnumSource
    void aChangeInWhatIsReferredToIsSeenByCompatibility(SchemaFormat format) {
        EventSchema before = schema(format, "a.Order", to(schema(format, "a.Address")));
        EventSchema after = schema(format, "a.Order", to(schema(format, "a.Address", "string")));

        List<Incompatibility> found = Compatibility.check(CompatibilityLevel.BACKWARD, after, List.of(before));

        assertThat(found)
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.component()).contains("Address.own"));
        assertThat(Compatibility.check(CompatibilityLevel.FULL, before, List.of(before)))
                .isEmpty();
    }

    @Test
    void aJsonDocumentWithReferencesIsValidatedByOthersWithTheSchemasMappedById() {
        SchemaReference city = to(schema(SchemaFormat.JSON, "a.City"));
        SchemaReference address = to(schema(SchemaFormat.JSON, "a.Address", city));
        EventSchema order = schema(SchemaFormat.JSON, "a.Order", address);
        Map<String, String> byId = new HashMap<>();
        String base = "mem:///schemas/";
        byId.put(base + "a.Order", order.text());
        order.references()
                .forEach(reference ->
                        byId.put(base + reference.name(), reference.schema().text()));
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7, builder -> builder.schemas(byId));

        for (com.networknt.schema.Schema schema : List.of(
                registry.getSchema(SchemaLocation.of(base + "a.Order")),
                registry.getSchema(order.inlined().text()))) {
            String good = "{\"own\":1,\"a_address\":{\"own\":2,\"a_city\":{\"own\":3}}}";
            assertThat(schema.validate(good, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(good.replace("3", "\"x\""), InputFormat.JSON))
                    .hasSize(1);
        }
    }

    @Test
    void whatAJsonReferenceNamesMovesWithAllThatLeadsToIt() {
        SchemaReference nodes = new SchemaReference("nodes.json", json("""
                {'$schema':'http://json-schema.org/draft-07/schema#','$id':'http://acme.com/nodes.json','title':'Node',
                 'properties':{'next':{'$ref':'#'},'also':{'$ref':'http://acme.com/nodes.json#/definitions/a~1b%20c'},
                               'named':{'$ref':'#leaf'},'$ref':{'const':{'$ref':'#'}}},
                 'definitions':{'a/b c':{'$id':'#leaf','type':'string'}}}"""));

        EventSchema root = EventSchema.of(SchemaFormat.JSON, """
                {'$id':'http://acme.com/root.json',
                 'properties':{'a':{'$ref':'nodes.json'},'b':{'$ref':'http://acme.com/nodes.json#/properties/next'},
                               'c':{'$ref':'other.json'},'d':{'$ref':'#/definitions/nodes.json'}},
                 'definitions':{'nodes.json':true}}""".replace('\'', '"'), List.of(nodes));

        assertThat(root.inlined()).isEqualTo(json("""
                {'$id':'http://acme.com/root.json',
                 'properties':{'a':{'$ref':'#/definitions/nodes.json_'},'b':{'$ref':'#/definitions/nodes.json_/properties/next'},
                               'c':{'$ref':'other.json'},'d':{'$ref':'#/definitions/nodes.json'}},
                 'definitions':{'nodes.json':true,'nodes.json_':{'title':'Node',
                   'properties':{'next':{'$ref':'#/definitions/nodes.json_'},
                                 'also':{'$ref':'#/definitions/nodes.json_/definitions/a~1b%20c'},
                                 'named':{'$ref':'#/definitions/nodes.json_/definitions/a~1b%20c'},
                                 '$ref':{'const':{'$ref':'#'}}},
                   'definitions':{'a/b c':{'type':'string'}}}}}"""));
    }

    @Test
    void recentDraftsKeepOtherDocumentsUnderDefs() {
        SchemaReference tree = new SchemaReference(
                "tree", json("{'$recursiveAnchor':true,'properties':{'children':{'items':{'$recursiveRef':'#'}}}}"));
        String dialect = "{'$schema':'https://json-schema.org/draft/2019-09/schema',";

        EventSchema root =
                EventSchema.of(SchemaFormat.JSON, (dialect + "'$ref':'tree'}").replace('\'', '"'), List.of(tree));

        assertThat(root.inlined())
                .isEqualTo(json(dialect + "'$ref':'#/$defs/tree','$defs':{'tree':{'properties':{'children':{'items':"
                        + "{'$ref':'#/$defs/tree'}}}}}}"));
    }

    @Test
    void aSchemaOfDraft3CanBeInlinedThoughNotCompared() {
        SchemaReference city = new SchemaReference("city", json("{'type':'object'}"));
        EventSchema root = EventSchema.of(
                SchemaFormat.JSON,
                "{'$schema':'http://json-schema.org/draft-03/schema#','$ref':'city'}".replace('\'', '"'),
                List.of(city));

        assertThat(root.inlined())
                .isEqualTo(json("{'$schema':'http://json-schema.org/draft-03/schema#','$ref':'#/definitions/city',"
                        + "'definitions':{'city':{'type':'object'}}}"));
        assertThatThrownBy(() -> Compatibility.warnings(root, city.schema()))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("this schema is of draft 3");
    }

    private static EventSchema json(String text) {
        return EventSchema.of(SchemaFormat.JSON, text.replace('\'', '"'));
    }
}
