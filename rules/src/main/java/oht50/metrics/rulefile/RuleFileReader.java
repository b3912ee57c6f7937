package oht50.metrics.rulefile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Names;
import oht50.metrics.promql.syntax.Quoting;
import oht50.metrics.yaml.Finding;
import oht50.metrics.yaml.YamlFields;
import oht50.metrics.yaml.YamlSource;
import oht50.metrics.yaml.YamlValue;

/** Reads a rule file as strictly as Prometheus does. */
public final class RuleFileReader {
  private final String file;
  private final List<RuleGroup> groups = new ArrayList<>();
  private final RuleIds ids;
  private final Map<Rule, PlacedRules.Texts> texts = PlacedRules.noTexts();

  private RuleFileReader(String file) {
    this.file = file;
    this.ids = new RuleIds(file);
  }

  /**
   * @param file its name, for findings and identities
   * @param ignoresUnknown whether fields that Prometheus does not know are no fault
   * @param findings gets all that is wrong
   * @return what can be used of it; all of it if nothing was found
   */
  public static PlacedRules read(
      String file, String text, boolean ignoresUnknown, List<Finding> findings) {
    RuleFileReader reader = new RuleFileReader(file);
    YamlValue root = YamlSource.read(file, text, ignoresUnknown, findings);
    if (root != null) {
      Map<String, Integer> lines = new HashMap<>(); // group -> its line
      for (YamlValue group : root.fields("a rule file", "groups").items("groups")) {
        reader.readGroup(group, lines);
      }
    }
    return new PlacedRules(new RuleFile(file, reader.groups), reader.texts);
  }

  private void readGroup(YamlValue value, Map<String, Integer> lines) {
    YamlFields fields =
        value.fields("a group", "name", "interval", "query_offset", "limit", "labels", "rules");
    String name = fields.text("name");
    if (name.isEmpty()) {
      value.fault("a group without a name; give it one with 'name'");
    }
    Integer before = lines.putIfAbsent(name, value.line());
    if (before != null && !name.isEmpty()) {
      fields
          .key("name")
          .fault("the group '" + name + "' is in this file already, at line " + before);
    }
    SortedMap<String, YamlValue> labels = labels(fields, "group '" + name + "'");
    long interval = millis(fields, "interval");
    long queryOffset = millis(fields, "query_offset");
    ids.begin(name, interval, queryOffset);
    RuleReader rules = new RuleReader(name, labels, ids, texts);
    for (YamlValue rule : fields.items("rules")) {
      rules.read(rule);
    }
    groups.add(
        new RuleGroup(file, name, interval, queryOffset, fields.number("limit"), rules.rules()));
  }

  /** 0 if it is missing or wrong. */
  static long millis(YamlFields fields, String name) {
    Duration duration = fields.duration(name);
    return duration == null ? 0 : duration.toMillis();
  }

  /** Names of labels and their values; wrong ones are noted and left out. */
  static SortedMap<String, YamlValue> labels(YamlFields fields, String where) {
    SortedMap<String, YamlValue> labels = new TreeMap<>();
    fields
        .map("labels")
        .forEach(
            (key, value) -> {
              String name = key.text("the name of a label");
              String text = value.text("the value of the label '" + name + "'");
              if (name == null || text == null) {
                return;
              }
              if (!Names.isLabel(name) || name.equals(LabelMatcher.METRIC_NAME)) {
                key.fault(where + ": no label may be called '" + name + "'");
              } else if (!Quoting.isUtf8(text)) {
                value.fault(where + ": the value of the label '" + name + "' is not UTF-8");
              } else {
                labels.put(name, value);
              }
            });
    return labels;
  }
}
