package dev.schemabus.server;

import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Type;
import dev.schemabus.registry.SchemaRefusedException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what the library found wrong, beginning with where. */
final class ProtobufErrors {

    /** How many errors one answer names. */
    private static final int SHOWN = 3;

    /** Characters of one error: it may repeat a word of the schema, of any length. */
    private static final int LONGEST = 500;

    private static final Pattern SYNTAX = Pattern.compile("Syntax error in (.*?):(\\d+):(\\d+): (.*)", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile(" ?\\(([^()]*):(\\d+):(\\d+)\\)");
    private static final Pattern LINE_HERE = Pattern.compile(Pattern.quote(ProtobufLinking.ITSELF) + ":(\\d+):\\d+");
    private static final Pattern LEADING_PLACE = Pattern.compile("(.*?):(\\d+):(\\d+): (.*)", Pattern.DOTALL);

    private ProtobufErrors() {}

    /** What its linker collected. */
    static SchemaRefusedException refused(List<String> errors) {
        String shown = errors.stream()
                .limit(SHOWN)
                .map(ProtobufErrors::shortened)
                .map(ProtobufErrors::linking)
                .collect(Collectors.joining("; "));
        int more = errors.size() - SHOWN;
        return ProtobufLimits.refused(more > 0 ? shown + "; and " + more + " more" : shown);
    }

    /** What its parser stumbled over. */
    static SchemaRefusedException refused(RuntimeException e) {
        String message = shortened(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        Matcher syntax = SYNTAX.matcher(message);
        if (!syntax.matches()) {
            syntax = LEADING_PLACE.matcher(message);
        }
        return ProtobufLimits.refused(
                syntax.matches() ? place(syntax.group(1), syntax.group(2)) + ": " + syntax.group(4) : linking(message));
    }

    private static String shortened(String error) {
        return error.length() <= LONGEST ? error : error.substring(0, LONGEST) + " …";
    }

    /** Its lines go from the inside out, each with its place; the innermost place says enough. */
    private static String linking(String error) {
        Matcher place = PLACE.matcher(error);
        String where = place.find() ? place(place.group(1), place.group(2)) + ": " : "";
        String what = place.replaceAll("").replace("\n ", ",").replace(":,", ":");
        return where + LINE_HERE.matcher(what).replaceAll("line $1");
    }

    static SchemaRefusedException declaredTwice(Type type, ProtoFile other) {
        return ProtobufLimits.refused(place(
                        type.getLocation().getPath(),
                        String.valueOf(type.getLocation().getLine()))
                + ": " + type.getType() + " is already declared in "
                + (isItself(other.getLocation().getPath())
                        ? "this schema"
                        : "'" + other.getLocation().getPath() + "'"));
    }

    private static String place(String path, String line) {
        return (isItself(path) ? "" : "import '" + path + "', ") + "line " + line;
    }

    private static boolean isItself(String path) {
        return path.equals(ProtobufLinking.ITSELF);
    }
}
