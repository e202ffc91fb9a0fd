package dev.schemabus.maven.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.maven.GoldenFile;
import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shared;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pages of declarations that have a bit of everything; the bytes in them are the codecs' own. */
class EventPageTest {

    @Doc("What *everything* looks like | with <marks> & `more`")
    @Aliases("Anything")
    @SuppressWarnings("ArrayRecordComponent") // arrays are among the types that have a schema
    record Everything(
            @Key UUID id,
            @Name("e_mail") Optional<@Email String> email,
            @Size(min = 12, max = 14) String code,
            int[] amounts,
            @Positive long cents,
            Set<LocalDate> days,
            Map<Integer, Tree> trees,
            Payment payment,
            OptionalInt count,
            YearMonth month,
            Currency currency,
            Locale language,
            Duration pause,
            OffsetDateTime at,
            char initial,
            byte[] picture,
            Mood mood,
            Address address) {}

    record Tree(String name, List<Tree> children, Optional<Tree> parent) {}

    sealed interface Payment permits Card, Cash {}

    record Card(String number) implements Payment {}

    record Cash() implements Payment {}

    enum Mood {
        GOOD,
        @EnumDefault
        UNKNOWN
    }

    @Shared
    record Address(String street) {}

    record Picky(String word) {
        Picky {
            if (!word.equals("please")) {
                throw new IllegalArgumentException("say please");
            }
        }
    }

    @Test
    void aPageHasEveryKindOfComponent() throws IOException {
        Page page = EventPage.of(Everything.class, SchemaGenerator.standard());

        GoldenFile.named("everything.md").assertHolds(page.text(PageFormat.MARKDOWN));
    }

    @Test
    void theSamePageInHtml() throws IOException {
        Page page = EventPage.of(Everything.class, SchemaGenerator.standard());

        GoldenFile.named("everything.html").assertHolds(page.text(PageFormat.HTML));
    }

    @Test
    void aRecordThatRefusesTheExampleIsDescribedWithoutOne() {
        String page = EventPage.of(Picky.class, SchemaGenerator.standard()).text(PageFormat.MARKDOWN);

        assertThat(page)
                .contains("| `word` | `String` | `string` | `string` |")
                .contains("There is none: the record refuses the value that was made up for it.")
                .contains("say please")
                .contains("\"word\": \"word-1\"");
    }

    @Test
    void theIndexLinksToEveryPage() {
        Page index = IndexPage.of(List.of(Everything.class, Picky.class), SchemaGenerator.standard());

        assertThat(index.text(PageFormat.MARKDOWN))
                .contains("](dev.schemabus.maven.docs.EventPageTest.Everything.md) | `id` |")
                .contains("](dev.schemabus.maven.docs.EventPageTest.Picky.md)");
        assertThat(index.text(PageFormat.HTML))
                .contains("<a href=\"dev.schemabus.maven.docs.EventPageTest.Picky.html\">");
    }
}
