package oht50.metrics.source.scrape;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.source.relabel.Relabeling;

/**
 * One of the {@code scrape_configs}: how to scrape, and which targets.
 *
 * @param params of the URL's query, each with its values
 * @param honorLabels whether a label that a target exposes wins over one of the target
 * @param honorTimestamps whether a time that a target exposes is that of the sample
 * @param relabeling rules for its targets and for their samples
 * @param files patterns of lists of targets, absolute
 * @param refreshInterval how often these are looked at
 */
public record ScrapeJob(
    String name,
    Duration interval,
    Duration timeout,
    String metricsPath,
    String scheme,
    Map<String, List<String>> params,
    boolean honorLabels,
    boolean honorTimestamps,
    ScrapeLimits limits,
    Rules relabeling,
    List<TargetGroup> groups,
    List<String> files,
    Duration refreshInterval)
    implements Serializable {

  /**
   * Relabelling.
   *
   * @param targets {@code relabel_configs}
   * @param samples {@code metric_relabel_configs}
   */
  public record Rules(Relabeling targets, Relabeling samples) implements Serializable {
    public static final Rules NONE = new Rules(Relabeling.NONE, Relabeling.NONE);
  }
}
