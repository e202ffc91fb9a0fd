package dev.schemabus.codec;

/** A problem on its way out of nested values: each level adds its step to the path, the codec turns it into an error. */
final class PathException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StringBuilder path = new StringBuilder();

    PathException(String problem) {
        super(problem, null, false, false);
    }

    PathException(String problem, Throwable cause) {
        super(problem, cause, false, false);
    }

    PathException under(String step) {
        path.insert(0, step);
        return this;
    }

    /** The path from the root type, then the problem. */
    String describe(Class<?> root) {
        return root.getSimpleName() + path + ": " + getMessage();
    }
}
