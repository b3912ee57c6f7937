package oht50.metrics.job.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the job would make of its settings.
 *
 * @param faults for which it would refuse to start
 * @param remarks what a key means here that is not the job's own
 * @param settings what holds for each key; without secrets
 */
public record ConfigReport(
    List<Finding> faults, List<Finding> remarks, List<EffectiveSetting> settings) {

  /**
   * @param environment where secrets are looked for; null if they are elsewhere
   * @param args as for {@link JobConfig#load}
   */
  public static ConfigReport of(UnaryOperator<String> environment, String... args) {
    List<Finding> remarks = new ArrayList<>();
    try {
      Settings settings = new Settings(Arguments.of(args).tree(remarks));
      JobConfig.read(settings, environment);
      return new ConfigReport(settings.faults(), remarks, settings.effective());
    } catch (InvalidConfig e) {
      return new ConfigReport(e.faults(), remarks, List.of());
    }
  }
}
