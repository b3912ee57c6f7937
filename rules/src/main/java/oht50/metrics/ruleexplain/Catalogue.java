package oht50.metrics.ruleexplain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metrics that there are.
 *
 * @param seriesOfMetric name -> how many series it has ever had
 */
public record Catalogue(SortedMap<String, Long> seriesOfMetric) {
  private static final int MOST_SIMILAR = 3;

  /** Of 1; names of one project begin alike, so less would be no likeness. */
  private static final double LEAST_LIKENESS = 0.6;

  public static final Catalogue UNKNOWN = new Catalogue(new TreeMap<>());

  /** How many series a metric has ever had; 0 for one that is not there. */
  long series(String metric) {
    return seriesOfMetric.getOrDefault(metric, 0L);
  }

  /** Names that are like one, the most similar first. */
  List<String> similar(String metric) {
    Map<String, Double> likeness = new HashMap<>();
    for (String name : seriesOfMetric.keySet()) {
      double like = likeness(metric, name);
      if (like >= LEAST_LIKENESS) {
        likeness.put(name, like);
      }
    }
    List<String> names = new ArrayList<>(likeness.keySet());
    names.sort(
        Comparator.<String>comparingDouble(name -> -likeness.get(name))
            .thenComparing(Comparator.naturalOrder()));
    return names.subList(0, Math.min(MOST_SIMILAR, names.size()));
  }

  /** The share of pairs of neighbouring letters that both have: the coefficient of Dice. */
  private static double likeness(String left, String right) {
    Map<String, Integer> pairs = pairs(left);
    int common = 0;
    for (Map.Entry<String, Integer> pair : pairs(right).entrySet()) {
      common += Math.min(pair.getValue(), pairs.getOrDefault(pair.getKey(), 0));
    }
    int all = Math.max(0, left.length() - 1) + Math.max(0, right.length() - 1);
    return all == 0 ? 0 : 2.0 * common / all;
  }

  private static Map<String, Integer> pairs(String word) {
    Map<String, Integer> pairs = new HashMap<>();
    for (int i = 0; i + 1 < word.length(); i++) {
      pairs.merge(word.substring(i, i + 2), 1, Integer::sum);
    }
    return pairs;
  }
}
