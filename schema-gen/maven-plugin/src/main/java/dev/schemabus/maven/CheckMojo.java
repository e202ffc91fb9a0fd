package dev.schemabus.maven;

import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.ContentPolicy;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.JsonDialect;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Compares the schemas of the build's events with those under version control, or with those in a registry, and fails the
 * build when one breaks the compatibility level.
 */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields
public final class CheckMojo extends SchemasMojo {

    private static final String ACCEPT = "mvn verify -Dschemabus.update";

    /** Where the committed schemas are. Not read when there is a registry. */
    @Parameter(
            property = "schemabus.schemasDirectory",
            defaultValue = "${project.basedir}/src/main/schemas",
            required = true)
    private File schemasDirectory;

    /**
     * What a new schema owes to the earlier ones, such as <code>FULL</code>. Default: <code>BACKWARD</code>; with a
     * registry, the level of each subject there.
     */
    @Parameter(property = "schemabus.level")
    private @Nullable String level;

    /**
     * How much the content models of JSON Schemas count: <code>STRICT</code>, or <code>LENIENT</code> where writers send
     * only what their schema names.
     */
    @Parameter(property = "schemabus.contentPolicy", defaultValue = "STRICT")
    private String contentPolicy;

    /** Accepts what the build has: writes the committed schemas. */
    @Parameter(property = "schemabus.update", defaultValue = "false")
    private boolean update;

    /** A registry to compare with, instead of the committed schemas, such as <code>http://localhost:8081</code>. */
    @Parameter(property = "schemabus.registry.url")
    private @Nullable String registryUrl;

    /** <code>user:password</code> for the registry. */
    @Parameter(property = "schemabus.registry.credentials")
    private @Nullable String registryCredentials;

    /**
     * Which subjects of the registry hold the schemas: <code>TopicRecordNameStrategy</code>, as the event bus does,
     * <code>TopicNameStrategy</code> or <code>RecordNameStrategy</code>.
     */
    @Parameter(property = "schemabus.subjectNaming", defaultValue = "TopicRecordNameStrategy")
    private String subjectNaming;

    /**
     * The topic of events whose <code>@Event</code> names none; <code>{domain}</code>, <code>{entity}</code> and
     * <code>{event}</code> stand for what is derived from the class.
     */
    @Parameter(property = "schemabus.topic", defaultValue = "{domain}.{entity}.events")
    private String topic;

    @Parameter(defaultValue = "${project.basedir}", readonly = true, required = true)
    private File baseDirectory;

    @Override
    void run(Path classes) throws IOException, MojoExecutionException, MojoFailureException {
        Optional<CompatibilityLevel> wanted = level();
        if (registryUrl == null || registryUrl.isBlank()) {
            CommittedSchemas committed = new CommittedSchemas(
                    schemasDirectory.toPath(), baseDirectory.toPath(), wanted.orElse(CompatibilityLevel.BACKWARD));
            if (update) {
                accept(committed);
            } else {
                List<Verdict> verdicts = judge(committed);
                reportForgotten(committed, verdicts);
                conclude(verdicts, true);
            }
            return;
        }
        if (update) {
            throw new MojoFailureException(
                    "schemabus.update writes committed schemas, but schemabus.registry.url is set:"
                            + " drop one of the two. A registry gets its schemas by deployment, not by a build");
        }
        SubjectNaming naming = SubjectNaming.named(subjectNaming)
                .orElseThrow(
                        () -> new MojoExecutionException("subjectNaming (schemabus.subjectNaming) '" + subjectNaming
                                + "' is none: use TopicRecordNameStrategy, TopicNameStrategy or RecordNameStrategy"));
        try (RegistryConnection registry = RegistryConnection.open(registryConfig(registryUrl))) {
            conclude(judge(new RegisteredSchemas(registry, registryUrl, wanted, naming, topic)), false);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    private Optional<CompatibilityLevel> level() throws MojoExecutionException {
        try {
            return Optional.ofNullable(level).map(CompatibilityLevel::parse);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException("level (schemabus.level): " + e.getMessage(), e);
        }
    }

    private ContentPolicy policy() throws MojoExecutionException {
        try {
            return ContentPolicy.parse(contentPolicy);
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException("contentPolicy (schemabus.contentPolicy): " + e.getMessage(), e);
        }
    }

    private RegistryConfig registryConfig(String url) {
        RegistryConfig config = RegistryConfig.of(url);
        return registryCredentials == null ? config : config.withBasicCredentials(registryCredentials);
    }

    private List<Verdict> judge(Baseline baseline) throws IOException, MojoExecutionException, MojoFailureException {
        ContentPolicy policy = policy();
        if (dialect() == JsonDialect.DRAFT_3 && formats().contains(SchemaFormat.JSON)) {
            throw new MojoExecutionException("jsonDialect (schemabus.jsonDialect) is draft_3, which can't be compared:"
                    + " check the schemas in another dialect, or in avro alone (schemabus.formats)");
        }
        List<Verdict> verdicts = new ArrayList<>();
        try (BuildClasses build = openClasses()) {
            SchemaGenerator generator = generator();
            for (BuildEvent event : events(build, generator)) {
                for (SchemaFormat format : formats()) {
                    EventSchema schema = generator.generate(event.type(), format);
                    Baseline.Earlier earlier = baseline.earlier(event, format, schema);
                    EventSchema compared = baseline.selfContained() ? schema.inlined() : schema;
                    verdicts.add(Verdict.of(new SchemaFile(event.name(), format), compared, earlier, policy));
                }
            }
        } catch (SchemaException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
        getLog().info("Schemas of the build, checked against " + baseline.description());
        TextTable table = new TextTable();
        verdicts.forEach(v -> table.row(v.outcome().word(), v.file().label()));
        table.lines().forEach(line -> getLog().info("  " + line));
        verdicts.forEach(verdict -> verdict.changesOfMeaning().forEach(line -> getLog().warn(line)));
        return verdicts;
    }

    /** @param acceptable whether a difference is to be accepted by a person, in a commit */
    private void conclude(List<Verdict> verdicts, boolean acceptable) throws MojoFailureException {
        List<Verdict> breaking = with(verdicts, Verdict.Outcome.BREAKING);
        breaking.forEach(verdict -> verdict.breaks().forEach(line -> getLog().error(line)));
        List<String> complaints = new ArrayList<>();
        if (!breaking.isEmpty()) {
            complaints.add(labels(breaking) + " can't follow what was there: make the change compatible (see above)");
        }
        if (acceptable) {
            List<Verdict> fresh = with(verdicts, Verdict.Outcome.NEW);
            if (!fresh.isEmpty()) {
                complaints.add(labels(fresh) + " has no committed schema yet");
            }
            List<Verdict> changed = with(verdicts, Verdict.Outcome.COMPATIBLE);
            if (!changed.isEmpty()) {
                complaints.add(labels(changed) + " differs from the committed schema, compatibly");
            }
        }
        if (!complaints.isEmpty()) {
            throw new MojoFailureException(String.join(".\n", complaints)
                    + (acceptable ? ".\nTo accept what the build has: " + ACCEPT + ", and commit the files" : ""));
        }
    }

    private static List<Verdict> with(List<Verdict> verdicts, Verdict.Outcome outcome) {
        return verdicts.stream().filter(v -> v.outcome() == outcome).toList();
    }

    private static String labels(List<Verdict> verdicts) {
        return String.join(", ", verdicts.stream().map(v -> v.file().label()).toList());
    }

    private void reportForgotten(CommittedSchemas committed, List<Verdict> verdicts)
            throws IOException, MojoExecutionException {
        Set<SchemaFile> declared = new HashSet<>();
        verdicts.forEach(verdict -> declared.add(verdict.file()));
        NamePatterns patterns = new NamePatterns(includes, excludes);
        Set<SchemaFormat> checked = formats();
        for (SchemaFile file : committed.files()) {
            if (!declared.contains(file) && checked.contains(file.format()) && patterns.match(file.event())) {
                getLog().warn(file.fileName() + " is committed, but the build has no such event. Was it renamed? Then"
                        + " @Aliases keeps its data readable. Delete the file when no data of it is left");
            }
        }
    }

    private void accept(CommittedSchemas committed) throws IOException, MojoExecutionException, MojoFailureException {
        List<Verdict> verdicts = judge(committed);
        reportForgotten(committed, verdicts);
        with(verdicts, Verdict.Outcome.BREAKING)
                .forEach(verdict -> verdict.breaks().forEach(line -> getLog().warn(line)));
        TextTable table = new TextTable();
        for (Verdict verdict : verdicts) {
            boolean written = committed.accept(verdict.file(), verdict.schema());
            table.row(written ? "written" : "unchanged", verdict.file().fileName());
        }
        getLog().info("Accepted what the build has; commit the files");
        table.lines().forEach(line -> getLog().info("  " + line));
    }
}
