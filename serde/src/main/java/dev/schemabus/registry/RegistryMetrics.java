package dev.schemabus.registry;

import java.time.Duration;

/**
 * What a connection to a registry has done since it was opened: a snapshot, to be read without any metrics library. Connections
 * that {@link RegistryConnection#shared} shares count together.
 *
 * @param hits how often the cache had the answer, a known "not there" included
 * @param misses how often it hadn't
 * @param loads how often the registry gave the cache an answer; fewer than misses if several threads waited for one
 * @param failedLoads how often it gave none, or said no
 * @param loadTime how long both took altogether
 * @param evictions how many entries had to go to make room
 * @param staleAnswers how often something last known was given because the registry couldn't be asked
 * @param entries how many schemas, ids, latest versions and misses are cached
 * @param bytes about how many bytes the schemas and ids among them take
 * @param requests HTTP requests sent
 * @param failures calls, retries included, to which no URL gave an answer
 * @param retries how often a call was made again
 * @param circuit whether the registry is asked at the moment
 */
public record RegistryMetrics(
        long hits,
        long misses,
        long loads,
        long failedLoads,
        Duration loadTime,
        long evictions,
        long staleAnswers,
        long entries,
        long bytes,
        long requests,
        long failures,
        long retries,
        CircuitState circuit) {

    /** Of a connection that counts nothing. */
    static final RegistryMetrics NONE =
            new RegistryMetrics(0, 0, 0, 0, Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, CircuitState.CLOSED);

    /** The part of questions that the cache answered, from 0 to 1; 1 if there were none. */
    public double hitRate() {
        long questions = hits + misses;
        return questions == 0 ? 1 : (double) hits / questions;
    }

    /** How long a load took on average; zero if there was none. */
    public Duration meanLoadTime() {
        long all = loads + failedLoads;
        return all == 0 ? Duration.ZERO : loadTime.dividedBy(all);
    }
}
