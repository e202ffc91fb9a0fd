package dev.schemabus.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schema asserts about the properties of a record.
 *
 * @param byComponent about the value of each component; null if nothing
 * @param forbidden components that no object of the schema has
 * @param required components that may be absent in Java, and not in the schema
 * @param allowed the names that an object may have; null if it may have any
 */
record JsonMembers(
        List<@Nullable JsonKeywords> byComponent,
        BitSet forbidden,
        BitSet required,
        @Nullable Set<String> allowed) {

    @Nullable
    JsonKeywords keywords(int component) {
        return byComponent.isEmpty() ? null : byComponent.get(component);
    }

    boolean isForbidden(int component) {
        return forbidden.get(component);
    }

    boolean isRequired(int component) {
        return required.get(component);
    }

    static JsonMembers of(RecordShape shape, @Nullable JsonKeywords keywords, boolean branch, JsonDirection direction) {
        if (keywords == null) {
            return new JsonMembers(List.of(), new BitSet(), new BitSet(), null);
        }
        return new Reading(shape, keywords, branch, direction).members();
    }

    /** The names a component has in this direction. */
    private static List<String> names(Component component, JsonDirection direction) {
        List<String> names = new ArrayList<>(List.of(component.name()));
        if (direction == JsonDirection.READING) {
            names.addAll(component.aliases());
        }
        return names;
    }

    /** Reads them off the schema. */
    private static final class Reading {

        private final JsonKeywords keywords;
        private final RecordShape shape;
        private final JsonDirection direction;
        private final Set<String> properties = new HashSet<>();
        private final Set<String> required = new HashSet<>();
        private final @Nullable JsonNode schemas;
        private final boolean closed;

        Reading(RecordShape shape, JsonKeywords keywords, boolean branch, JsonDirection direction) {
            this.keywords = keywords;
            this.shape = shape;
            this.direction = direction;
            keywords.takeType("object");
            schemas = keywords.take("properties");
            if (schemas != null) {
                schemas.fieldNames().forEachRemaining(properties::add);
            }
            JsonNode names = keywords.take("required");
            if (names != null) {
                names.forEach(name -> required.add(name.asText()));
            }
            JsonNode others = keywords.take("additionalProperties");
            closed = others != null && others.isBoolean() && !others.booleanValue();
            if (others != null && !others.isBoolean()) {
                throw new UncompilableException("additionalProperties that is a schema");
            }
            keywords.requireAllTaken();
            if (branch) {
                properties.remove(Shape.OfUnion.DISCRIMINATOR); // the union has looked at it
                required.remove(Shape.OfUnion.DISCRIMINATOR);
            }
        }

        JsonMembers members() {
            List<@Nullable JsonKeywords> byComponent = new ArrayList<>();
            BitSet forbidden = new BitSet();
            BitSet demanded = new BitSet();
            Set<String> known = new HashSet<>();
            for (Component component : shape.components()) {
                int index = byComponent.size();
                List<String> names = names(component, direction);
                known.addAll(names);
                List<String> there = names.stream().filter(properties::contains).toList();
                if (there.size() > 1 || (!closed && names.size() > 1)) {
                    throw new UncompilableException("properties that a component has by several names");
                }
                byComponent.add(there.isEmpty() ? null : at(there.get(0)));
                forbidden.set(index, closed && there.isEmpty());
                demanded.set(index, component.hasDefault() && names.stream().anyMatch(required::contains));
            }
            required.removeAll(known);
            if (!required.isEmpty()) {
                throw new UncompilableException("required properties that " + shape.fullName() + " doesn't know");
            }
            requireNothingAboutOthers(known);
            return new JsonMembers(byComponent, forbidden, demanded, closed ? properties : null);
        }

        private JsonKeywords at(String name) {
            if (schemas == null) {
                throw new AssertionError("it has this property");
            }
            return keywords.at(schemas.get(name));
        }

        /** What is skipped isn't checked. */
        private void requireNothingAboutOthers(Set<String> known) {
            if (direction == JsonDirection.READING) {
                for (String name : properties) {
                    if (!known.contains(name)) {
                        at(name).requireAllTaken();
                    }
                }
            }
        }
    }
}
