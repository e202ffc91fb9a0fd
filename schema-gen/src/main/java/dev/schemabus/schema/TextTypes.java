package dev.schemabus.schema;

import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/** Types that are a text, see {@link LogicalTypes#standard}. */
final class TextTypes {

    private TextTypes() {}

    static List<LogicalType<?>> all() {
        return List.of(
                character(),
                LogicalType.text(CharSequence.class, CharSequence::toString, text -> text),
                uri(),
                locale(),
                currency());
    }

    private static LogicalType<Character> character() {
        Representation<Character, String> text =
                Representation.ofString(letter -> String.valueOf(whole(letter)), letters -> {
                    if (letters.length() != 1) {
                        throw new IllegalArgumentException(
                                "a char is exactly one UTF-16 unit, and the text has " + letters.length());
                    }
                    return whole(letters.charAt(0));
                });
        return LogicalType.of(Character.class, text, text.with("minLength", 1).with("maxLength", 1));
    }

    private static char whole(char letter) {
        if (Character.isSurrogate(letter)) {
            throw new IllegalArgumentException("the char is half a surrogate pair, which is no text: use String");
        }
        return letter;
    }

    private static LogicalType<URI> uri() {
        Representation<URI, String> text =
                Representation.ofStringLike("https://example.com/orders/1 (RFC 3986)", TextTypes::ascii, URI::create);
        return LogicalType.of(URI.class, text, text.with("format", "uri-reference"));
    }

    /** Java's URI takes any letter, the standard only ASCII. Escaping them here would give another URI back. */
    private static String ascii(URI uri) {
        String text = uri.toString();
        if (text.chars().anyMatch(unit -> unit > 127)) {
            throw new IllegalArgumentException("the URI has letters beyond ASCII, which RFC 3986 doesn't have:"
                    + " use URI.create(uri.toASCIIString())");
        }
        return text;
    }

    private static LogicalType<Locale> locale() {
        Representation<Locale, String> tag =
                Representation.ofStringLike("de-CH (a BCP 47 tag)", TextTypes::tag, TextTypes::locale);
        return LogicalType.of(Locale.class, tag, tag.with("pattern", "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$"));
    }

    private static String tag(Locale locale) {
        String tag = locale.toLanguageTag();
        if (!locale(tag).equals(locale)) {
            throw new IllegalArgumentException("the locale has parts that BCP 47 doesn't know and would come back as"
                    + " another one: build it with Locale.forLanguageTag");
        }
        return tag;
    }

    /** Unlike {@link Locale#forLanguageTag} this refuses what it doesn't understand. */
    private static Locale locale(String tag) {
        return new Locale.Builder().setLanguageTag(tag).build();
    }

    private static LogicalType<Currency> currency() {
        Representation<Currency, String> code = Representation.ofStringLike(
                "EUR (an ISO 4217 code that this JVM knows)", Currency::getCurrencyCode, Currency::getInstance);
        return LogicalType.of(Currency.class, code, code.with("pattern", "^[A-Z]{3}$"));
    }
}
