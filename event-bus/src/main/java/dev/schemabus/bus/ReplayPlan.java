package dev.schemabus.bus;

import dev.schemabus.bus.ReplayOption.Confirmed;
import dev.schemabus.bus.ReplayOption.DryRun;
import dev.schemabus.bus.ReplayOption.FromStart;
import dev.schemabus.bus.ReplayOption.Rate;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Internal: a replay as it was asked for.
 *
 * @param perSecond empty: as fast as they are acknowledged
 * @param progressGroup the group under which its progress is kept
 */
record ReplayPlan(
        String source,
        String group,
        DeadLetterFilter filter,
        ReplayTarget target,
        Optional<Integer> perSecond,
        boolean dryRun,
        boolean fromStart,
        String progressGroup) {

    /** @throws BusConfigurationException if a replay to everybody isn't confirmed */
    static ReplayPlan of(
            String source, String group, DeadLetterFilter filter, ReplayTarget target, ReplayOption... options) {
        Optional<Integer> perSecond = Optional.empty();
        boolean dryRun = false;
        boolean fromStart = false;
        boolean confirmed = false;
        for (ReplayOption option : options) {
            if (option instanceof Rate rate) {
                perSecond = Optional.of(rate.perSecond());
            } else if (option instanceof DryRun dry) {
                dryRun = dry.dry();
            } else if (option instanceof FromStart) {
                fromStart = true;
            } else if (option instanceof Confirmed confirmation) {
                confirmed = confirmation.sourceTopic().equals(source);
            }
        }
        if (target == ReplayTarget.SOURCE_TOPIC && !confirmed && !dryRun) {
            throw new BusConfigurationException("A replay to " + source
                    + " gives the records to all of its groups again: if that is meant, add ReplayOption.confirmed(\""
                    + source + "\"); otherwise use ReplayTarget.GROUP_ONLY");
        }
        UUID name = UUID.nameUUIDFromBytes((filter.canonical() + "|" + target).getBytes(StandardCharsets.UTF_8));
        String progress = TopicNames.deadLetter(source, group) + ".replay." + name;
        return new ReplayPlan(source, group, filter, target, perSecond, dryRun, fromStart, progress);
    }
}
