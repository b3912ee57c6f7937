package oht50.metrics.source.exposition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.MetricKind;

/**
 * The family of metrics whose lines are being read, and what OpenMetrics demands of it: each line
 * of metadata once and before the samples, samples of a group together, their times ascending,
 * values that their type can have.
 */
final class OpenMetricsFamily {
  private final String name;

  private FamilyType type; // null: not said
  private boolean typed;
  private boolean helped;
  private boolean unitSaid;
  private String unit = "";
  private boolean sampled;

  // A group is the samples of one histogram, summary or other metric. Groups and series are known
  // by the hash of their labels.
  private long group;
  private double groupTime; // NaN: none
  private final Set<Long> groups = new HashSet<>();
  private final Set<Long> seriesAtTime = new HashSet<>();
  private HistogramCheck histogram;

  OpenMetricsFamily(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The names that no other family may have. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(name);
    if (type != null) {
      type.suffixes().stream()
          .filter(suffix -> !suffix.isEmpty())
          .forEach(suffix -> names.add(name + suffix));
    }
    return names;
  }

  MetricKind kind(String suffix) {
    return typeOrUnknown().kind(suffix);
  }

  void type(String word, Scanner in) throws InvalidExposition {
    requireBeforeSamples(in);
    if (typed) {
      throw in.malformed("a second TYPE of " + name);
    }
    typed = true;
    type = FamilyType.ofWord(word);
    if (type == null) {
      throw in.malformed("unknown type of " + name);
    }
    if (type.isAnyHistogram()) {
      histogram = new HistogramCheck(name);
    }
  }

  void help(Scanner in) throws InvalidExposition {
    requireBeforeSamples(in);
    if (helped) {
      throw in.malformed("a second HELP of " + name);
    }
    helped = true;
  }

  void unit(String text, Scanner in) throws InvalidExposition {
    requireBeforeSamples(in);
    if (unitSaid) {
      throw in.malformed("a second UNIT of " + name);
    }
    unitSaid = true;
    unit = text;
    if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
      throw in.malformed("the name " + name + " does not end in its unit");
    }
  }

  private void requireBeforeSamples(Scanner in) throws InvalidExposition {
    if (sampled) {
      throw in.malformed("metadata of " + name + " after its samples");
    }
  }

  /** What the name of a sample of this family ends in, or null for a sample of another one. */
  String suffixOf(byte[] bytes, int from, int to) {
    int end = from + name.length();
    if (end > to || !Scanner.isText(bytes, from, end, name)) {
      return null;
    }
    for (String suffix : typeOrUnknown().suffixes()) {
      if (Scanner.isText(bytes, end, to, suffix)) {
        return suffix;
      }
    }
    return null;
  }

  /**
   * Takes a sample.
   *
   * @param time seconds, or NaN
   * @return whether its series has not spoken at this time before; if it has, the sample says
   *     nothing
   */
  boolean add(ExposedSample sample, String suffix, double time, boolean exemplified, Scanner in)
      throws InvalidExposition {
    int special = checkLabels(sample, suffix, in);
    checkValue(sample.value(), suffix, in);
    if (exemplified && !takesExemplars(suffix)) {
      throw in.malformed("an exemplar where none may be");
    }
    long newGroup = type == FamilyType.INFO ? 0 : sample.labelsHash(special);
    enterGroup(newGroup, time, in);
    long series = sample.labelsHash(-1) + suffix.hashCode();
    boolean isNew = seriesAtTime.add(series);
    if (isNew && histogram != null) {
      double bound =
          special < 0
              ? Double.NaN
              : in.floatBetween(sample.valueStart(special), sample.valueEnd(special));
      histogram.add(suffix, group, time, bound, sample.value(), in);
    }
    return isNew;
  }

  private void enterGroup(long newGroup, double time, Scanner in) throws InvalidExposition {
    boolean isFirst = !sampled;
    sampled = true;
    if (isFirst || newGroup != group) {
      if (!groups.add(newGroup)) {
        throw in.malformed("samples of one group of " + name + " are not together");
      }
      seriesAtTime.clear();
    } else {
      if (Double.isNaN(time) != Double.isNaN(groupTime)) {
        throw in.malformed("a group of " + name + " with and without timestamps");
      }
      if (time < groupTime && type != FamilyType.INFO) {
        throw in.malformed("timestamps of " + name + " go backwards");
      }
      if (Double.compare(time, groupTime) != 0) {
        seriesAtTime.clear();
      }
    }
    group = newGroup;
    groupTime = time;
  }

  /** The label that is not part of the group, or -1. */
  private int checkLabels(ExposedSample sample, String suffix, Scanner in)
      throws InvalidExposition {
    if (type == FamilyType.STATESET) {
      return required(sample, name, in);
    }
    if (type == FamilyType.SUMMARY && suffix.isEmpty()) {
      int label = required(sample, "quantile", in);
      double quantile = number(sample, label, in);
      if (!(quantile >= 0 && quantile <= 1)) {
        throw in.malformed("a quantile that is not between 0 and 1");
      }
      return label;
    }
    if (suffix.equals("_bucket")) {
      int label = required(sample, "le", in);
      double bound = number(sample, label, in);
      boolean canonical =
          Scanner.isText(sample.text(), sample.valueStart(label), sample.valueEnd(label), "+Inf");
      if (Double.isNaN(bound) || (bound == Double.POSITIVE_INFINITY && !canonical)) {
        throw in.malformed("the bound of a bucket is a number or +Inf");
      }
      return label;
    }
    return -1;
  }

  private int required(ExposedSample sample, String label, Scanner in) throws InvalidExposition {
    int i = sample.indexOf(label);
    if (i < 0) {
      throw in.malformed("the label " + label + " is missing");
    }
    return i;
  }

  private static double number(ExposedSample sample, int label, Scanner in)
      throws InvalidExposition {
    return in.floatBetween(sample.valueStart(label), sample.valueEnd(label));
  }

  private void checkValue(double value, String suffix, Scanner in) throws InvalidExposition {
    switch (suffix) {
      case "_total", "_sum" -> require(value >= 0, "NaN or negative", in);
      case "_bucket", "_count", "_gcount" ->
          require(
              value >= 0 && value == Math.rint(value) && !Double.isInfinite(value), "no count", in);
      case "_gsum" -> require(!Double.isNaN(value), "NaN", in);
      default -> {
        switch (typeOrUnknown()) {
          case STATESET -> require(value == 0 || value == 1, "neither 0 nor 1", in);
          case INFO -> require(value == 1, "not 1", in);
          case SUMMARY -> require(!suffix.isEmpty() || !(value < 0), "negative", in);
          case COUNTER, GAUGE, HISTOGRAM, GAUGEHISTOGRAM, UNKNOWN -> {}
        }
      }
    }
  }

  private void require(boolean holds, String fault, Scanner in) throws InvalidExposition {
    if (!holds) {
      throw in.malformed("a value of " + name + " is " + fault);
    }
  }

  private boolean takesExemplars(String suffix) {
    return suffix.equals("_bucket") || suffix.equals("_total");
  }

  private FamilyType typeOrUnknown() {
    return type == null ? FamilyType.UNKNOWN : type;
  }

  /** When no further sample of it comes. */
  void finish(Scanner in) throws InvalidExposition {
    if (!unit.isEmpty() && (type == FamilyType.INFO || type == FamilyType.STATESET)) {
      throw in.malformed(name + " is of a type that has no unit");
    }
    if (histogram != null) {
      histogram.finish(in);
    }
  }
}
