package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.DeletedVersions;
import dev.schemabus.registry.DeletionRefusedException;
import dev.schemabus.registry.Registration;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.RuleSet;
import dev.schemabus.registry.SchemaContent;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaMetadata;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaQuery;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.registry.ServerIdentity;
import dev.schemabus.registry.StoredVersion;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectConfig;
import dev.schemabus.registry.SubjectReference;
import dev.schemabus.registry.SubjectVersion;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a schema registry owes to operators beyond {@link SchemaRegistryContract}: deleting, importing, references, contexts,
 * metadata and settings. Every test makes subjects and schemas of its own, so the registry need not be empty.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class RegistryAdminContract {

    private final String unique = UUID.randomUUID().toString().replace("-", "");
    private final Subject subject = named("orders");

    @SuppressWarnings("NullAway.Init") // set before each test
    private RegistryConnection registry;

    /** Opens a connection to the registry under test. It is closed after each test. */
    protected abstract RegistryConnection open();

    @BeforeEach
    void connect() {
        registry = open();
    }

    @AfterEach
    void disconnect() {
        registry.close();
    }

    private Subject named(String name) {
        return new Subject("admin-" + unique + "-" + name);
    }

    /** A record with strings; its name is this test's own. */
    private SchemaContent avro(String name, String... fields) {
        List<String> texts = IntStream.range(0, fields.length)
                .mapToObj(i -> "{\"name\":\"" + fields[i] + "\",\"type\":\"string\"}")
                .toList();
        return record(name, String.join(",", texts));
    }

    private SchemaContent record(String name, String fields) {
        return new SchemaContent(
                "AVRO",
                "{\"type\":\"record\",\"name\":\"%s\",\"namespace\":\"shop.t%s\",\"fields\":[%s]}"
                        .formatted(name, unique, fields));
    }

    private String fullName(String name) {
        return "shop.t" + unique + "." + name;
    }

    private SubjectVersion first(Subject of) {
        return new SubjectVersion(of, 1);
    }

    @Test
    void aDeletedVersionIsHiddenAndItsIdStaysReadable() {
        SchemaContent old = avro("Placed", "a", "b");
        SchemaId id = registry.register(subject, old).id();
        registry.register(subject, avro("Placed", "a"));

        assertThat(registry.delete(first(subject))).isEqualTo(1);

        assertThat(registry.versions(subject)).containsExactly(2);
        assertThat(registry.versions(subject, DeletedVersions.INCLUDED)).containsExactly(1, 2);
        assertThat(registry.versions(subject, DeletedVersions.ONLY)).containsExactly(1);
        assertNotFound(40402, () -> registry.stored(first(subject)));
        assertThat(registry.stored(first(subject), DeletedVersions.INCLUDED).id())
                .isEqualTo(id);
        assertThat(registry.content(id).text()).isEqualTo(old.text());
    }

    @Test
    void aDeletedSubjectIsHiddenUntilItIsRegisteredAgain() {
        SchemaContent schema = avro("Placed", "a");
        SchemaId id = registry.register(subject, schema).id();

        assertThat(registry.delete(subject)).containsExactly(1);

        assertThat(registry.subjects(subject.name(), DeletedVersions.EXCLUDED)).isEmpty();
        assertThat(registry.subjects(subject.name(), DeletedVersions.INCLUDED)).containsExactly(subject);
        assertThat(registry.subjects(subject.name(), DeletedVersions.ONLY)).containsExactly(subject);
        assertNotFound(40401, () -> registry.versions(subject));
        assertNotFound(40404, () -> registry.delete(subject));
        assertThat(registry.register(subject, schema).id()).isEqualTo(id);
        // The number of the deleted version is taken.
        assertThat(registry.versions(subject)).containsExactly(2);
    }

    @Test
    void whatIsDeletedForGoodMustBeSoftDeletedFirst() {
        registry.register(subject, avro("Placed", "a", "b"));
        registry.register(subject, avro("Placed", "a"));

        assertDeletionRefused(40405, () -> registry.deletePermanently(subject));
        assertDeletionRefused(40407, () -> registry.deletePermanently(first(subject)));
        registry.delete(first(subject));
        assertThat(registry.deletePermanently(first(subject))).isEqualTo(1);
        assertThat(registry.versions(subject, DeletedVersions.INCLUDED)).containsExactly(2);
        registry.delete(subject);
        assertThat(registry.deletePermanently(subject)).containsExactly(2);
        assertNotFound(40401, () -> registry.versions(subject, DeletedVersions.INCLUDED));
    }

    @Test
    void aVersionThatOthersReferToCantBeDeleted() {
        Subject address = named("address");
        registry.register(address, avro("Address", "street"));
        registry.register(subject, referring("Placed", "Address", address, 1));

        assertDeletionRefused(42206, () -> registry.delete(first(address)));
        registry.delete(first(subject));
        registry.deletePermanently(first(subject));
        assertThat(registry.delete(first(address))).isEqualTo(1);
    }

    /** A record with one component of another record's type. */
    private SchemaContent referring(String name, String to, Subject target, int version) {
        return record(name, "{\"name\":\"to%s\",\"type\":\"%s\"}".formatted(to, fullName(to)))
                .withReferences(List.of(new SubjectReference(fullName(to), target, version)));
    }

    @Test
    void referencesAreKeptByNumberAndResolved() {
        Subject address = named("address");
        registry.register(address, avro("Address", "street"));
        SchemaContent placed = referring("Placed", "Address", address, SubjectVersion.LATEST);

        SchemaId id = registry.register(subject, placed).id();

        SchemaContent kept = registry.content(id);
        assertThat(kept.references()).containsExactly(new SubjectReference(fullName("Address"), address, 1));
        EventSchema resolved = registry.resolved(kept);
        assertThat(resolved.references()).hasSize(1);
        assertThat(resolved.inlined().text()).contains("street");
        assertThat(registry.byId(id)).isEqualTo(resolved);
        assertThat(registry.register(subject, placed).id()).isEqualTo(id);
    }

    @Test
    void aReferenceToNothingIsRefused() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.register(subject, referring("Placed", "Address", named("address"), 1)))
                .withMessageContaining("address");
    }

    @Test
    void whoRefersToAVersionIsFoundDirectlyAndThroughOthers() {
        Subject street = named("street");
        Subject address = named("address");
        Subject other = named("other");
        registry.register(street, avro("Street", "name"));
        SchemaId middle = registry.register(address, referring("Address", "Street", street, 1))
                .id();
        registry.register(subject, referring("Placed", "Address", address, 1));
        registry.register(other, referring("Cancelled", "Address", address, 1));

        assertThat(registry.referencedBy(first(street))).containsExactly(middle);
        assertThat(registry.usedBy(first(street))).containsExactly(first(address), first(subject), first(other));
        assertThat(registry.usedBy(first(subject))).isEmpty();
    }

    @Test
    void aSchemaWithADiamondOfReferencesComesBackAsItWas() {
        EventSchema schema = tower(2, 2);

        Registration registration = registry.register(subject, schema);

        assertThat(registry.byId(registration.id())).isEqualTo(schema);
        assertThat(registry.latest(subject).schema()).isEqualTo(schema);
        assertThat(registry.lookup(subject, schema).id()).isEqualTo(registration.id());
        assertThat(registry.register(subject, schema)).isEqualTo(registration);
        assertThat(registry.incompatibilities(subject, schema)).isEmpty();
    }

    @Test
    void tenReferencesMayFollowUponEachOther() {
        EventSchema schema = tower(10, 1);

        SchemaId id = registry.register(subject, schema).id();

        assertThat(schema.references()).hasSize(10);
        assertThat(registry.byId(id)).isEqualTo(schema);
        assertThat(registry.byId(id).inlined()).isEqualTo(schema.inlined());
    }

    /** Records upon records: each of a level refers to all of the level below. */
    private EventSchema tower(int levels, int width) {
        List<SchemaReference> below = List.of();
        for (int level = 0; level < levels; level++) {
            List<SchemaReference> under = below;
            int height = level;
            below = IntStream.range(0, width)
                    .mapToObj(i -> {
                        String name = "Level" + height + "Part" + i;
                        return new SchemaReference(fullName(name), upon(name, under));
                    })
                    .toList();
        }
        return upon("Top", below);
    }

    private EventSchema upon(String name, List<SchemaReference> below) {
        StringBuilder fields = new StringBuilder("{\"name\":\"own\",\"type\":\"string\"}");
        for (int i = 0; i < below.size(); i++) {
            fields.append(",{\"name\":\"part%d\",\"type\":\"%s\"}"
                    .formatted(i, below.get(i).name()));
        }
        return EventSchema.of(SchemaFormat.AVRO, record(name, fields.toString()).text(), below);
    }

    @Test
    void aVersionIsImportedUnderItsNumberAndId() {
        SchemaId id = new SchemaId(1_000_000_000 + (unique.hashCode() & 0xfffffff));
        registry.setMode(subject, RegistryMode.IMPORT);
        StoredVersion imported = new StoredVersion(subject, 7, id, avro("Placed", "a"));

        registry.importVersion(imported);

        StoredVersion found = registry.stored(new SubjectVersion(subject, 7));
        assertThat(found.id()).isEqualTo(id);
        assertThat(found.content()).isEqualTo(imported.content());
        assertThat(registry.versions(subject)).containsExactly(7);
        registry.importVersion(imported);
        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(() -> registry.importVersion(new StoredVersion(subject, 8, id, avro("Other", "a"))));
        registry.clearMode(subject);
    }

    @Test
    void importWantsAnEmptySubjectUnlessItIsForced() {
        registry.register(subject, avro("Placed", "a"));

        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(() -> registry.setMode(subject, RegistryMode.IMPORT))
                .satisfies(e -> assertThat(e.code()).isEqualTo(42205));
        registry.setMode(subject, RegistryMode.IMPORT, true);
        assertThat(registry.mode(subject)).contains(RegistryMode.IMPORT);
        registry.clearMode(subject);
        assertThat(registry.mode(subject)).isEmpty();
        assertThat(registry.modeInForce(subject)).isEqualTo(registry.mode());
        registry.clearMode(subject);
    }

    @Test
    void metadataAndRulesComeBackAsTheyWere() {
        SchemaMetadata metadata = new SchemaMetadata(
                "{\"properties\":{\"owner\":\"checkout\"},\"tags\":{\"**.email\":[\"PII\"]},\"sensitive\":[\"owner\"]}");
        RuleSet rules = new RuleSet("{\"domainRules\":[{\"name\":\"check\",\"kind\":\"CONDITION\",\"type\":\"CEL\","
                + "\"mode\":\"WRITE\",\"expr\":\"message.a != ''\",\"disabled\":false}]}");
        SchemaContent schema = avro("Placed", "a").withMetadata(metadata).withRuleSet(rules);

        SchemaId id = registry.register(subject, schema).id();

        SchemaContent kept = registry.content(id);
        assertThat(kept.metadata()).isPresent();
        assertThat(kept.metadata().get().properties()).containsEntry("owner", "checkout");
        assertThat(kept.metadata().get().json()).contains("PII", "sensitive");
        assertThat(kept.ruleSet()).isPresent();
        assertThat(kept.ruleSet().get().json()).contains("message.a != ''");
        assertThat(registry.latest(subject).hasRules()).isTrue();
        assertThat(registry.latestWith(subject, Map.of("owner", "checkout")).id())
                .isEqualTo(id);
        assertThatExceptionOfType(SchemaNotFoundException.class)
                .isThrownBy(() -> registry.latestWith(subject, Map.of("owner", "billing")));
    }

    @Test
    void aSubjectsSettingsAreKeptAndTakenBack() {
        SubjectConfig wanted = SubjectConfig.of(CompatibilityLevel.FORWARD)
                .withNormalize(true)
                .withCompatibilityGroup("application.major")
                .withMetadata(Optional.of(SchemaMetadata.of(Map.of("owner", "checkout"))), Optional.empty());
        assertThat(registry.config(subject)).isEmpty();

        registry.setConfig(subject, wanted);

        SubjectConfig kept = registry.config(subject).orElseThrow();
        assertThat(kept.level()).contains(CompatibilityLevel.FORWARD);
        assertThat(kept.normalize()).contains(true);
        assertThat(kept.compatibilityGroup()).contains("application.major");
        assertThat(kept.defaultMetadata().orElseThrow().properties()).containsEntry("owner", "checkout");
        assertThat(registry.configInForce(subject).level()).contains(CompatibilityLevel.FORWARD);
        registry.clearConfig(subject);
        registry.clearConfig(subject);
        assertThat(registry.config(subject)).isEmpty();
        assertThat(registry.configInForce(subject).level()).contains(registry.compatibility());
    }

    @Test
    void anAliasStandsForAnotherSubject() {
        Subject alias = named("alias");
        SchemaId id = registry.register(subject, avro("Placed", "a")).id();

        registry.setConfig(alias, SubjectConfig.none().withAlias(subject));

        assertThat(registry.config(alias).orElseThrow().alias()).contains(subject);
        assertThat(registry.latest(alias).id()).isEqualTo(id);
    }

    @Test
    void schemasAreListedPageByPage() {
        registry.setConfig(subject, SubjectConfig.of(CompatibilityLevel.NONE));
        for (int i = 0; i < 5; i++) {
            registry.register(subject, avro("Placed", "field" + i));
        }
        SchemaQuery query = SchemaQuery.all().withPrefix(subject.name()).withPageSize(2);

        assertThat(registry.schemas(query)).extracting(StoredVersion::version).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(registry.schemas(query.withLatestOnly()))
                .extracting(StoredVersion::version)
                .containsExactly(5);
        registry.delete(first(subject));
        assertThat(registry.schemas(query)).hasSize(4);
        assertThat(registry.schemas(query.withDeleted())).hasSize(5);
    }

    @Test
    void anIdLeadsToAllThatHoldIt() {
        Subject other = named("other");
        SchemaId id = registry.register(subject, avro("Placed", "a")).id();
        registry.register(other, avro("Placed", "a"));

        assertThat(registry.subjects(id, "", DeletedVersions.EXCLUDED)).containsExactly(subject, other);
        assertThat(registry.versions(id, "", DeletedVersions.EXCLUDED)).containsExactly(first(subject), first(other));
        registry.delete(other);
        assertThat(registry.versions(id, "", DeletedVersions.EXCLUDED)).containsExactly(first(subject));
        assertThat(registry.versions(id, "", DeletedVersions.INCLUDED)).containsExactly(first(subject), first(other));
        assertThat(registry.highestId(id).value()).isGreaterThanOrEqualTo(id.value());
    }

    @Test
    void oneVersionIsComparedAlone() {
        registry.setConfig(subject, SubjectConfig.of(CompatibilityLevel.BACKWARD));
        registry.register(subject, avro("Placed", "a", "b"));
        SchemaContent longer = avro("Placed", "a", "b", "c");

        assertThat(registry.incompatibilities(first(subject), avro("Placed", "a")))
                .isEmpty();
        assertThat(registry.incompatibilities(first(subject), longer))
                .isNotEmpty()
                .anySatisfy(reason -> assertThat(reason).contains("c"));
        assertNotFound(40402, () -> registry.incompatibilities(new SubjectVersion(subject, 9), longer));
    }

    @Test
    void aContextHasSubjectsAndIdsOfItsOwn() {
        String context = ".c" + unique;
        Subject there = Subject.in(context, "orders-value");
        SchemaContent schema = avro("Placed", "a");

        SchemaId id = registry.register(there, schema).id();

        assertThat(registry.contexts()).contains(".", context);
        assertThat(registry.subjects(there.name(), DeletedVersions.EXCLUDED)).containsExactly(there);
        assertThat(registry.versions(there)).containsExactly(1);
        assertThat(registry.content(id, context).text()).isEqualTo(schema.text());
        assertThat(registry.versions(id, context, DeletedVersions.EXCLUDED)).containsExactly(first(there));
        assertThat(registry.stored(first(there)).name()).isEqualTo(first(there));
        // Ids begin anew there.
        assertThat(id.value()).isLessThanOrEqualTo(2);
    }

    @Test
    void aSoftDeletedSchemaIsFoundIfAskedFor() {
        SchemaContent schema = avro("Placed", "a");
        registry.register(subject, schema);
        registry.delete(first(subject));

        assertThat(registry.find(subject, schema, DeletedVersions.INCLUDED).version())
                .isEqualTo(1);
        assertThatExceptionOfType(SchemaNotFoundException.class)
                .isThrownBy(() -> registry.find(subject, schema, DeletedVersions.EXCLUDED));
    }

    @Test
    void theRegistrySaysWhatItIs() {
        ServerIdentity server = registry.server();

        assertThat(registry.schemaTypes()).contains("AVRO", "JSON");
        assertThat(server).isNotNull();
    }

    private static void assertNotFound(int code, Runnable call) {
        assertThatExceptionOfType(SchemaNotFoundException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void assertDeletionRefused(int code, Runnable call) {
        assertThatExceptionOfType(DeletionRefusedException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
