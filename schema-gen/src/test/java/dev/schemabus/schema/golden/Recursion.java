package dev.schemabus.schema.golden;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records that hold themselves. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class Recursion {

    private Recursion() {}

    @Golden
    record ThroughOptional(int value, Optional<ThroughOptional> next) {}

    @Golden
    record ThroughNull(int value, @Nullable ThroughNull next) {}

    @Golden
    record ThroughList(String name, List<ThroughList> children) {}

    @Golden
    record ThroughArray(String name, ThroughArray[] children) {}

    @Golden
    record ThroughMap(Map<String, ThroughMap> children, Map<String, Optional<ThroughMap>> perhaps) {}

    @Golden
    record ThroughAnother(Another another) {}

    record Another(Optional<ThroughAnother> back, Set<Another> own) {}
}
