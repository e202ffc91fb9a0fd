package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import jdk.net.UnixDomainPrincipal;
import org.junit.jupiter.api.Test;

/** Each mistake has a message that says what, where, and what to do. The messages are kept word for word. */
class BadDeclarationTest {

    @Test
    void everyMistakeIsNamedWithItsPlaceAndRemedy() throws IOException {
        List<Class<?>> mistakes = BadDeclarations.all();
        assertThat(mistakes).extracting(Class::getSimpleName).doesNotHaveDuplicates();
        assertThat(mistakes).hasSizeGreaterThanOrEqualTo(75);

        new GoldenFile("bad-declarations.txt")
                .assertHolds(mistakes.stream()
                        .map(type -> type.getSimpleName() + "\n    " + message(type) + "\n")
                        .collect(Collectors.joining("\n")));
    }

    private static String message(Class<?> type) {
        String avro = refusal(type, SchemaFormat.AVRO);
        assertThat(refusal(type, SchemaFormat.JSON))
                .as("in both formats, %s", type)
                .isEqualTo(avro);
        return avro;
    }

    private static String refusal(Class<?> type, SchemaFormat format) {
        SchemaException refused = catchThrowableOfType(
                SchemaException.class, () -> SchemaGenerator.standard().generate(type, format));
        assertThat(refused).as("%s as %s", type, format).isNotNull();
        return Objects.requireNonNull(refused.getMessage());
    }

    @Test
    void aLocalRecordHasNoLastingName() {
        record Here(int a) {}

        assertThatThrownBy(() -> SchemaGenerator.standard().generate(Here.class, SchemaFormat.AVRO))
                .isInstanceOf(SchemaException.class)
                .hasMessage("Here: dev.schemabus.schema.BadDeclarationTest$1Here is local or anonymous and so has no"
                        + " lasting name: make it a member of a class, or a class of its own");
    }

    @Test
    void aRecordInAModuleThatIsNotOpenSaysWhatToOpen() {
        assertThat(message(UnixDomainPrincipal.class))
                .isEqualTo("UnixDomainPrincipal: jdk.net.UnixDomainPrincipal can't be reached: in its module-info write"
                        + " 'opens jdk.net;'");
    }
}
