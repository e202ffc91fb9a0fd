package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry reached by its REST API: what it is, and what can be set in it, globally or for a subject. */
abstract class RestSettings implements RegistryAdmin {

    private static final String CONFIG = "/config";
    private static final String MODE = "/mode";

    private final RestCalls rest;
    private final RestAnswers answers;

    RestSettings(RestCalls rest) {
        this.rest = rest;
        this.answers = new RestAnswers(rest.where());
    }

    final RestAnswers answers() {
        return answers;
    }

    final String where() {
        return rest.where();
    }

    final JsonNode call(String purpose, String verb, String path, @Nullable String body) {
        return rest.call(purpose, verb, path, body);
    }

    static String quoted(Subject subject) {
        return "subject '" + subject + "'";
    }

    /** It answers with something else than it was asked for. */
    final RegistryIntegrityException contradicted(String purpose, String how) {
        return new RegistryIntegrityException(
                0,
                "Asked to " + purpose + ", " + where() + " answers " + how + ". Nothing of it was used: find out what"
                        + " answers there. Some registries ignore the numbers of an import (Apicurio's), and a proxy or"
                        + " a cache may mix up answers");
    }

    @Override
    public SubjectConfig config() {
        return answers.config(call("get the global configuration", "GET", CONFIG, null));
    }

    @Override
    public Optional<SubjectConfig> config(Subject subject) {
        return own("get the configuration of", subject, CONFIG).map(answers::config);
    }

    @Override
    public SubjectConfig configInForce(Subject subject) {
        return answers.config(inForce("get the configuration of", subject, CONFIG));
    }

    @Override
    public void setConfig(SubjectConfig config) {
        call("set the global configuration", "PUT", CONFIG, RestBodies.config(config));
    }

    @Override
    public void setConfig(Subject subject, SubjectConfig config) {
        call("set the configuration of " + quoted(subject), "PUT", path(CONFIG, subject), RestBodies.config(config));
    }

    @Override
    public void clearConfig() {
        call("clear the global configuration", "DELETE", CONFIG, null);
    }

    @Override
    public void clearConfig(Subject subject) {
        clear("clear the configuration of", subject, CONFIG);
    }

    @Override
    public CompatibilityLevel compatibility() {
        JsonNode answer = call("get the global compatibility level", "GET", CONFIG, null);
        return answers.constant(answer, "compatibilityLevel", CompatibilityLevel::parse);
    }

    @Override
    public RegistryMode mode() {
        return mode(call("get the global mode", "GET", MODE, null));
    }

    @Override
    public Optional<RegistryMode> mode(Subject subject) {
        return own("get the mode of", subject, MODE).map(this::mode);
    }

    @Override
    public RegistryMode modeInForce(Subject subject) {
        return mode(inForce("get the mode of", subject, MODE));
    }

    private RegistryMode mode(JsonNode answer) {
        return answers.constant(answer, "mode", RegistryMode::parse);
    }

    @Override
    public void setMode(RegistryMode mode, boolean force) {
        call("set the global mode to " + mode, "PUT", forced(MODE, force), RestBodies.mode(mode));
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode, boolean force) {
        String purpose = "set the mode of " + quoted(subject) + " to " + mode;
        call(purpose, "PUT", forced(path(MODE, subject), force), RestBodies.mode(mode));
    }

    private static String forced(String path, boolean force) {
        return RestPaths.with(path, "force", RestPaths.flag(force));
    }

    @Override
    public void clearMode() {
        call("clear the global mode", "DELETE", MODE, null);
    }

    @Override
    public void clearMode(Subject subject) {
        clear("clear the mode of", subject, MODE);
    }

    /** A setting of a subject's own. Registries differ in the 404 code for "has none". */
    private Optional<JsonNode> own(String purpose, Subject subject, String path) {
        try {
            return Optional.of(call(purpose + " " + quoted(subject), "GET", path(path, subject), null));
        } catch (SchemaNotFoundException e) {
            return Optional.empty();
        }
    }

    private JsonNode inForce(String purpose, Subject subject, String path) {
        String whole = path(path, subject) + "?defaultToGlobal=true";
        return call(purpose + " " + quoted(subject), "GET", whole, null);
    }

    /** Whoever has nothing of its own follows the global settings already. */
    private void clear(String purpose, Subject subject, String path) {
        try {
            call(purpose + " " + quoted(subject), "DELETE", path(path, subject), null);
        } catch (SchemaNotFoundException e) {
            // That is what was wanted.
        }
    }

    private static String path(String path, Subject subject) {
        return path + "/" + RestPaths.segment(subject);
    }

    @Override
    public List<String> schemaTypes() {
        return answers.list(call("list the types of schemas", "GET", "/schemas/types", null), JsonNode::asText);
    }

    @Override
    public List<String> contexts() {
        return answers.list(call("list the contexts", "GET", "/contexts", null), JsonNode::asText).stream()
                .sorted()
                .toList();
    }

    @Override
    public ServerIdentity server() {
        Optional<JsonNode> cluster = optional("get the registry's id", "/v1/metadata/id");
        Optional<JsonNode> release = optional("get the registry's version", "/v1/metadata/version");
        return new ServerIdentity(
                cluster.flatMap(answer -> answers.optionalText(answer, "id")),
                release.flatMap(answer -> answers.optionalText(answer, "version")),
                release.flatMap(answer -> answers.optionalText(answer, "commitId")));
    }

    /** What older registries have no path for. */
    private Optional<JsonNode> optional(String purpose, String path) {
        try {
            return Optional.of(call(purpose, "GET", path, null));
        } catch (SchemaNotFoundException e) {
            return Optional.empty();
        } catch (NotARegistryException e) {
            if (e.code() != 404) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
