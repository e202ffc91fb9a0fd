package dev.schemabus.server;

import java.util.List;
import java.util.Locale;

/** What a user may do. Each role may do what those before it may. */
enum Role {
    /** Ask. */
    READ,
    /** Register schemas. */
    WRITE,
    /** Delete, and change settings. */
    ADMIN;

    static Role parse(String text) {
        for (Role role : values()) {
            if (role.toString().equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no role: use read, write or admin");
    }

    /**
     * The least role for a request. What isn't known to be harmless is for administrators.
     *
     * @param path decoded segments
     */
    static Role needed(String verb, List<String> path) {
        List<String> inner = path.size() > 2 && path.get(0).equals("contexts") ? path.subList(2, path.size()) : path;
        if (verb.equals("GET") || verb.equals("HEAD") || verb.equals("OPTIONS")) {
            return READ;
        }
        if (verb.equals("POST") && !inner.isEmpty()) {
            // A schema is sent in the body to look it up or to check it, too.
            boolean subject = inner.get(0).equals("subjects");
            if (inner.get(0).equals("compatibility") || (subject && inner.size() == 2)) {
                return READ;
            }
            if (subject && inner.size() == 3 && inner.get(2).equals("versions")) {
                return WRITE;
            }
        }
        return ADMIN;
    }

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** As it is written in the file of users. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
