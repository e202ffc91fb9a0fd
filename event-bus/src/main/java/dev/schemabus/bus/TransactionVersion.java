package dev.schemabus.bus;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: whether the cluster ties a transaction's writes to that transaction, as it does from
 * {@code transaction.version} 2 on (KIP-890). Below, a write that comes late, after its transaction was aborted, may
 * become part of the next one, or hold up all read_committed consumers of its partition for good.
 */
final class TransactionVersion {

    static final String FEATURE = "transaction.version";
    private static final short NEEDED = 2;
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(TransactionVersion.class);

    private final Map<String, Object> adminSettings;
    private final AtomicBoolean asked = new AtomicBoolean();

    TransactionVersion(Map<String, Object> adminSettings) {
        this.adminSettings = adminSettings;
    }

    /** Asks the cluster on a thread of its own, the first time. */
    void checkOnce() {
        if (asked.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> warning().ifPresent(LOG::warn), "schemabus-transaction-version");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** What there is to warn of; empty too if nobody answers. */
    Optional<String> warning() {
        try (Admin admin = Admin.create(adminSettings)) {
            FeatureMetadata features =
                    admin.describeFeatures().featureMetadata().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return warning(features.finalizedFeatures());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("The cluster did not tell its features", e);
        }
        return Optional.empty();
    }

    static Optional<String> warning(Map<String, FinalizedVersionRange> features) {
        FinalizedVersionRange found = features.get(FEATURE);
        short version = found == null ? 0 : found.maxVersionLevel();
        return version >= NEEDED
                ? Optional.empty()
                : Optional.of("The cluster's " + FEATURE + " is " + version + ", below " + NEEDED
                        + ": a late write of an aborted transaction may become part of the next one, or hold up"
                        + " read_committed consumers: upgrade it (kafka-features.sh upgrade --feature " + FEATURE + "="
                        + NEEDED + ")");
    }
}
