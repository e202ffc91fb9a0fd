package dev.schemabus.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Builds {@code samples/build-time} as its users would. */
class SampleIT {

    private static final Path SAMPLE = Path.of("..", "..", "samples", "build-time");

    @Test
    void itBuilds() throws Exception {
        MavenProject sample = MavenProject.copyOf(SAMPLE, "sample");

        MavenProject.Build build = sample.run("verify", "-Dschemabus.update");

        System.out.println(build.log());
        assertThat(build.succeeded()).as(build.log()).isTrue();
    }
}
