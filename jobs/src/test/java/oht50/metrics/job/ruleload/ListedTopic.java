package oht50.metrics.job.ruleload;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.model.Position;
import oht50.metrics.model.RuleSet;

/** A topic of rules that is a list; it outlives those who read it. */
final class ListedTopic {
  private final List<ToldRules> records = new ArrayList<>();

  RulesTopic opened() {
    return new RulesTopic() {
      private int next;

      @Override
      public List<ToldRules> news() {
        List<ToldRules> news = List.copyOf(records.subList(next, records.size()));
        next = records.size();
        return news;
      }

      @Override
      public Position send(long effectiveFrom, SortedMap<String, String> files) {
        return add(effectiveFrom, files);
      }

      @Override
      public void close() {}
    };
  }

  Position add(long effectiveFrom, SortedMap<String, String> files) {
    Position position = new Position("oht50.rules", 0, records.size());
    RuleSet set = new RuleSet(effectiveFrom, new TreeMap<>(files), position);
    records.add(new ToldRules(position, 0, set, null));
    return position;
  }

  List<RuleSet> sets() {
    return records.stream().map(ToldRules::set).toList();
  }
}
