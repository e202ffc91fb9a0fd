package dev.schemabus.maven.docs;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Writes pages as Markdown. */
final class Markdown {

    private Markdown() {}

    static String write(Page page) {
        return page.blocks().stream().map(Markdown::block).collect(Collectors.joining("\n"));
    }

    private static String block(Block block) {
        if (block instanceof Block.Heading heading) {
            return "#".repeat(heading.level()) + " " + escaped(heading.text()) + "\n";
        }
        if (block instanceof Block.Paragraph paragraph) {
            return line(paragraph.content()) + "\n";
        }
        if (block instanceof Block.Listing listing) {
            return "```" + listing.language() + "\n" + listing.text() + "\n```\n";
        }
        Block.Table table = (Block.Table) block;
        StringBuilder text = new StringBuilder();
        row(text, table.header());
        row(text, Collections.nCopies(table.header().size(), "---"));
        for (List<List<Inline>> cells : table.rows()) {
            row(text, cells.stream().map(cell -> line(cell).replace("|", "\\|")).toList());
        }
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(cell.isEmpty() ? " |" : " " + cell + " |"));
        text.append('\n');
    }

    private static String line(List<Inline> content) {
        return content.stream().map(Markdown::inline).collect(Collectors.joining());
    }

    private static String inline(Inline inline) {
        if (inline instanceof Inline.Literal literal) {
            String fence = literal.text().contains("`") ? "``" : "`";
            return fence + literal.text() + fence;
        }
        if (inline instanceof Inline.Link link) {
            return "[" + escaped(link.text()) + "](" + link.page() + PageFormat.MARKDOWN.extension() + ")";
        }
        return escaped(((Inline.Words) inline).text());
    }

    /** What would be markup in the middle of words. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_<\\[\\]]", "\\\\$0");
    }
}
