package dev.schemabus.maven.docs;

import java.util.List;
import java.util.stream.Collectors;

/** Writes pages as HTML documents. */
final class Html {

    private static final String STYLE = "body{font-family:sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
            + "table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:.3em .6em;text-align:left;"
            + "vertical-align:top}pre{background:#f6f6f6;padding:1em;overflow-x:auto}";

    private Html() {}

    static String write(Page page) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n<title>" + escaped(page.title())
                + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n"
                + page.blocks().stream().map(Html::block).collect(Collectors.joining())
                + "</body>\n</html>\n";
    }

    private static String block(Block block) {
        if (block instanceof Block.Heading heading) {
            String element = "h" + heading.level() + ">";
            return "<" + element + escaped(heading.text()) + "</" + element + "\n";
        }
        if (block instanceof Block.Paragraph paragraph) {
            return "<p>" + line(paragraph.content()) + "</p>\n";
        }
        if (block instanceof Block.Listing listing) {
            return "<pre>" + escaped(listing.text()) + "</pre>\n";
        }
        Block.Table table = (Block.Table) block;
        StringBuilder text = new StringBuilder("<table>\n");
        row(text, "th", table.header().stream().map(Html::escaped).toList());
        table.rows()
                .forEach(cells -> row(text, "td", cells.stream().map(Html::line).toList()));
        return text.append("</table>\n").toString();
    }

    private static void row(StringBuilder text, String element, List<String> cells) {
        text.append("<tr>");
        cells.forEach(cell -> text.append('<')
                .append(element)
                .append('>')
                .append(cell)
                .append("</")
                .append(element)
                .append('>'));
        text.append("</tr>\n");
    }

    private static String line(List<Inline> content) {
        return content.stream().map(Html::inline).collect(Collectors.joining());
    }

    private static String inline(Inline inline) {
        if (inline instanceof Inline.Literal literal) {
            return "<code>" + escaped(literal.text()) + "</code>";
        }
        if (inline instanceof Inline.Link link) {
            return "<a href=\"" + escaped(link.page()) + PageFormat.HTML.extension() + "\">" + escaped(link.text())
                    + "</a>";
        }
        return escaped(((Inline.Words) inline).text());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
