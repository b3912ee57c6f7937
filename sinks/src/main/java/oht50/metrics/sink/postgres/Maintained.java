package oht50.metrics.sink.postgres;

/**
 * What a round of {@link Maintenance} did.
 *
 * @param chunks how many chunks late points were merged into
 * @param points how many late points
 */
public record Maintained(long chunks, long points) {}
