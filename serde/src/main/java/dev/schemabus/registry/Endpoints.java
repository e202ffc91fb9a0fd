package dev.schemabus.registry;

import java.util.ArrayList;
import java.util.List;

/** The URLs of one registry, the one that answered last in front. */
final class Endpoints {

    private final List<String> bases;
    private volatile int preferred;

    Endpoints(List<String> bases) {
        this.bases = List.copyOf(bases);
    }

    /** In the order in which to ask. */
    List<String> inOrder() {
        int first = preferred;
        if (first == 0) {
            return bases;
        }
        List<String> order = new ArrayList<>(bases.subList(first, bases.size()));
        order.addAll(bases.subList(0, first));
        return order;
    }

    /** This one answered: it is asked first from now on. */
    void answered(String base) {
        preferred = bases.indexOf(base);
    }

    @Override
    public String toString() {
        return String.join(", ", bases);
    }
}
