package oht50.metrics.source.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Consumer;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.regex.Template;

/** Turns the values of some metrics from one unit into another, and may rename them. */
final class Conversion {
  private final Pattern metric;
  private final Unit from;
  private final Unit to;
  private final String rename;

  private Conversion(Pattern metric, Unit from, Unit to, String rename) {
    this.metric = metric;
    this.from = from;
    this.to = to;
    this.rename = rename;
  }

  /** Null after a fault. */
  static Conversion of(ConvertForm form, Consumer<String> faults) {
    if (form.metric() == null || form.from() == null || form.to() == null) {
      faults.accept("needs 'metric', 'from' and 'to'");
      return null;
    }
    Unit from = unit(form.from(), faults);
    Unit to = unit(form.to(), faults);
    if (from == null || to == null) {
      return null;
    }
    if (!from.measures().equals(to.measures())) {
      faults.accept(
          "'%s' is a unit of %s, '%s' of %s"
              .formatted(form.from(), from.measures(), form.to(), to.measures()));
      return null;
    }
    try {
      Pattern metric = Pattern.compile("^(?s:" + form.metric() + ")$");
      return new Conversion(metric, from, to, form.rename());
    } catch (PatternSyntaxException e) {
      faults.accept(
          "metric '"
              + form.metric()
              + "' is not RE2: "
              + e.getDescription()
              + ": "
              + e.getPattern());
      return null;
    }
  }

  private static Unit unit(String word, Consumer<String> faults) {
    Unit unit = Unit.ofWord(word);
    if (unit == null) {
      faults.accept("unknown unit '" + word + "'; known are " + Unit.words());
    }
    return unit;
  }

  boolean isOf(String name) {
    return metric.matches(name);
  }

  /**
   * Whether values of such a series can be converted: occurrences are counted in no unit, as are
   * buckets, and a running total that does not begin at 0 is none.
   */
  boolean suits(String name, MetricKind kind) {
    return switch (kind) {
      case GAUGE, STATE, TRACKED_STATE, HISTOGRAM, SUMMARY -> true;
      case COUNTER ->
          !from.isShiftedAgainst(to) && !name.endsWith("_bucket") && !name.endsWith("_count");
      case DELTA -> false;
    };
  }

  String renamed(String name) {
    if (rename == null) {
      return name;
    }
    Matcher match = metric.matcher(name);
    return match.find() ? Template.expand(rename, match) : name;
  }

  /** The end of a series has no unit. */
  double convert(double value) {
    return StaleMarker.is(value) ? value : from.convert(value, to);
  }
}
