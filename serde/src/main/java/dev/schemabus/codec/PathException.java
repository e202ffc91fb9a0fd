package dev.schemabus.codec;

/** A problem on its way out of nested values: each level adds its step to the path, the codec turns it into an error. */
final class PathException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final StringBuilder path = new StringBuilder();

    PathException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    PathException(String problem, Throwable cause) {
        super(problem, cause, false, false);
        this.problem = problem;
    }

    PathException under(String step) {
        path.insert(0, step);
        return this;
    }

    /** The path so far, such as {@code .lines[3].sku}; empty at the root. */
    String path() {
        return path.toString();
    }

    /** What is wrong there. */
    String problem() {
        return problem;
    }

    /** The path from the root type, then the problem. */
    String describe(Class<?> root) {
        return root.getSimpleName() + path + ": " + problem;
    }
}
