package oht50.metrics.job.config;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.alerting.Installation;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SourceNames;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.rulefile.ShippedRules;
import oht50.metrics.ruleset.InvalidRules;
import oht50.metrics.ruleset.RuleFiles;
import oht50.metrics.ruleset.RuleFolder;
import oht50.metrics.series.SeriesOptions;

/**
 * The rule files and how they are evaluated.
 *
 * @param isJudged whether there shall be alerts; else no set of rules is taken
 * @param files empty if there shall be no alerts
 * @param folder of the files; empty for those that ship
 * @param watch how often the folder is looked at while the job runs; 0 for never
 */
public record RuleConfig(
    boolean isJudged, RuleSet files, RuleSettings settings, String folder, Duration watch)
    implements Serializable {
  private static final Duration DEFAULT_WATCH = Duration.ofSeconds(10);

  /**
   * @param topics from which samples may come
   */
  static RuleConfig of(Settings settings, List<String> topics) {
    RuleSettings evaluation = evaluation(settings, topics);
    String folder = settings.text("rules.folder", "");
    SortedMap<String, String> files = new TreeMap<>();
    try {
      files.putAll(folder.isBlank() ? ShippedRules.texts() : RuleFolder.read(Path.of(folder)));
      RuleFiles.check(files, evaluation);
    } catch (UncheckedIOException | IOException e) {
      settings.fault("rules.folder", "cannot be read: " + e.getMessage());
    } catch (InvalidRules e) {
      settings.fault("rules.folder", e.getMessage());
    }
    Duration watch = settings.duration("rules.watch", DEFAULT_WATCH);
    boolean isJudged = settings.bool("alerts.enabled", true);
    if (!isJudged) {
      files.clear();
      watch = Duration.ZERO;
    }
    return new RuleConfig(
        isJudged,
        RuleSet.configured(files),
        evaluation,
        folder,
        folder.isBlank() ? Duration.ZERO : watch);
  }

  /** Whether what changes in the folder becomes the rules while the job runs. */
  public boolean isWatched() {
    return !watch.isZero();
  }

  /** The files, effective from now on if a job goes on with others in its configuration. */
  public RuleSet submitted() {
    return files.effectiveFrom(System.currentTimeMillis());
  }

  private static RuleSettings evaluation(Settings settings, List<String> topics) {
    Duration lookback =
        settings.positiveDuration(
            "rules.lookback", Duration.ofMillis(EvaluationOptions.DEFAULT.lookbackMillis()));
    Duration expiry = settings.positiveDuration("series.expiry", SeriesOptions.DEFAULTS.expiry());
    Duration interval = settings.positiveDuration("rules.interval", RuleSettings.DEFAULT_INTERVAL);
    return new RuleSettings(
        new Installation(
            new TreeMap<>(settings.texts("rules.external-labels")),
            settings.text("rules.external-url", "")),
        new EvaluationOptions(lookback.toMillis(), interval.toMillis(), false, expiry.toMillis()),
        interval,
        settings.positiveDuration("series.horizon", SeriesOptions.DEFAULTS.horizon()),
        settings.positiveDuration("rules.max-lookback", RuleSettings.DEFAULT_MAX_LOOKBACK),
        SourceNames.of(topics));
  }
}
