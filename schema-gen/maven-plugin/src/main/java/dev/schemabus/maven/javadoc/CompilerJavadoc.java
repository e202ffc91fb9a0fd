package dev.schemabus.maven.javadoc;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SummaryTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Parses sources, without compiling them, and takes the Javadoc of the wanted classes out. */
public final class CompilerJavadoc implements JavadocReader {

    /** Elements that begin a line of their own; the rest (b, i, code …) stand within words. */
    private static final Set<String> BLOCKS =
            Set.of("p", "br", "ul", "ol", "li", "pre", "table", "tr", "td", "th", "h2");

    /** For {@link CompilerAccess}. */
    public CompilerJavadoc() {}

    @Override
    public List<String> read(
            List<Path> files, Charset encoding, Set<String> classNames, Map<String, Map<String, String>> byClass)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("no Java compiler here; run Maven on a JDK");
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager sources = compiler.getStandardFileManager(diagnostics, Locale.ROOT, encoding)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    sources,
                    diagnostics,
                    List.of("-proc:none"),
                    null,
                    sources.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            List<String> warnings = new ArrayList<>();
            Set<String> broken = new HashSet<>();
            for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
                JavaFileObject source = diagnostic.getSource();
                if (diagnostic.getKind() == Diagnostic.Kind.ERROR && source != null && broken.add(source.getName())) {
                    warnings.add(source.getName() + ":" + diagnostic.getLineNumber()
                            + " can't be parsed, so its Javadoc isn't used: " + diagnostic.getMessage(Locale.ROOT));
                }
            }
            for (CompilationUnitTree unit : units) {
                if (!broken.contains(unit.getSourceFile().getName())) {
                    new Declarations(docs, classNames, byClass).scan(unit, null);
                }
            }
            return warnings;
        }
    }

    /** Walks through the classes of one file. */
    private static final class Declarations extends TreePathScanner<@Nullable Void, @Nullable String> {

        private final DocTrees docs;
        private final Set<String> wanted;
        private final Map<String, Map<String, String>> byClass;

        Declarations(DocTrees docs, Set<String> wanted, Map<String, Map<String, String>> byClass) {
            this.docs = docs;
            this.wanted = wanted;
            this.byClass = byClass;
        }

        @Override
        public @Nullable Void visitClass(ClassTree declared, @Nullable String enclosing) {
            String name = binaryName(declared, enclosing);
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (wanted.contains(name) && comment != null) {
                Map<String, String> texts = texts(comment);
                if (!texts.isEmpty()) {
                    byClass.put(name, texts);
                }
            }
            return super.visitClass(declared, name);
        }

        /** What is declared in a method is no event: it has no lasting name. */
        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable String enclosing) {
            return null;
        }

        private String binaryName(ClassTree declared, @Nullable String enclosing) {
            if (enclosing != null) {
                return enclosing + "$" + declared.getSimpleName();
            }
            var packageName = getCurrentPath().getCompilationUnit().getPackageName();
            return (packageName == null ? "" : packageName + ".") + declared.getSimpleName();
        }

        private Map<String, String> texts(DocCommentTree comment) {
            Map<String, String> texts = new TreeMap<>();
            put(texts, JavadocTexts.OF_CLASS, comment.getFullBody());
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree param && !param.isTypeParameter()) {
                    put(texts, param.getName().getName().toString(), param.getDescription());
                }
            }
            return texts;
        }

        private void put(Map<String, String> texts, String key, List<? extends DocTree> trees) {
            String text = plain(trees).replaceAll("\\s+", " ").strip();
            if (!text.isEmpty()) {
                texts.put(key, text);
            }
        }

        private String plain(List<? extends DocTree> trees) {
            return trees.stream().map(this::plain).collect(Collectors.joining());
        }

        private String plain(DocTree tree) {
            if (tree instanceof TextTree text) {
                return text.getBody();
            }
            if (tree instanceof LiteralTree literal) {
                return literal.getBody().getBody();
            }
            if (tree instanceof LinkTree link) {
                String label = plain(link.getLabel());
                return label.isBlank() ? target(link.getReference().getSignature()) : label;
            }
            if (tree instanceof EntityTree entity) {
                String characters = docs.getCharacters(entity);
                return characters == null ? entity.toString() : characters;
            }
            if (tree instanceof StartElementTree element) {
                return gap(element.getName().toString());
            }
            if (tree instanceof EndElementTree element) {
                return gap(element.getName().toString());
            }
            if (tree instanceof SummaryTree summary) {
                return plain(summary.getSummary());
            }
            // From JDK 23 on, what stands in a comment of three slashes; this JDK's API may not know the class.
            return tree.getKind().name().equals("MARKDOWN") ? tree.toString() : "";
        }

        private static String gap(String element) {
            return BLOCKS.contains(element.toLowerCase(Locale.ROOT)) ? " " : "";
        }

        /** {@code Order#total()} becomes {@code Order.total()}, {@code #total} becomes {@code total}. */
        private static String target(String reference) {
            return (reference.startsWith("#") ? reference.substring(1) : reference).replace('#', '.');
        }
    }
}
