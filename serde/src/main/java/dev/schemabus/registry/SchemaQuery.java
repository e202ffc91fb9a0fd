package dev.schemabus.registry;

/**
 * Which versions to list. An immutable value; the {@code with…} methods give changed copies.
 *
 * @param prefix what the subjects begin with; empty for all. {@code :.context:} selects a context, {@code :*:} all of them
 * @param deleted whether soft-deleted versions are listed
 * @param latestOnly whether only the latest version of each subject is listed
 * @param pageSize how many are asked for at once; at least 1
 */
public record SchemaQuery(String prefix, DeletedVersions deleted, boolean latestOnly, int pageSize) {

    /** How many versions are asked for at once, unless said otherwise. Registries give 1000 at most by default. */
    public static final int DEFAULT_PAGE_SIZE = 500;

    /** @throws IllegalArgumentException for a page of nothing, or for deleted versions alone, which no registry lists */
    public SchemaQuery {
        if (pageSize < 1) {
            throw new IllegalArgumentException("A page holds at least 1 version, not " + pageSize);
        }
        if (deleted == DeletedVersions.ONLY) {
            throw new IllegalArgumentException("Registries don't list soft-deleted schemas alone: use INCLUDED, or"
                    + " versions(subject, ONLY) for their numbers");
        }
    }

    /** All versions of all subjects that aren't deleted. */
    public static SchemaQuery all() {
        return new SchemaQuery("", DeletedVersions.EXCLUDED, false, DEFAULT_PAGE_SIZE);
    }

    /** A copy for subjects that begin with a text. */
    public SchemaQuery withPrefix(String text) {
        return new SchemaQuery(text, deleted, latestOnly, pageSize);
    }

    /** A copy that lists soft-deleted versions, too. */
    public SchemaQuery withDeleted() {
        return new SchemaQuery(prefix, DeletedVersions.INCLUDED, latestOnly, pageSize);
    }

    /** A copy that lists each subject's latest version only. */
    public SchemaQuery withLatestOnly() {
        return new SchemaQuery(prefix, deleted, true, pageSize);
    }

    /** A copy that asks for so many at once. */
    public SchemaQuery withPageSize(int size) {
        return new SchemaQuery(prefix, deleted, latestOnly, size);
    }
}
