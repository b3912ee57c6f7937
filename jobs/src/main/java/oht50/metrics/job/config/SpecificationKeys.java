package oht50.metrics.job.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import oht50.metrics.job.config.KnownKey.Form;
import oht50.metrics.model.MetricGroup;

/**
 * The keys of the specification's two configurations, {@code metrics:} and {@code METRICS_CONFIG},
 * and what they are here. docs/configuration.md has the table.
 */
final class SpecificationKeys {
  /** The name under which the specification's program has the second one. */
  static final String METRICS_CONFIG = "METRICS_CONFIG";

  private static final List<String> INTERVALS = List.of("1m", "5m", "1h", "1d");

  /**
   * @param own the job's keys that it stands for; none if it changes nothing
   * @param remark why it changes nothing; null for none
   * @param saysWhatIs values that ask for what is done anyway, so that there is nothing to remark
   */
  private record Meaning(
      String key,
      Form form,
      List<String> words,
      List<String> own,
      String remark,
      Predicate<JsonNode> saysWhatIs) {}

  private static final List<Meaning> MEANINGS = meanings();

  private SpecificationKeys() {}

  private static List<Meaning> meanings() {
    List<Meaning> all = new ArrayList<>();
    all.add(
        is("metrics.collection.system_metrics_interval", Form.POSITIVE_DURATION, "host.interval"));
    all.add(
        isNot(
            "metrics.collection.business_metrics_interval",
            Form.POSITIVE_DURATION,
            "changes nothing: business metrics are computed from each message, nothing is polled"));
    all.add(
        is(
            "metrics.collection.performance_metrics_interval",
            Form.POSITIVE_DURATION,
            "groups.performance.interval"));
    all.add(
        isNot(
            "metrics.storage.retention_days",
            Form.POSITIVE_INT,
            "changes nothing: how long points are kept is said per metric in the table"
                + " metrics_retention"));
    all.add(
        new Meaning(
            "metrics.storage.aggregation_intervals",
            Form.LIST,
            INTERVALS,
            List.of(),
            "changes nothing: 1m, 5m, 1h and 1d are always computed",
            node -> node.size() == INTERVALS.size()));
    all.add(
        new Meaning(
            "metrics.storage.compression_enabled",
            Form.BOOLEAN,
            List.of(),
            List.of(),
            "changes nothing: raw points are always compressed",
            node -> node.asText().equals("true")));
    all.add(is("metrics.alerting.enabled", Form.BOOLEAN, "alerts.enabled"));
    all.add(
        isNot(
            "metrics.alerting.notification_channels",
            Form.ANY,
            "changes nothing: alerts go to their topics; whoever reads those tells people"));
    for (String key : List.of("grafana_url", "dashboard_auto_refresh", "default_time_range")) {
      all.add(
          isNot(
              "metrics.visualization." + key,
              Form.ANY,
              "changes nothing: it is the dashboards' own setting"));
    }
    for (String above : List.of("", METRICS_CONFIG + ".")) {
      addGroups(above, all);
    }
    return List.copyOf(all);
  }

  private static void addGroups(String above, List<Meaning> all) {
    all.add(is(above + "system.enabled", Form.BOOLEAN, "groups.system.enabled"));
    all.add(is(above + "system.collection_interval", Form.SECONDS, "host.interval"));
    all.add(parts(above, MetricGroup.SYSTEM));
    all.add(is(above + "business.enabled", Form.BOOLEAN, "groups.business.enabled"));
    all.add(
        isNot(
            above + "business.collection_interval",
            Form.SECONDS,
            "changes nothing: business metrics are computed from each message, nothing is polled"));
    all.add(parts(above, MetricGroup.BUSINESS));
    all.add(is(above + "performance.enabled", Form.BOOLEAN, "groups.performance.enabled"));
    all.add(
        is(above + "performance.collection_interval", Form.SECONDS, "groups.performance.interval"));
    all.add(parts(above, MetricGroup.PERFORMANCE));
    all.add(is(above + "custom.enabled", Form.BOOLEAN, "groups.custom.enabled"));
    for (String key : List.of("buffer_size", "flush_interval")) {
      all.add(
          isNot(
              above + "custom." + key,
              Form.ANY,
              "changes nothing here: it is said where points are sent from, to MetricsClient"));
    }
  }

  private static Meaning is(String key, Form form, String own) {
    return new Meaning(key, form, List.of(), List.of(own), null, node -> true);
  }

  private static Meaning parts(String above, MetricGroup group) {
    String key = group.word() + ".metrics";
    return new Meaning(
        above + key, Form.LIST, group.words(), List.of("groups." + key), null, node -> true);
  }

  private static Meaning isNot(String key, Form form, String remark) {
    return new Meaning(key, form, List.of(), List.of(), remark, node -> false);
  }

  /** Sets the job's keys by those of the specification in the same tree. */
  static void translate(SettingsTree tree, List<Finding> remarks) {
    for (Meaning meaning : MEANINGS) {
      JsonNode node = tree.at(meaning.key);
      if (node == null) {
        continue;
      }
      Place place = tree.place(meaning.key);
      if (meaning.remark != null && !meaning.saysWhatIs.test(node)) {
        remarks.add(new Finding(place, meaning.key, meaning.remark));
      }
      for (String own : meaning.own) {
        if (tree.at(own) != null && !tree.place(own).key().equals(meaning.key)) {
          remarks.add(new Finding(place, meaning.key, "is overruled by " + own + " beside it"));
        } else {
          tree.put(own, value(meaning.key, node), place);
        }
      }
      if (meaning.form == Form.LIST && !meaning.own.isEmpty()) {
        remarkOnWhatIsLeftOut(meaning.key, node, place, remarks);
      }
    }
  }

  /** An interval without a unit is in seconds there. */
  private static JsonNode value(String key, JsonNode node) {
    boolean isSeconds = key.endsWith(".collection_interval") && isWhole(node.asText());
    return isSeconds ? TextNode.valueOf(node.asText() + "s") : node;
  }

  private static boolean isWhole(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void remarkOnWhatIsLeftOut(
      String key, JsonNode node, Place place, List<Finding> remarks) {
    List<String> said = new ArrayList<>();
    node.forEach(element -> said.add(element.asText()));
    for (MetricGroup group : MetricGroup.values()) {
      if (node.isArray() && key.endsWith(group.word() + ".metrics")) {
        for (String word : group.words()) {
          if (!said.contains(word)) {
            remarks.add(
                new Finding(
                    place,
                    key,
                    "'"
                        + word
                        + "' is not in it: what begins with "
                        + String.join(" or ", group.prefixes(word))
                        + " is not taken"));
          }
        }
      }
    }
  }

  /** Checks those that stand for no other key, and makes all of them known. */
  static void check(Settings settings) {
    for (Meaning meaning : MEANINGS) {
      if (settings.isSaid(meaning.key) && meaning.own.isEmpty()) {
        check(meaning, settings);
      }
      settings.accept(meaning.key, meaning.form, meaning.words);
    }
  }

  private static void check(Meaning meaning, Settings settings) {
    if (meaning.form == Form.POSITIVE_DURATION
        || (meaning.form == Form.SECONDS && !isWhole(settings.text(meaning.key, "1")))) {
      settings.positiveDuration(meaning.key, Duration.ofSeconds(1));
    } else if (meaning.form == Form.POSITIVE_INT) {
      settings.positiveInt(meaning.key, 1);
    } else if (meaning.form == Form.BOOLEAN) {
      settings.bool(meaning.key, true);
    } else if (meaning.form == Form.LIST) {
      settings.words(meaning.key, meaning.words);
    }
  }
}
