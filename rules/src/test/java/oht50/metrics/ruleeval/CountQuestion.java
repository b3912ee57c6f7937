package oht50.metrics.ruleeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Something that is asked of counts, in words and as slow arithmetic over all of them in the order
 * of time.
 *
 * @param expr in PromQL, of a metric {@code d}
 * @param agoMillis how long before the time of evaluation it is asked
 */
record CountQuestion(String expr, Answer answer, long rangeMillis, long agoMillis) {
  /** At a time the total since the series began. */
  private record Step(long time, double count, double total) {}

  private interface Answer {
    /**
     * @param inRange the steps of the range, the oldest first
     * @param standing the newest step, not after the time; null if the series is not there
     * @return null for none
     */
    Double of(List<Step> inRange, Step standing, long rangeMillis);
  }

  /**
   * The answer at a time; null for none.
   *
   * @param counts time -> count, without those that were taken back
   */
  Double at(long time, TreeMap<Long, Double> counts, long expiry) {
    List<Step> inRange = new ArrayList<>();
    Step newest = null;
    for (var each : counts.headMap(time - agoMillis, true).entrySet()) {
      boolean goesOn = newest != null && each.getKey() - newest.time <= expiry;
      double total = goesOn ? newest.total + each.getValue() : each.getValue();
      newest = new Step(each.getKey(), each.getValue(), total);
      if (newest.time > time - agoMillis - rangeMillis) {
        inRange.add(newest);
      }
    }
    boolean stands = newest != null && time - agoMillis < newest.time + expiry;
    return answer.of(inRange, stands ? newest : null, rangeMillis);
  }

  static CountQuestion any(Random random) {
    int seconds = List.of(20, 45, 60, 120, 300).get(random.nextInt(5));
    int ago = random.nextInt(4) == 0 ? 5 * random.nextInt(25) : 0;
    String shift = ago == 0 ? "" : " offset " + ago + "s";
    String range = "(d[" + seconds + "s]" + shift + ")";
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> of("d" + shift, (in, standing, millis) -> total(standing), 0, ago);
      case 3, 4, 5 -> of("increase" + range, CountQuestion::increase, seconds, ago);
      case 6 -> of("rate" + range, CountQuestion::rate, seconds, ago);
      case 7 -> of("timestamp(d" + shift + ")", (in, standing, millis) -> seen(standing), 0, ago);
      case 8 -> of("max_over_time" + range, (in, standing, millis) -> highest(in), seconds, ago);
      case 9 -> of("count_over_time" + range, (in, standing, millis) -> size(in), seconds, ago);
      case 10 -> of("resets" + range, (in, standing, millis) -> falls(in), seconds, ago);
      default -> of("irate" + range, (in, standing, millis) -> slope(in), seconds, ago);
    };
  }

  private static CountQuestion of(String expr, Answer answer, int rangeSeconds, int agoSeconds) {
    return new CountQuestion(expr, answer, rangeSeconds * 1_000L, agoSeconds * 1_000L);
  }

  private static Double total(Step standing) {
    return standing == null ? null : standing.total;
  }

  private static Double seen(Step standing) {
    return standing == null ? null : standing.time / 1_000.0;
  }

  private static Double increase(List<Step> in, Step standing, long millis) {
    double sum = 0;
    for (Step each : in) {
      sum += each.count;
    }
    return in.isEmpty() && standing == null ? null : sum;
  }

  private static Double rate(List<Step> in, Step standing, long millis) {
    Double increase = increase(in, standing, millis);
    return increase == null ? null : increase / (millis / 1_000.0);
  }

  private static Double size(List<Step> in) {
    return in.isEmpty() ? null : (double) in.size();
  }

  private static Double highest(List<Step> in) {
    return in.isEmpty() ? null : in.stream().mapToDouble(Step::total).max().orElseThrow();
  }

  private static Double falls(List<Step> in) {
    double falls = 0;
    for (int i = 1; i < in.size(); i++) {
      falls += in.get(i).total < in.get(i - 1).total ? 1 : 0;
    }
    return in.isEmpty() ? null : falls;
  }

  private static Double slope(List<Step> in) {
    if (in.size() < 2) {
      return null;
    }
    Step last = in.get(in.size() - 1);
    Step before = in.get(in.size() - 2);
    double growth = last.total < before.total ? last.total : last.total - before.total;
    return growth / ((last.time - before.time) / 1_000.0);
  }
}
