package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.promql.eval.EvaluationOptions;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.ruleplan.Partials;
import oht50.metrics.ruleplan.PlacedRule;
import oht50.metrics.ruleplan.PlanName;
import oht50.metrics.ruleplan.Reach;
import oht50.metrics.ruleplan.Role;

/** Sends samples to the parts in which rules look at them. What is to be done is remembered. */
public final class PartRouting {
  private static final int REMEMBERED = 65_536; // layouts

  /** What the rules of a plan look at. */
  private record Looks(PlanName plan, List<List<LabelMatcher>> selectors) {
    boolean at(Labels series) {
      return selectors.stream().anyMatch(selector -> Partials.meets(selector, series));
    }
  }

  /** The samples of a layout that a part gets. */
  private record Way(String part, int[] places, SeriesLayout layout) {}

  private final List<Looks> all = new ArrayList<>();
  private final Map<SeriesLayout, List<Way>> known = new HashMap<>();

  /**
   * @param plans the rules of each
   */
  public PartRouting(Map<PlanName, List<PlacedRule>> plans, EvaluationOptions options) {
    plans.forEach((name, rules) -> all.add(new Looks(name, selectors(rules, options))));
  }

  private static List<List<LabelMatcher>> selectors(
      List<PlacedRule> rules, EvaluationOptions options) {
    List<List<LabelMatcher>> selectors = new ArrayList<>();
    for (PlacedRule each : rules) {
      if (each.role() != Role.TAKEN) {
        for (Expr expr : each.exprs()) {
          Reach.of(expr, options).needs().forEach(need -> selectors.add(need.matchers()));
        }
      }
    }
    return selectors.stream().distinct().toList();
  }

  public void route(SampleBatch batch, Consumer<PartInput> out) {
    List<Way> ways = known.get(batch.layout());
    if (ways == null) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      ways = ways(batch.layout());
      known.put(batch.layout(), ways);
    }
    for (Way way : ways) {
      boolean isAll = way.places.length == batch.size();
      out.accept(PartInput.of(way.part, isAll ? batch : batch.only(way.places, way.layout)));
    }
  }

  private List<Way> ways(SeriesLayout layout) {
    Map<String, List<Integer>> places = new TreeMap<>(); // part -> places of what it gets
    for (int i = 0; i < layout.size(); i++) {
      Labels series = PartSeries.labels(layout.series(i));
      for (Looks looks : all) {
        if (looks.plan.mayHold(series) && looks.at(series)) {
          places.computeIfAbsent(looks.plan.partOf(series), any -> new ArrayList<>()).add(i);
        }
      }
    }
    List<Way> ways = new ArrayList<>();
    places.forEach(
        (part, some) -> {
          Series[] series = some.stream().map(layout::series).toArray(Series[]::new);
          int[] chosen = some.stream().mapToInt(place -> place).toArray();
          ways.add(new Way(part, chosen, SeriesLayout.of(series)));
        });
    return ways;
  }
}
