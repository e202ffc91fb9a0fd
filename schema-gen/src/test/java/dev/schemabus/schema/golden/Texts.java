package dev.schemabus.schema.golden;

import dev.schemabus.schema.Default;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts, and types that are written as texts or bytes. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class Texts {

    private Texts() {}

    @Golden
    record PlainTexts(
            String text,
            CharSequence sequence,
            char letter,
            Character boxed,
            Optional<CharSequence> note,
            @Nullable Character initial,
            List<String> lines,
            Set<Character> letters,
            char[] spelled,
            Collection<CharSequence> sequences,
            String[] words,
            Map<String, Character> grades) {}

    @Golden
    record WebTexts(
            URI link,
            Locale language,
            Currency currency,
            Optional<URI> image,
            @Nullable Locale fallback,
            List<URI> links,
            Set<Locale> languages,
            Currency[] currencies,
            Map<String, Currency> byCountry) {}

    @Golden
    record TextDefaults(
            @Default("x") char letter,
            @Default("") CharSequence empty,
            @Default("\"\\ \t/") String escaped,
            @Default("null") String wordNull,
            @Default("https://example.com/a?b=c") URI link,
            @Default("de-CH") Locale language,
            @Default("EUR") Currency currency) {}

    @Golden
    record Binary(
            byte[] raw,
            ByteBuffer buffer,
            Optional<byte[]> photo,
            byte @Nullable [] thumbnail,
            @Nullable ByteBuffer rest,
            List<byte[]> chunks,
            byte[][] blocks,
            Map<String, ByteBuffer> files,
            @Default("") byte[] none) {}
}
