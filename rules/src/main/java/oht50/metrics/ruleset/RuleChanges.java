package oht50.metrics.ruleset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.RuleSet;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.ruleeval.RuleSettings;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;
import oht50.metrics.rulefile.RuleGroup;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.Validity;
import oht50.metrics.template.TextTemplate;

/**
 * How a set differs from the one that it follows, rule by rule. A rule is the same if it has the
 * same identity; else it is a changed one if one of the same file, group, kind and name is gone.
 */
public final class RuleChanges {
  private final Map<Long, Placed> before;
  private final Map<Long, Placed> after;
  private final Map<Long, Long> speaksFrom; // id -> from when, GOES_ON for those that were there
  private final List<RuleChange> changes = new ArrayList<>();

  private record Placed(RuleGroup group, Rule rule) {
    private List<String> name() {
      return List.of(RuleFiles.baseName(group.file()), group.name(), rule.words());
    }
  }

  private RuleChanges(
      Map<Long, Placed> before, Map<Long, Placed> after, Map<Long, Long> speaksFrom) {
    this.before = before;
    this.after = after;
    this.speaksFrom = speaksFrom;
  }

  /**
   * In the order of the new set, behind them those that are gone.
   *
   * @throws InvalidRules if one of the sets cannot be evaluated
   */
  public static List<RuleChange> between(RuleSet before, RuleSet after, RuleSettings settings)
      throws InvalidRules {
    RuleChanges all =
        new RuleChanges(rules(before), rules(after), speaksFrom(before, after, settings));
    all.compare();
    return all.changes;
  }

  private static Map<Long, Placed> rules(RuleSet set) throws InvalidRules {
    Map<Long, Placed> rules = new LinkedHashMap<>();
    for (RuleGroup group : RuleFiles.read(set.files())) {
      group.rules().forEach(rule -> rules.put(rule.id(), new Placed(group, rule)));
    }
    return rules;
  }

  private static Map<Long, Long> speaksFrom(RuleSet before, RuleSet after, RuleSettings settings)
      throws InvalidRules {
    RuleHistory both =
        RuleHistory.of(new TreeMap<>(Map.of(1L, before.effectiveFrom(RuleSet.ALWAYS), 2L, after)));
    Map<Long, Long> speaksFrom = new HashMap<>();
    for (List<PlacedRule> rules : both.plans(settings).plans().values()) {
      for (PlacedRule placed : rules) {
        if (placed.validity().end() == Long.MAX_VALUE) {
          speaksFrom.merge(placed.origin(), beginning(placed.validity()), Math::max);
        }
      }
    }
    return speaksFrom;
  }

  private static long beginning(Validity validity) {
    return validity.spans().get(validity.spans().size() - 1).from();
  }

  private void compare() {
    Map<List<String>, List<Placed>> left =
        new HashMap<>(); // name -> those that are not found again
    before.forEach(
        (id, placed) -> {
          if (!after.containsKey(id)) {
            left.computeIfAbsent(placed.name(), any -> new ArrayList<>()).add(placed);
          }
        });
    after.forEach(
        (id, placed) -> {
          List<Placed> others = left.getOrDefault(placed.name(), List.of());
          if (before.containsKey(id)) {
            add(before.get(id), placed);
          } else if (others.isEmpty()) {
            add(RuleChange.Kind.NEW, placed, List.of());
          } else {
            add(others.remove(0), placed);
          }
        });
    before.values().stream()
        .filter(placed -> left.getOrDefault(placed.name(), List.of()).contains(placed))
        .forEach(placed -> add(RuleChange.Kind.GONE, placed, List.of()));
  }

  private void add(Placed former, Placed placed) {
    List<String> differences = differences(former, placed);
    boolean isChanged = !differences.isEmpty();
    add(isChanged ? RuleChange.Kind.CHANGED : RuleChange.Kind.UNCHANGED, placed, differences);
  }

  private void add(RuleChange.Kind kind, Placed placed, List<String> differences) {
    long from = speaksFrom.getOrDefault(placed.rule.id(), RuleChange.GOES_ON);
    changes.add(new RuleChange(kind, placed.group, placed.rule, differences, from));
  }

  private static List<String> differences(Placed former, Placed placed) {
    SortedMap<String, String> was = facts(former);
    List<String> differences = new ArrayList<>();
    facts(placed)
        .forEach(
            (word, value) -> {
              if (!value.equals(was.get(word))) {
                differences.add(word);
              }
            });
    return differences;
  }

  /** Word of rule files -> what is said, of all that matters to a rule. */
  private static SortedMap<String, String> facts(Placed placed) {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("expr", ExprPrinter.print(placed.rule.expr()));
    facts.put("interval", Long.toString(placed.group.intervalMillis()));
    facts.put("query_offset", Long.toString(placed.group.queryOffsetMillis()));
    facts.put("limit", Integer.toString(placed.group.limit()));
    if (placed.rule instanceof AlertingRule alert) {
      facts.put("labels", texts(alert.labels()));
      facts.put("for", Long.toString(alert.forMillis()));
      facts.put("keep_firing_for", Long.toString(alert.keepFiringForMillis()));
      facts.put("annotations", texts(alert.annotations()));
    } else if (placed.rule instanceof RecordingRule record) {
      facts.put("labels", record.labels().toString());
    }
    return facts;
  }

  private static String texts(SortedMap<String, TextTemplate> templates) {
    SortedMap<String, String> texts = new TreeMap<>();
    templates.forEach((name, template) -> texts.put(name, template.text()));
    return texts.toString();
  }
}
