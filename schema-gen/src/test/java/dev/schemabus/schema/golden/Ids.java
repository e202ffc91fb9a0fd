package dev.schemabus.schema.golden;

import dev.schemabus.schema.Default;
import dev.schemabus.schema.Fixed;
import dev.schemabus.schema.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs as texts and as 16 bytes. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class Ids {

    private Ids() {}

    @Golden
    record TextIds(
            @Key UUID id,
            Optional<UUID> parent,
            @Nullable UUID previous,
            List<UUID> children,
            Set<UUID> seen,
            UUID[] path,
            Map<String, UUID> byName,
            @Default("00000000-0000-0000-0000-000000000000") UUID none) {}

    @Golden
    record FixedIds(
            @Key @Fixed UUID id,
            Optional<@Fixed UUID> parent,
            @Nullable @Fixed UUID previous,
            List<@Fixed UUID> children,
            @Fixed UUID[] path,
            Map<UUID, @Fixed UUID> byText,

            @Default("ffffffff-0000-0080-ff00-00000000007f") @Fixed
            UUID given,

            UUID text) {}
}
