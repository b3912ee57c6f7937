package oht50.metrics.ruleset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import oht50.metrics.ruleeval.FleetRules;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.rulefile.RuleFileReader;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.Placement;
import oht50.metrics.ruleplan.RulePlans;
import oht50.metrics.yaml.Finding;

/** The files of a set, read. */
public final class RuleFiles {
  private RuleFiles() {}

  /**
   * The groups of all files, in the order of their names.
   *
   * @param files name -> text
   * @throws InvalidRules if any of them is wrong, with all that is
   */
  static List<RuleGroup> read(Map<String, String> files) throws InvalidRules {
    List<String> faults = new ArrayList<>();
    List<RuleGroup> groups = new ArrayList<>();
    Map<String, String> known = new HashMap<>(); // name without folders -> file
    files.forEach(
        (name, text) -> {
          String before = known.putIfAbsent(baseName(name), name);
          if (before != null) {
            faults.add(name + ": there is " + before + " already; give the file another name");
          }
          List<Finding> findings = new ArrayList<>();
          groups.addAll(RuleFileReader.read(name, text, false, findings).file().groups());
          findings.stream().sorted().forEach(finding -> faults.add(finding.toString()));
        });
    if (!faults.isEmpty()) {
      throw new InvalidRules(faults);
    }
    return groups;
  }

  /** By it rules are told apart. */
  static String baseName(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  /**
   * Makes sure that files can be evaluated on a stream.
   *
   * @throws InvalidRules if they cannot, with all reasons
   */
  public static void check(SortedMap<String, String> files, RuleSettings settings)
      throws InvalidRules {
    List<RuleGroup> groups = read(files);
    try {
      new FleetRules(RulePlans.of(Placement.of(groups, settings.options())), settings);
    } catch (IllegalArgumentException e) {
      throw new InvalidRules(List.of(e.getMessage()));
    }
  }
}
