package dev.schemabus.maven.docs;

import java.util.List;

/**
 * One page.
 *
 * @param name the file's name without extension
 * @param title what a browser shows as its title
 * @param blocks its content
 */
public record Page(String name, String title, List<Block> blocks) {

    /** The page as text. */
    public String text(PageFormat format) {
        return switch (format) {
            case MARKDOWN -> Markdown.write(this);
            case HTML -> Html.write(this);
        };
    }

    /** The name of the file that holds the page. */
    public String fileName(PageFormat format) {
        return name + format.extension();
    }
}
