package dev.schemabus.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.server.Referrals.Referral;
import dev.schemabus.server.SubjectStore.Held;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The API's table: which path and verb asks the {@link SubjectStore} what. No rules. */
final class RegistryApi {

    private static final int INVALID_SCHEMA = 42201;

    private final SubjectStore store;
    private final Bodies bodies;

    RegistryApi(SubjectStore store) {
        this.store = store;
        bodies = new Bodies(store);
    }

    /** Every path is also served under {@code /contexts/{context}}. */
    List<Route> routes() {
        return List.of(
                Route.reads("GET", "/", call -> Map.of()),
                Route.reads("GET", "/subjects", call -> call.page(store.subjects(call.subjectPrefix(), call.shown()))),
                Route.reads("POST", "/subjects/*", this::lookup),
                Route.writes("DELETE", "/subjects/*", this::delete),
                Route.reads("GET", "/subjects/*/metadata", this::withMetadata),
                Route.reads("GET", "/subjects/*/versions", this::versions),
                Route.writes("POST", "/subjects/*/versions", this::register),
                Route.readsImmutable("/subjects/*/versions/*", call -> bodies.version(version(call), call)),
                Route.writes("DELETE", "/subjects/*/versions/*", this::deleteVersion),
                Route.readsImmutable("/subjects/*/versions/*/schema", call -> bodies.text(version(call), call)),
                Route.reads("GET", "/subjects/*/versions/*/referencedby", this::referencedBy),
                Route.reads("GET", "/schemas", this::schemas),
                Route.reads("GET", "/schemas/types", call -> store.types()),
                Route.readsImmutable("/schemas/ids/*", this::schema),
                Route.readsImmutable("/schemas/ids/*/schema", call -> bodies.text(held(call), call)),
                Route.reads("GET", "/schemas/ids/*/subjects", this::subjectsOfId),
                Route.reads("GET", "/schemas/ids/*/versions", this::versionsOfId),
                Route.readsImmutable(
                        "/schemas/guids/*",
                        call -> bodies.schema(store.byGuid(call.guid()).get(0), call)),
                Route.reads("GET", "/schemas/guids/*/ids", this::idsOfGuid),
                Route.reads("POST", "/compatibility/subjects/*/versions", this::compatibleWithAll),
                Route.reads("POST", "/compatibility/subjects/*/versions/*", this::compatibleWithOne),
                Route.reads("GET", "/config", this::config),
                Route.writes("PUT", "/config", this::setConfig),
                Route.writes("DELETE", "/config", this::clearConfig),
                Route.reads("GET", "/config/*", this::config),
                Route.writes("PUT", "/config/*", this::setConfig),
                Route.writes("DELETE", "/config/*", this::clearConfig),
                Route.reads("GET", "/mode", this::mode),
                Route.writes("PUT", "/mode", this::setMode),
                Route.writes("DELETE", "/mode", this::clearMode),
                Route.reads("GET", "/mode/*", this::mode),
                Route.writes("PUT", "/mode/*", this::setMode),
                Route.writes("DELETE", "/mode/*", this::clearMode),
                Route.reads("GET", "/contexts", this::contexts),
                Route.reads("GET", "/v1/metadata/id", call -> Bodies.serverId()),
                Route.reads("GET", "/v1/metadata/version", call -> Bodies.serverVersion()));
    }

    private Object lookup(Call call) {
        StoredSchema schema = call.body().schema();
        return bodies.version(store.lookup(call.subject(), schema, call.flag("normalize"), call.shown()), call);
    }

    private Object register(Call call) {
        return bodies.registered(store.register(call.subject(), call.body().asked(call.flag("normalize"))));
    }

    private Object delete(Call call) {
        return store.delete(call.subject(), call.flag("permanent"));
    }

    private Object deleteVersion(Call call) {
        return store.delete(call.subject(), call.version(), call.flag("permanent"));
    }

    private Object withMetadata(Call call) {
        return bodies.version(store.withMetadata(call.subject(), call.properties(), call.shown()), call);
    }

    private Object versions(Call call) {
        return call.page(store.versions(call.subject(), call.shown()).map(SubjectVersion::version));
    }

    private SubjectVersion version(Call call) {
        return store.versionAnywhere(call.subject(), call.version(), call.shown());
    }

    private Object referencedBy(Call call) {
        SubjectVersion version = store.version(call.subject(), call.version(), Shown.ALL);
        return call.page(store.referrals(version).stream().map(Referral::id).distinct());
    }

    private Object schemas(Call call) {
        return call
                .page(store.schemas(call.subjectPrefix(), call.shown(), call.flag("latestOnly")), Call.MOST_SCHEMAS)
                .stream()
                .map(version -> bodies.version(version, call))
                .toList();
    }

    private Held held(Call call) {
        return store.byId(call.idScope(), call.id());
    }

    private Object schema(Call call) {
        Held held = held(call);
        Map<String, Object> body = bodies.schema(held, call);
        if (call.flag("fetchMaxId")) {
            body.put("maxId", store.highestId(held.context()));
        }
        return body;
    }

    private Object subjectsOfId(Call call) {
        return call.page(store.uses(held(call), call.shown())
                .map(SubjectVersion::subject)
                .distinct());
    }

    private Object versionsOfId(Call call) {
        return call.page(store.uses(held(call), call.shown())
                .map(use -> Json.object("subject", use.subject(), "version", use.version())));
    }

    private Object idsOfGuid(Call call) {
        return store.byGuid(call.guid()).stream()
                .map(held -> Json.object("context", held.context(), "id", held.id()))
                .toList();
    }

    private Object compatibleWithAll(Call call) {
        StoredSchema schema = call.body().schema();
        return verdict(call, () -> store.incompatibilities(call.subject(), schema, call.flag("normalize")));
    }

    private Object compatibleWithOne(Call call) {
        StoredSchema schema = call.body().schema();
        return verdict(
                call,
                () -> store.incompatibilitiesWith(call.subject(), call.version(), schema, call.flag("normalize")));
    }

    private static Object verdict(Call call, Supplier<List<String>> comparison) {
        List<String> reasons;
        try {
            reasons = comparison.get();
        } catch (SchemaRefusedException e) {
            if (e.code() != INVALID_SCHEMA || !call.flag("verbose")) {
                throw e;
            }
            // Who wants reasons is told this one.
            reasons = List.of(String.valueOf(e.getMessage()));
        }
        Map<String, Object> answer = Json.object("is_compatible", reasons.isEmpty());
        if (call.flag("verbose")) {
            answer.put("messages", reasons);
        }
        return answer;
    }

    private Object config(Call call) {
        Settings settings = store.settings();
        return Bodies.config(
                call.flag("defaultToGlobal") ? settings.inForce(call.scope()) : settings.config(call.scope()));
    }

    private Object setConfig(Call call) {
        QualifiedSubject scope = call.scope();
        ObjectNode changes = call.body().settings(scope);
        store.settings().change(scope, changes);
        return Bodies.changed(changes);
    }

    private Object clearConfig(Call call) {
        return Bodies.config(store.settings().clear(call.scope()));
    }

    private Object mode(Call call) {
        Settings settings = store.settings();
        return mode(call.flag("defaultToGlobal") ? settings.modeInForce(call.scope()) : settings.mode(call.scope()));
    }

    private Object setMode(Call call) {
        RegistryMode mode = call.body().mode();
        store.settings().setMode(call.scope(), mode, call.flag("force"));
        return mode(mode);
    }

    private Object clearMode(Call call) {
        return mode(store.settings().clearMode(call.scope()));
    }

    private static Object mode(RegistryMode mode) {
        return Json.object("mode", mode);
    }

    private Object contexts(Call call) {
        String prefix = call.text("contextPrefix", "");
        return call.page(store.contexts().stream().filter(context -> context.startsWith(prefix)));
    }
}
