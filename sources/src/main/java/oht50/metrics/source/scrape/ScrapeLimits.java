package oht50.metrics.source.scrape;

import java.io.Serializable;
import oht50.metrics.source.exposition.ExpositionLimits;

/**
 * How much a target may answer. Never unlimited: one exporter must not take the memory of all.
 *
 * @param bodyBytes of an answer, unpacked
 */
public record ScrapeLimits(int bodyBytes, ExpositionLimits text) implements Serializable {
  public static final ScrapeLimits DEFAULTS =
      new ScrapeLimits(32 << 20, new ExpositionLimits(100_000, 64, 256, 4_096));
}
