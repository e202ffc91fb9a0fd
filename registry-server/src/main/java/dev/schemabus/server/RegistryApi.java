package dev.schemabus.server;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The API's table: which path and verb asks the {@link SubjectStore} what, and the shape of the answer. No rules. */
final class RegistryApi {

    private final SubjectStore store;

    RegistryApi(SubjectStore store) {
        this.store = store;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/", call -> Map.of()),
                Route.of("GET", "/subjects", this::subjects),
                Route.of("POST", "/subjects/*", call -> described(store.lookup(call.subject(), call.schema()))),
                Route.of("GET", "/subjects/*/metadata", call -> {
                    throw SubjectStore.withoutMetadata();
                }),
                Route.of("GET", "/subjects/*/versions", call -> store.versions(call.subject())),
                Route.of("POST", "/subjects/*/versions", this::register),
                Route.of("GET", "/subjects/*/versions/*", call -> described(version(call))),
                Route.of(
                        "GET",
                        "/subjects/*/versions/*/schema",
                        call -> text(version(call).schema())),
                Route.of("GET", "/schemas/types", call -> Arrays.asList(SchemaFormat.values())),
                Route.of("GET", "/schemas/ids/*", call -> content(store.byId(call.id()))),
                Route.of("GET", "/schemas/ids/*/schema", call -> text(store.byId(call.id()))),
                Route.of("GET", "/schemas/ids/*/subjects", this::subjectsOfId),
                Route.of("GET", "/schemas/ids/*/versions", this::versionsOfId),
                Route.of("GET", "/schemas/guids/*", call -> content(store.byGuid(call.guid()))),
                Route.of("GET", "/schemas/guids/*/ids", this::idsOfGuid),
                Route.of("POST", "/compatibility/subjects/*/versions", this::compatibleWithAll),
                Route.of("POST", "/compatibility/subjects/*/versions/*", this::compatibleWithOne),
                Route.of("GET", "/config", call -> level(store.level(Optional.empty()))),
                Route.of("PUT", "/config", call -> setLevel(call, Optional.empty())),
                Route.of("DELETE", "/config", call -> level(store.clearLevel(Optional.empty()))),
                Route.of("GET", "/config/*", this::subjectLevel),
                Route.of("PUT", "/config/*", call -> setLevel(call, Optional.of(call.subject()))),
                Route.of("DELETE", "/config/*", call -> level(store.clearLevel(Optional.of(call.subject())))),
                Route.of("GET", "/mode", call -> mode(store.mode(Optional.empty()))),
                Route.of("PUT", "/mode", call -> setMode(call, Optional.empty())),
                Route.of("DELETE", "/mode", call -> mode(store.clearMode(Optional.empty()))),
                Route.of("GET", "/mode/*", this::subjectMode),
                Route.of("PUT", "/mode/*", call -> setMode(call, Optional.of(call.subject()))),
                Route.of("DELETE", "/mode/*", call -> mode(store.clearMode(Optional.of(call.subject())))));
    }

    private Object subjects(Call call) {
        String prefix = call.text("subjectPrefix", "");
        int limit = call.number("limit", -1);
        return store.subjects().stream()
                .map(Subject::name)
                .filter(name -> name.startsWith(prefix))
                .skip(Math.max(0, call.number("offset", 0)))
                .limit(limit < 0 ? Long.MAX_VALUE : limit)
                .toList();
    }

    private Object register(Call call) {
        RegisteredSchema registered = store.register(call.subject(), call.schema());
        return Json.object(
                "id", registered.id().value(),
                "version", registered.version(),
                "guid", guid(registered),
                "schemaType", registered.schema().format(),
                "schema", registered.schema().text());
    }

    private static String guid(RegisteredSchema registered) {
        return registered.guid().orElseThrow().toString(); // this store gives every version one
    }

    private RegisteredSchema version(Call call) {
        OptionalInt version = call.version();
        return version.isPresent() ? store.version(call.subject(), version.getAsInt()) : store.latest(call.subject());
    }

    private static Object described(RegisteredSchema registered) {
        return Json.object(
                "subject", registered.subject().name(),
                "version", registered.version(),
                "id", registered.id().value(),
                "guid", guid(registered),
                "schemaType", registered.schema().format(),
                "schema", registered.schema().text());
    }

    /** A schema by itself is the answer's whole body, not a JSON string in it. */
    private static Object text(EventSchema schema) {
        return schema.text();
    }

    private static Object content(EventSchema schema) {
        return Json.object("guid", Guids.of(schema).toString(), "schemaType", schema.format(), "schema", schema.text());
    }

    private Object idsOfGuid(Call call) {
        return List.of(Json.object("context", ".", "id", store.idOf(call.guid()).value()));
    }

    private Object subjectsOfId(Call call) {
        return store.uses(call.id()).stream()
                .map(use -> use.subject().name())
                .distinct()
                .toList();
    }

    private Object versionsOfId(Call call) {
        return store.uses(call.id()).stream()
                .map(use -> Json.object("subject", use.subject().name(), "version", use.version()))
                .toList();
    }

    private Object compatibleWithAll(Call call) {
        return verdict(call, store.incompatibilities(call.subject(), call.schema()));
    }

    private Object compatibleWithOne(Call call) {
        EventSchema schema = call.schema();
        int version;
        try {
            version = version(call).version();
        } catch (SchemaNotFoundException e) {
            // As with the reference: nothing stands against the first version, but a version by number must exist.
            if (call.version().isPresent()) {
                throw e;
            }
            return verdict(call, List.of());
        }
        return verdict(call, store.incompatibilitiesWith(call.subject(), version, schema));
    }

    private static Object verdict(Call call, List<Incompatibility> reasons) {
        Map<String, Object> answer = Json.object("is_compatible", reasons.isEmpty());
        if (call.flag("verbose")) {
            List<String> messages = new ArrayList<>();
            reasons.forEach(reason -> messages.add(reason.toString()));
            answer.put("messages", messages);
        }
        return answer;
    }

    private Object subjectLevel(Call call) {
        Subject subject = call.subject();
        return level(call.flag("defaultToGlobal") ? store.levelInForce(subject) : store.level(Optional.of(subject)));
    }

    private Object setLevel(Call call, Optional<Subject> subject) {
        CompatibilityLevel level = call.setting("compatibility", 42203, CompatibilityLevel::parse);
        store.setLevel(subject, level);
        return Json.object("compatibility", level);
    }

    private static Object level(CompatibilityLevel level) {
        return Json.object("compatibilityLevel", level);
    }

    private Object subjectMode(Call call) {
        Subject subject = call.subject();
        return mode(call.flag("defaultToGlobal") ? store.modeInForce(subject) : store.mode(Optional.of(subject)));
    }

    private Object setMode(Call call, Optional<Subject> subject) {
        RegistryMode mode = call.setting("mode", 42204, RegistryMode::parse);
        store.setMode(subject, mode, call.flag("force"));
        return mode(mode);
    }

    private static Object mode(RegistryMode mode) {
        return Json.object("mode", mode);
    }
}
