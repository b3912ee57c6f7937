package oht50.metrics.cli.local;

import java.util.List;

/**
 * How it is.
 *
 * @param missing what keeps it from being healthy, in words; empty if healthy
 * @param jobId null if there is no job
 * @param checkpointId null if none is complete
 * @param watermarkDelaySeconds null if unknown
 */
public record Health(
    List<String> missing,
    String jobId,
    String jobState,
    Long checkpointId,
    Double checkpointAgeSeconds,
    Double watermarkDelaySeconds) {

  public boolean isHealthy() {
    return missing.isEmpty();
  }
}
